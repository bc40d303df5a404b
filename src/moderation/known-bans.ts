import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'
import type { Bans as KnownBans } from '../comments/submission-context.ts'
import type { Database } from '../database/connect.ts'
import { bansInForce } from './ban-store.ts'

/** The net below announcements that get lost. */
const KEPT_MS = 30_000
/** Bans of one site that are kept; of a site with more each group of submissions is looked up. */
const MOST_KEPT = 5000

/** Until when each target is banned, milliseconds; or that there are too many to keep. */
type Kept = Map<string, number> | 'many'

/**
 * Whom sites take no comments from, kept in memory: it is asked with every comment and seldom changes. What is kept of a site goes
 * with every change of its bans, on other replicas too.
 */
export function createKnownBans({ db, clock }: { db: Database; clock: Clock }): KnownBans {
  const kept = new LRUCache<string, Kept>({ max: 1000, ttl: KEPT_MS })
  let changes = 0
  db.changes.onInner('bans', (siteId) => {
    changes++
    if (siteId === null) kept.clear()
    else kept.delete(siteId)
  })

  const bansOf = async (siteId: string): Promise<Kept> => {
    const known = kept.get(siteId)
    if (known) return known
    const before = changes
    const rows = await bansInForce(db.read, { siteId, now: clock(), take: MOST_KEPT + 1 })
    const bans: Kept = rows.length > MOST_KEPT ? 'many' : endsOf(rows)
    if (changes === before) kept.set(siteId, bans) // else it may be from before a change
    return bans
  }

  return {
    async among(siteId, targets) {
      const now = clock()
      const bans = await bansOf(siteId)
      const ends = bans === 'many' ? endsOf(await bansInForce(db.read, { siteId, now, targets })) : bans
      return new Set(targets.filter((target) => (ends.get(target) ?? 0) > now.getTime()))
    },
  }
}

/** When the last ban of each target ends. */
function endsOf(rows: { target: string; until: Date | null }[]): Map<string, number> {
  const ends = new Map<string, number>()
  for (const { target, until } of rows) ends.set(target, Math.max(ends.get(target) ?? 0, until?.getTime() ?? Infinity))
  return ends
}
