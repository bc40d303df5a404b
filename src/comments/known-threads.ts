import { LRUCache } from 'lru-cache'
import type { Database } from '../database/connect.ts'
import { findThreads, type ThreadRow } from './thread-store.ts'

/** The net below announcements that get lost. */
const KEPT_MS = 30_000

export type KnownThreads = ReturnType<typeof createKnownThreads>

/**
 * Threads kept in memory for those who write into them: most comments go to few articles, and a thread's id never changes. What is
 * kept of a thread is dropped with every public change of it, so that one that is closed takes no more.
 */
export function createKnownThreads({ db }: { db: Database }) {
  const kept = new LRUCache<string, ThreadRow>({ max: 10_000, ttl: KEPT_MS })
  const placeOf = (siteId: string, key: string) => `${siteId}\n${key}`
  let changes = 0
  db.changes.on((change) => {
    changes++
    if (change !== 'missed' && 'key' in change) kept.delete(placeOf(change.siteId, change.key))
    else kept.clear() // new settings of a site may give threads other keys
  })

  return {
    /** The threads of these articles, by key; those that nobody commented on are not in it. */
    async of(siteId: string, keys: Set<string>): Promise<Map<string, ThreadRow>> {
      const found = new Map<string, ThreadRow>()
      for (const key of keys) {
        const row = kept.get(placeOf(siteId, key))
        if (row) found.set(key, row)
      }
      const missing = [...keys].filter((key) => !found.has(key))
      if (missing.length === 0) return found
      const before = changes
      for (const [key, row] of await findThreads(db.read, { siteId, keys: missing })) {
        found.set(key, row)
        if (changes === before) kept.set(placeOf(siteId, key), row) // else it may be from before a change
      }
      return found
    },
  }
}
