import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import type { Keys } from '../privacy/secret.ts'
import { blindIndex, aadOf, seal, unseal } from '../privacy/sealed.ts'
import { KeyReused } from './errors.ts'
import { findAnswer, forgetAnswers } from './store.ts'

const KEPT_MS = 24 * 3600 * 1000

export type Answers = ReturnType<typeof createAnswers>

/** Names what a client asked once: the key it chose and what it sent under it. */
export interface Ticket {
  id: string
  request: string
}

/**
 * Answers kept for a day, so that a request that is sent again (a bad line, a double click) gets the same answer and does nothing
 * twice. A retry that comes while the first is under way waits for it.
 */
export function createAnswers({ db, keys, clock }: { db: Database; keys: Keys; clock: Clock }) {
  const underWay = new Map<string, { request: string; answer: Promise<string> }>()

  const kept = async ({ id, request }: Ticket): Promise<string | null> => {
    const row = await findAnswer(db.read, id)
    if (!row) return null
    if (row.createdAt.getTime() + KEPT_MS <= clock().getTime()) {
      await db.write((tx) => forgetAnswers(tx, new Date(clock().getTime() - KEPT_MS + 1)))
      return null
    }
    if (row.request !== request) throw KeyReused()
    return unseal({ keys, aad: aadOf('IdempotencyKey.answer', id), sealed: row.answer })
  }

  const first = async (ticket: Ticket, work: () => Promise<string>): Promise<string> => {
    const known = await kept(ticket)
    if (known !== null) return known
    try {
      return await work()
    } catch (error) {
      // Another process may have stored the same request meanwhile: then this one looked like a duplicate, or broke a unique key.
      const stored = await kept(ticket)
      if (stored === null) throw error
      return stored
    }
  }

  return {
    /** A site's ticket for a key; the request is told apart by everything in it but the key. */
    ticket: ({ siteId, key, request }: { siteId: string; key: string; request: Record<string, unknown> }): Ticket => ({
      id: blindIndex({ keys, kind: 'idempotency', value: `${siteId}\0${key}` }),
      request: blindIndex({
        keys,
        kind: 'request',
        value: JSON.stringify(Object.entries(request).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      }),
    }),

    sealed: (id: string, answer: string) => seal({ keys, aad: aadOf('IdempotencyKey.answer', id), value: answer }),

    /**
     * The kept answer, or that of the same request under way, or what `work` gives, which must store it itself.
     * @throws KeyReused when the key came with another request
     */
    async once(ticket: Ticket, work: () => Promise<string>): Promise<string> {
      for (let other = underWay.get(ticket.id); other; other = underWay.get(ticket.id)) {
        if (other.request === ticket.request) return other.answer
        await other.answer.catch(() => undefined) // when it fails, the key is free again
      }
      const answer = first(ticket, work)
      underWay.set(ticket.id, { request: ticket.request, answer })
      try {
        return await answer
      } finally {
        underWay.delete(ticket.id)
      }
    },

    /** Forgets what is older than a day; gives how many. */
    forgetOld: () => db.write((tx) => forgetAnswers(tx, new Date(clock().getTime() - KEPT_MS))),
  }
}
