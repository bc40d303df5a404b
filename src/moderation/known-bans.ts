import type { Clock } from '../clock.ts'
import type { Bans as KnownBans } from '../comments/submission-context.ts'
import type { Database } from '../database/connect.ts'
import { createCopies } from '../database/copies.ts'
import { bansInForce } from './ban-store.ts'

/** The net below announcements that get lost. */
const KEPT_MS = 30_000
/** Bans of one site that are kept; of a site with more each group of submissions is looked up. */
const MOST_KEPT = 5000

/** Until when each target is banned, milliseconds; or that there are too many to keep. */
type Kept = ReadonlyMap<string, number> | typeof MANY
const MANY = { areMany: true } as const

/**
 * Whom sites take no comments from, kept in memory: it is asked with every comment and seldom changes. What is kept of a site goes
 * with every change of its bans, on other replicas too.
 */
export function createKnownBans({ db, clock }: { db: Database; clock: Clock }): KnownBans {
  const kept = createCopies<Kept>({ max: 1000, ttl: KEPT_MS })
  db.changes.onInner('bans', (siteId) => (siteId === null ? kept.dropAll() : kept.drop(siteId)))

  const bansOf = (siteId: string): Promise<Kept> =>
    kept.read(siteId, async () => {
      const rows = await bansInForce(db.read, { siteId, now: clock(), take: MOST_KEPT + 1 })
      return rows.length > MOST_KEPT ? MANY : endsOf(rows)
    })

  return {
    async among(siteId, targets) {
      const now = clock()
      const bans = await bansOf(siteId)
      const ends = 'areMany' in bans ? endsOf(await bansInForce(db.read, { siteId, now, targets })) : bans
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
