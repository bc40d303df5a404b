import type { Database } from '../../database/connect.ts'
import type { Site } from '../../sites/sites.ts'
import type { HeldEvent } from '../../comments/outbox.ts'
import { createCoverage, hearsAll } from './articles.ts'
import { ATTACK_MINUTES } from './sending-state.ts'
import type { Listener } from './preference-store.ts'
import { articlesOf, countWaiting, countWaitingByArticle } from './dispatch-store.ts'

/** What came in and what waits, as it is to each member. Addresses are looked up only when somebody is assigned articles. */
export async function lookAt({
  db,
  site,
  events,
  listeners,
  now,
}: {
  db: Database
  site: Pick<Site, 'id' | 'settings'>
  events: HeldEvent[]
  listeners: Listener[]
  now: Date
}) {
  const about = { siteId: site.id, since: new Date(now.getTime() - ATTACK_MINUTES * 60_000) }
  const coverage = createCoverage(listeners)
  const all = await countWaiting(db.read, { ...about, most: site.settings.attackComments + 1 })
  const someAssigned = listeners.some((listener) => !hearsAll(listener))
  const urls = someAssigned ? await articlesOf(db.read, [...new Set(events.map(({ commentId }) => commentId))]) : undefined
  const byArticle = someAssigned ? await countWaitingByArticle(db.read, about) : []

  return {
    arrivedFor: (listener: Listener): HeldEvent[] =>
      hearsAll(listener) || !urls ? events : events.filter(({ commentId }) => coverage.hears(listener, urls.get(commentId) ?? '')),
    waitingFor(listener: Listener): { waiting: number; recent: number } {
      if (hearsAll(listener)) return all
      const theirs = byArticle.filter(({ url }) => coverage.hears(listener, url))
      const sum = (of: 'waiting' | 'recent') => theirs.reduce((total, article) => total + article[of], 0)
      return { waiting: sum('waiting'), recent: sum('recent') }
    },
  }
}
