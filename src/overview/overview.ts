import { z } from 'zod'
import { statuses } from '../comments/comment.ts'
import type { Database } from '../database/connect.ts'
import { lowestIdAt, timeOf } from '../ids.ts'
import { dayAfter, dayAt, startOfDay } from '../locales/days.ts'
import { busiestThreads, countFailedMails, countsByDay, type Day, firstDecisions, verdictCounts } from './store.ts'

const ARTICLES = 10
const DECISIONS_AT_ONCE = 5000

const Numbers = z.object({ received: z.int(), pending: z.int(), approved: z.int(), rejected: z.int(), spam: z.int() })

/** How moderation went lately. */
export const Overview = z
  .object({
    days: z
      .array(Numbers.extend({ day: z.iso.date() }))
      .meta({ description: "Each day by its site's time zone, the oldest first: what came in on it, and how that stands now" }),
    waiting: z
      .object({ decided: z.int(), medianSeconds: z.int().nullable(), p90Seconds: z.int().nullable() })
      .meta({ description: 'How long comments had waited that were decided for the first time in these days, by a person' }),
    articles: z
      .array(z.object({ site: z.string(), url: z.string(), title: z.string().nullable(), received: z.int() }))
      .meta({ description: `The ${ARTICLES} that most comments came in to` }),
    checks: z
      .array(z.object({ check: z.string(), spam: z.int(), held: z.int(), rejected: z.int() }))
      .meta({ description: 'What each check wanted done with how many of the comments that came in' }),
    failedMails: z
      .array(z.object({ site: z.string(), failed: z.int() }))
      .meta({ description: 'Sites of which mails of these days failed for good and were not sent again' }),
  })
  .meta({ id: 'Overview' })
export type Overview = z.output<typeof Overview>

/** What an overview is about; plain data, since it is read in a worker. */
export interface OverviewQuery {
  sites: { id: string; key: string; days: Day[] }[]
}

/** The last days of some sites, today included, each site's by its own time zone. */
export function overviewQuery({
  sites,
  days,
  now,
}: {
  sites: { id: string; key: string; settings: { timeZone: string } }[]
  days: number
  now: Date
}): OverviewQuery {
  const daysIn = (timeZone: string) => daysFrom({ first: dayAfter(dayAt(now, timeZone), 1 - days), days, timeZone })
  return { sites: sites.map(({ id, key, settings }) => ({ id, key, days: daysIn(settings.timeZone) })) }
}

/** So many days by the clocks of a time zone. */
export const daysFrom = ({ first, days, timeZone }: { first: string; days: number; timeZone: string }): Day[] =>
  Array.from({ length: days }, (_, n) => {
    const day = dayAfter(first, n)
    const beginning = (one: string) => lowestIdAt(startOfDay(one, timeZone))
    return { day, from: beginning(day), to: beginning(dayAfter(day, 1)) }
  })

/** Reads an overview. It goes through everything that came in in these days, so it belongs into the worker. */
export async function readOverview(db: Pick<Database, 'read' | 'provider'>, { sites }: OverviewQuery): Promise<Overview> {
  const days = new Map<string, Overview['days'][number]>()
  const checks = new Map<string, Overview['checks'][number]>()
  const articles: Overview['articles'] = []
  const failures: Overview['failedMails'] = []
  for (const site of sites) {
    await addDays(db, site, days)
    const about = { siteId: site.id, from: beginningOf(site), to: endOf(site) }
    await addChecks(db, about, checks)
    for (const { n, ...thread } of await busiestThreads(db.read, { ...about, take: ARTICLES }))
      articles.push({ site: site.key, ...thread, received: n })
    const failed = await countFailedMails(db.read, about)
    if (failed > 0) failures.push({ site: site.key, failed })
  }
  return {
    days: [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    waiting: await readWaiting(db, sites),
    articles: articles.toSorted((a, b) => b.received - a.received).slice(0, ARTICLES),
    checks: [...checks.values()].toSorted((a, b) => (a.check < b.check ? -1 : 1)),
    failedMails: failures,
  }
}

type OneSite = OverviewQuery['sites'][number]
type Reading = Pick<Database, 'read' | 'provider'>

const beginningOf = ({ days }: OneSite) => days[0]?.from ?? ''
const endOf = ({ days }: OneSite) => days.at(-1)?.to ?? ''

async function addDays({ read }: Reading, { id: siteId, days }: OneSite, all: Map<string, Overview['days'][number]>) {
  for (const status of statuses) {
    for (const { day, n } of await countsByDay(read, { siteId, status, days })) {
      const numbers = all.get(day) ?? { day, received: 0, pending: 0, approved: 0, rejected: 0, spam: 0 }
      numbers[status] += n
      numbers.received += n
      all.set(day, numbers)
    }
  }
}

const COLUMN: Record<string, 'spam' | 'held' | 'rejected'> = { spam: 'spam', hold: 'held', reject: 'rejected' }

async function addChecks(db: Reading, about: { siteId: string; from: string; to: string }, all: Map<string, Overview['checks'][number]>) {
  for (const { check, outcome, n } of await verdictCounts(db, about)) {
    const column = COLUMN[outcome]
    if (!column) continue
    const numbers = all.get(check) ?? { check, spam: 0, held: 0, rejected: 0 }
    numbers[column] += n
    all.set(check, numbers)
  }
}

async function readWaiting({ read }: Reading, sites: OneSite[]): Promise<Overview['waiting']> {
  const siteIds = sites.map(({ id }) => id)
  const from = sites.map(beginningOf).toSorted()[0] ?? ''
  const to = sites.map(endOf).toSorted().at(-1) ?? ''
  const waits: number[] = []
  for (let after = ''; siteIds.length > 0;) {
    const some = await firstDecisions(read, { siteIds, from, to, after, take: DECISIONS_AT_ONCE })
    for (const { id, commentId } of some) waits.push(timeOf(id) - timeOf(commentId))
    if (some.length < DECISIONS_AT_ONCE) break
    after = some.at(-1)?.id ?? ''
  }
  const inOrder = waits.toSorted((a, b) => a - b)
  const share = (part: number) => {
    const wait = inOrder[Math.ceil(part * inOrder.length) - 1]
    return wait === undefined ? null : Math.round(wait / 1000)
  }
  return { decided: inOrder.length, medianSeconds: share(0.5), p90Seconds: share(0.9) }
}
