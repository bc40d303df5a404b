import { z } from 'zod'
import type { Principal } from '../access/principal.ts'
import { statuses } from '../comments/comment.ts'
import { CommentNotFound } from '../comments/errors.ts'
import type { Reports } from '../comments/reports.ts'
import { cleanLine, fold } from '../markup/text.ts'
import type { Client } from '../database/connect.ts'
import { Forbidden, InvalidFields } from '../errors.ts'
import { Text } from '../http/validate.ts'
import { lowestIdAt } from '../ids.ts'
import { emailIndex, networkIndex, networkOf } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import { createAddresses } from '../sites/article-url.ts'
import { ArticleAddress, SiteKey } from '../sites/routes.ts'
import type { Site } from '../sites/sites.ts'
import { dayAfter, startOfDay } from '../locales/days.ts'
import { may, roleOn } from '../access/policy.ts'
import { findOne, threadsAt } from './store.ts'

/** What an id looks like; anything else need not be looked for. */
export const ID = /^[0-9a-f-]{36}$/
const EMAIL = /^[^\s@]+@[^\s@]+$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

const Time = z.union([z.iso.date(), z.iso.datetime({ offset: true })], 'must be a date or a time such as 2026-11-24T08:00:00Z')

/** One site, several, or with none all that are the caller's. */
export const SiteKeys = z
  .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(SiteKey).min(1).max(100).optional())
  .meta({ description: "A site's key; may be given several times. All of the caller's sites without it" })

/** What a list of comments is narrowed by, each condition on top of the others. */
export const QueueFilter = z.object({
  site: SiteKeys,
  status: z.enum(statuses).optional(),
  q: Text.max(200).optional().meta({ description: 'A part of text or name; letter case and accents do not count' }),
  url: ArticleAddress.optional(),
  author: Text.max(245).optional().meta({ description: 'A whole e-mail address, or a part of a name' }),
  reported: z.union([z.boolean(), z.stringbool()]).optional().meta({ description: 'Those that readers pointed at' }),
  network: Text.max(100)
    .optional()
    .meta({ description: "The network of the comment with this id; or, for a site's owners, that of an IP address" }),
  since: Time.optional().meta({ description: "A time, or a day by the site's time zone, from its beginning" }),
  until: Time.optional().meta({ description: 'A time that is not included, or a day that is, to its end' }),
})
export type QueueFilter = z.output<typeof QueueFilter>

/** What a filter comes to: conditions that an index knows, the comments that readers pointed at, and folded parts of name and text. */
export interface Narrowed {
  emailIndex: string | undefined
  networkIndex: string | undefined
  threadIds: string[] | undefined
  reportedIds: string[] | undefined
  name: string
  text: string
  /** The lowest id of the stretch of time that is meant, and the lowest beyond it. */
  from: string | undefined
  to: string | undefined
}

interface Question {
  client: Client
  keys: Keys
  reports: Reports
  principal: Principal
  sites: Site[]
  filter: QueueFilter
}

/** @throws CommentNotFound, Forbidden, InvalidFields for a network that is none, or not the caller's to ask for */
export async function narrow(question: Question): Promise<Narrowed> {
  const { client, keys, reports, sites, filter } = question
  const { author = '', url, reported, q = '', since, until } = filter
  const siteIds = sites.map(({ id }) => id)
  const who = cleanLine(author)
  const isEmail = EMAIL.test(who)
  const timeZone = sites[0]?.settings.timeZone ?? 'UTC'
  return {
    emailIndex: isEmail ? emailIndex(keys, who) : undefined,
    networkIndex: filter.network ? await networkMeant(question, filter.network) : undefined,
    threadIds: url === undefined ? undefined : await threadsAt(client, { siteIds, keys: keysOf(sites, url) }),
    reportedIds: reported ? await reports.reported(siteIds) : undefined,
    name: isEmail ? '' : fold(who),
    text: fold(q).trim(),
    from: since === undefined ? undefined : lowestIdAt(DAY.test(since) ? startOfDay(since, timeZone) : new Date(since)),
    to: until === undefined ? undefined : lowestIdAt(DAY.test(until) ? startOfDay(dayAfter(until, 1), timeZone) : new Date(until)),
  }
}

const keysOf = (sites: Site[], url: string) =>
  sites.flatMap((site) => createAddresses({ rules: site.settings, redirects: site.redirects }).articleAt(url)?.key ?? [])

/** Moderators name a network by a comment, which tells them nothing new; who types addresses could try which ones there are. */
async function networkMeant({ client, keys, principal, sites }: Question, network: string): Promise<string> {
  const invalid = (message: string) => InvalidFields(undefined, { errors: [{ field: 'network', message }] })
  if (ID.test(network)) {
    const row = await findOne(client, network)
    if (!row || !roleOn(principal.grants, row.siteId)) throw CommentNotFound()
    if (row.networkIndex === null) throw invalid('is a comment of which no network is known')
    return row.networkIndex
  }
  const address = network.trim().replace(/\/\d+$/, '') // as the lists show networks
  if (networkOf(address) === 'unknown') throw invalid('must be the id of a comment or an IP address')
  if (sites.some(({ id }) => !may(principal.grants, 'see-emails', id))) throw Forbidden('Only owners may look for an address.')
  return networkIndex(keys, address)
}
