import type { Clock } from '../clock.ts'
import type { Transaction } from '../database/connect.ts'
import { type HeldEvent, heldDeliveries, type PersonalEvent, personalDelivery, recipientsOf } from './outbox.ts'
import { insertDeliveries, insertOnce } from './store.ts'

/** What other capabilities know of mails: put them into the outbox within their own transaction, and say when it is committed. */
export interface Outbox {
  announceHeld: (tx: Transaction, events: HeldEvent[]) => Promise<void>
  /** Tells one person of something that is about them. */
  tell: (tx: Transaction, event: PersonalEvent) => Promise<void>
  /** Call after the commit: sending begins at once. */
  wake: () => void
}

export const createOutbox = ({ clock, mailDomain, wake }: { clock: Clock; mailDomain: string; wake: () => void }): Outbox => ({
  announceHeld: async (tx, events) => {
    const [first] = events
    if (!first) return
    const recipients = await recipientsOf({ client: tx, kind: first.kind, siteId: first.siteId })
    const rows = events.flatMap((event) => heldDeliveries({ event, recipients, at: clock(), mailDomain }))
    if (rows.length > 0) await insertDeliveries(tx, rows)
  },
  tell: async (tx, event) => {
    await insertOnce(tx, personalDelivery({ event, at: clock(), mailDomain }))
  },
  wake,
})
