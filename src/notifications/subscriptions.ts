import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { emailIndex as emailIndexOf, aadOf, unseal } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import { forgetAllowances } from './allowance-store.ts'
import type { ReaderLink } from './reader-links.ts'
import { findReader, findReaders, forgetAskedBefore, type SubscriptionRow } from './reader-store.ts'
import { confirmReader, type Choice, EVERYTHING, liftStops, setStopped, stopAddress, stopsOf } from './stop-store.ts'

const DAY_MS = 86_400_000
/** Days after which an address that nobody confirmed is forgotten, and with it the link to confirm it. */
export const CONFIRMABLE_DAYS = 30

/** Where a reader stands, as the pages show it. */
export interface Standing {
  reader: SubscriptionRow
  email: string
  state: 'pending' | 'confirmed' | 'stopped'
  /** What is stopped, the widest first; null when nothing is. */
  stopped: Exclude<Choice, 'resume'> | null
}

export type Subscriptions = ReturnType<typeof createSubscriptions>

/** What readers decide about our mails to them. */
export function createSubscriptions({ db, clock, keys }: { db: Database; clock: Clock; keys: Keys }) {
  const emailOf = ({ id, emailSealed }: SubscriptionRow) => unseal({ keys, aad: aadOf('Subscription.email', id), sealed: emailSealed })

  return {
    /** The addresses behind subscriptions, by id. */
    addressesOf: async (ids: string[]): Promise<Map<string, string>> =>
      new Map((await findReaders(db.read, ids)).map((row) => [row.id, emailOf(row)])),

    /** Where the reader of a link stands; null when the subscription is gone. */
    async standing({ readerId, threadId }: ReaderLink): Promise<Standing | null> {
      const reader = await findReader(db.read, readerId)
      if (!reader) return null
      const scopes = (await stopsOf(db.read, { emailIndex: reader.emailIndex, threadId })).map(({ scope }) => scope)
      const isThread = scopes.includes(threadId) ? 'thread' : null
      const stopped = scopes.includes(EVERYTHING) ? 'server' : reader.state === 'stopped' ? 'site' : isThread
      return { reader, email: emailOf(reader), state: reader.state as Standing['state'], stopped }
    },

    /** The reader of the address wants mails. One who stopped them stays without: that is taken back on its own page. */
    confirm: ({ readerId }: ReaderLink): Promise<void> => db.write((tx) => confirmReader(tx, { id: readerId, at: clock() })),

    /** Stops mails about a thread, of a site, or of this server; or takes all of these back. */
    choose: ({ readerId, threadId }: ReaderLink, choice: Choice): Promise<void> =>
      db.write(async (tx) => {
        const reader = await findReader(tx, readerId)
        if (!reader) return
        const { emailIndex, confirmedAt } = reader
        const at = clock()
        if (choice === 'site') await setStopped(tx, { id: readerId, at })
        else if (choice === 'thread') await stopAddress(tx, { emailIndex, scope: threadId, reason: 'unsubscribed', at })
        else if (choice === 'server') await stopAddress(tx, { emailIndex, reason: 'unsubscribed', at })
        else await liftStops(tx, { id: readerId, emailIndex, threadId, state: confirmedAt ? 'confirmed' : 'pending' })
      }),

    /** Mails to an address came back for good: it gets no more, whatever the site. */
    stopBounced: (email: string): Promise<void> =>
      db.write((tx) => stopAddress(tx, { emailIndex: emailIndexOf(keys, email), reason: 'bounced', at: clock() })),

    /** Forgets addresses that nobody confirmed in time, and how many mails whoever got. */
    forgetOld: async (): Promise<void> => {
      await db.write((tx) => forgetAskedBefore(tx, new Date(clock().getTime() - CONFIRMABLE_DAYS * DAY_MS)))
      await forgetAllowances(db, clock())
    },
  }
}
