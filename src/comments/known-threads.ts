import type { Database } from '../database/connect.ts'
import { createCopies } from '../database/copies.ts'
import { findThreads, type ThreadRow } from './thread-store.ts'

/** The net below announcements that get lost. */
const KEPT_MS = 30_000

export type KnownThreads = ReturnType<typeof createKnownThreads>

/**
 * Threads kept in memory for those who write into them: most comments go to few articles, and a thread's id never changes. What is
 * kept of a thread is dropped with every public change of it, so that one that is closed takes no more.
 */
export function createKnownThreads({ db }: { db: Database }) {
  const kept = createCopies<ThreadRow>({ max: 10_000, ttl: KEPT_MS })
  const placeOf = (siteId: string, key: string) => `${siteId}\n${key}`
  db.changes.on((change) => {
    if (change !== 'missed' && 'key' in change) kept.drop(placeOf(change.siteId, change.key))
    else kept.dropAll() // new settings of a site may give threads other keys
  })

  return {
    /** The threads of these articles, by key; those that nobody commented on are not in it. */
    async of(siteId: string, keys: Set<string>): Promise<Map<string, ThreadRow>> {
      const found = new Map<string, ThreadRow>()
      for (const key of keys) {
        const row = kept.peek(placeOf(siteId, key))
        if (row) found.set(key, row)
      }
      const missing = [...keys].filter((key) => !found.has(key))
      if (missing.length === 0) return found
      const places = missing.map((key) => placeOf(siteId, key))
      const read = await kept.readMany(places, async () => {
        const rows = await findThreads(db.read, { siteId, keys: missing })
        return new Map([...rows].map(([key, row]) => [placeOf(siteId, key), row]))
      })
      for (const row of read.values()) found.set(row.key, row)
      return found
    },
  }
}
