import { LRUCache } from 'lru-cache'
import type { Database } from '../database/connect.ts'
import { findThreads, type ThreadRow } from './store.ts'

/** The net below announcements that get lost. */
const KEPT_MS = 30_000

export type KnownThreads = ReturnType<typeof createKnownThreads>

/**
 * Threads kept in memory for those who write into them: most comments go to few articles, and a thread's id never changes. What is
 * kept of a thread is dropped with every public change of it, so that one that is closed takes no more.
 */
export function createKnownThreads({ db }: { db: Database }) {
  const kept = new LRUCache<string, ThreadRow>({ max: 10_000, ttl: KEPT_MS })
  const keyOf = (siteId: string, url: string) => `${siteId}\n${url}`
  let changes = 0
  db.changes.on((change) => {
    changes++
    if (change === 'missed') kept.clear()
    else if ('url' in change) kept.delete(keyOf(change.siteId, change.url))
  })

  return {
    /** The threads at these addresses, by address; those that nobody commented on are not in it. */
    async at(siteId: string, urls: Set<string>): Promise<Map<string, ThreadRow>> {
      const found = new Map<string, ThreadRow>()
      for (const url of urls) {
        const row = kept.get(keyOf(siteId, url))
        if (row) found.set(url, row)
      }
      const missing = [...urls].filter((url) => !found.has(url))
      if (missing.length === 0) return found
      const before = changes
      for (const [url, row] of await findThreads(db.read, { siteId, urls: missing })) {
        found.set(url, row)
        if (changes === before) kept.set(keyOf(siteId, url), row) // else it may be from before a change
      }
      return found
    },
  }
}
