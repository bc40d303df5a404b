import type { Clock } from '../clock.ts'
import type { Database, Transaction } from '../database/connect.ts'
import type { Keys } from '../privacy/secret.ts'
import { insertNotice } from './members/dispatch-store.ts'
import type { HeldEvent, Move, Outbox as CommentsOutbox } from '../comments/outbox.ts'
import { type PersonalEvent, personalDelivery } from './outbox.ts'
import { createReaderNews } from './readers.ts'
import { insertOnce } from './store.ts'

/** What webhooks are told of changes; apart from mails, whose capability knows no other one. */
export interface TellHooks {
  held: (tx: Transaction, events: HeldEvent[]) => Promise<void>
  moved: (tx: Transaction, moves: Move[]) => Promise<void>
}

/** What other capabilities know of mails: put them into the outbox within their own transaction, and say when it is committed. */
export interface Outbox extends CommentsOutbox {
  /** Tells one person of something that is about them. */
  tell: (tx: Transaction, event: PersonalEvent) => Promise<void>
}

/** During a flood what was announced is settled so often at most, milliseconds: a round takes a turn among the writes. */
const WAKE_EVERY_MS = 250

export const createOutbox = ({
  db,
  keys,
  clock,
  mailDomain,
  tellHooks,
  wake,
}: {
  db: Pick<Database, 'provider'>
  keys: Keys
  clock: Clock
  mailDomain: string
  /** Webhooks hear of changes in the same transaction. */
  tellHooks: TellHooks
  wake: () => void
}): Outbox => {
  const tellReaders = createReaderNews({ keys, clock, mailDomain })
  return {
    announceHeld: async (tx, events) => {
      const [first] = events
      if (!first) return
      await insertNotice(tx, { provider: db.provider, siteId: first.siteId, at: clock(), events })
      await tellHooks.held(tx, events)
    },
    moved: async (tx, moves) => {
      await tellReaders(tx, moves)
      await tellHooks.moved(tx, moves)
    },
    tell: async (tx, event) => {
      await insertOnce(tx, personalDelivery({ event, at: clock(), mailDomain }))
    },
    wake: seldom(wake, WAKE_EVERY_MS),
  }
}

/** Calls at once, and what is asked for within the pause after it once at its end. */
function seldom(call: () => void, pauseMs: number): () => void {
  let isPausing = false
  let isAsked = false
  const begin = () => {
    isPausing = true
    isAsked = false
    call()
    setTimeout(() => {
      isPausing = false
      if (isAsked) begin()
    }, pauseMs).unref()
  }
  return () => {
    if (isPausing) isAsked = true
    else begin()
  }
}
