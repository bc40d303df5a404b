import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/connect.ts'
import { dayAfter, dayAt, startOfDay, timeOn, weekdayOf } from '../../locales/days.ts'
import type { Site, Sites } from '../../sites/sites.ts'
import { personalDelivery } from '../outbox.ts'
import { insertDeliveries } from '../store.ts'
import { claimFailures, claimWeek, FAILING, markTold, untoldFailures } from './scheduled-mail-store.ts'
import { listenersOf } from './preference-store.ts'
import { Overtaken } from './dispatch-store.ts'

const LOOK_EVERY_MS = 60_000
const DAY_MS = 86_400_000
/** On Mondays, by the site's clocks. */
const SUMMARY_AT = '08:00'
/** Readers mistype addresses; so many of theirs failing says something about us. */
const READERS_FAILING = 5

/**
 * Tells owners of what the calendar or the ledger brings: a summary once a week and site, and that mails failed, at most once a day
 * and site. Any number of replicas may look; what is told is claimed in the transaction that puts it into the outbox. Whoever was
 * down at the hour tells when it is up again.
 */
export function createScheduledMails({
  db,
  clock,
  sites,
  mailDomain,
  log,
}: {
  db: Database
  clock: Clock
  sites: Pick<Sites, 'list' | 'byId'>
  mailDomain: string
  log: Logger
}) {
  let looked = Number.NEGATIVE_INFINITY
  /** The week that is known to be taken care of, by site. */
  const settled = new Map<string, string>()

  /** Looks, once a minute at most. */
  return async function look(): Promise<void> {
    const now = clock()
    if (now.getTime() - looked < LOOK_EVERY_MS) return
    looked = now.getTime()
    for (const site of await sites.list('all')) await attempt(site.id, () => summarise(site, now))
    for (const { siteId, failed, toMembers } of await untoldFailures(db.read)) {
      if (toMembers > 0 || failed >= READERS_FAILING) await attempt(siteId, () => tellFailures(siteId, now))
    }
  }

  async function attempt(siteId: string, work: () => Promise<void>) {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Overtaken)) log.error({ err: error, site: siteId }, 'owners could not be told yet; trying again in a minute')
    }
  }

  async function summarise(site: Site, now: Date) {
    const monday = lastDue(now, site.settings.timeZone)
    if (settled.get(site.id) === monday) return
    const week = dayAfter(monday, -7)
    const existed = site.createdAt < startOfDay(monday, site.settings.timeZone)
    const owners = existed ? await ownersWho(site.id, 'weeklySummary') : []
    await db.write(async (tx) => {
      if (!(await claimWeek(tx, { siteId: site.id, week: monday }))) return
      const rows = owners.map(({ userId }) =>
        deliveryTo({ userId, siteId: site.id, kind: 'site.weekly', subjectId: week, turn: site.id, at: now }),
      )
      if (rows.length > 0) await insertDeliveries(tx, rows)
    })
    settled.set(site.id, monday)
  }

  async function tellFailures(siteId: string, now: Date) {
    const owners = await ownersWho(siteId, 'deliveryFailing')
    await db.write(async (tx) => {
      if (!(await claimFailures(tx, { siteId, at: now, since: new Date(now.getTime() - DAY_MS) }))) return
      const failed = String(await markTold(tx, { siteId, at: now }))
      const turn = `${siteId}.${now.getTime()}`
      const rows = owners.map(({ userId }) => deliveryTo({ userId, siteId, kind: FAILING, subjectId: failed, turn, at: now }))
      if (rows.length > 0) await insertDeliveries(tx, rows)
    })
  }

  async function ownersWho(siteId: string, want: 'weeklySummary' | 'deliveryFailing') {
    return (await listenersOf(db.read, siteId)).filter(({ role, choices }) => role === 'owner' && choices[want])
  }

  function deliveryTo({ at, turn, ...event }: { userId: string; siteId: string; kind: string; subjectId: string; turn: string; at: Date }) {
    return personalDelivery({ event: { ...event, turn: `${event.userId}.${turn}` }, at, mailDomain })
  }
}

/** The Monday on which a summary was last due. */
function lastDue(now: Date, timeZone: string): string {
  const today = dayAt(now, timeZone)
  const monday = dayAfter(today, -weekdayOf(today))
  return timeOn({ day: monday, time: SUMMARY_AT, timeZone }) <= now ? monday : dayAfter(monday, -7)
}
