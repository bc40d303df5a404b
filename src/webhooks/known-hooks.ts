import { LRUCache } from 'lru-cache'
import type { Database, Transaction } from '../database/connect.ts'
import { hooksOf } from './store.ts'

/** The net below announcements that get lost. */
const KEPT_MS = 30_000

interface KnownHook {
  id: string
  events: string[]
}

/**
 * Which webhooks of a site listen to what, kept in memory: it is asked with every change of a comment, most sites have none, and
 * they seldom change. What is kept of a site goes with every change of its webhooks, on other replicas too.
 */
export function createKnownHooks({ db }: { db: Database }) {
  const kept = new LRUCache<string, KnownHook[]>({ max: 1000, ttl: KEPT_MS })
  let changes = 0
  db.changes.onInner('webhooks', (siteId) => {
    changes++
    if (siteId === null) kept.clear()
    else kept.delete(siteId)
  })

  return {
    async of(tx: Transaction, siteId: string): Promise<KnownHook[]> {
      const known = kept.get(siteId)
      if (known) return known
      const before = changes
      const rows = await hooksOf(tx, siteId)
      const hooks = rows.filter(({ active }) => active).map(({ id, events }) => ({ id, events: events as string[] }))
      if (changes === before) kept.set(siteId, hooks) // else it may be from before a change
      return hooks
    },
  }
}
