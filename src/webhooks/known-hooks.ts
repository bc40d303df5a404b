import type { Database, Transaction } from '../database/connect.ts'
import { createCopies } from '../database/copies.ts'
import type { HookEvent } from './names.ts'
import { hooksOf } from './store.ts'

/** The net below announcements that get lost. */
const KEPT_MS = 30_000

interface KnownHook {
  id: string
  events: HookEvent[]
}

/**
 * Which webhooks of a site listen to what, kept in memory: it is asked with every change of a comment, most sites have none, and
 * they seldom change. What is kept of a site goes with every change of its webhooks, on other replicas too.
 */
export function createKnownHooks({ db }: { db: Database }) {
  const kept = createCopies<KnownHook[]>({ max: 1000, ttl: KEPT_MS })
  db.changes.onInner('webhooks', (siteId) => (siteId === null ? kept.dropAll() : kept.drop(siteId)))

  return {
    of: (tx: Transaction, siteId: string): Promise<KnownHook[]> =>
      kept.read(
        siteId,
        async () => {
          const rows = await hooksOf(tx, siteId)
          return rows.filter(({ active }) => active).map(({ id, events }) => ({ id, events }))
        },
        { alone: true },
      ),
  }
}
