import type { Actor } from '../access/principal.ts'
import type { Transaction } from '../database/connect.ts'
import { newId } from '../ids.ts'
import { carryStops } from '../notifications/carry-stops.ts'
import type { Addresses, Article } from '../sites/article-url.ts'
import { findRedirect, insertRedirects, countRedirects } from '../sites/redirects.ts'
import type { Site } from '../sites/sites.ts'
import { countComments, insertRepair, mergeThread, renameThread, threadAt, type ThreadRow } from './store.ts'

/** More would have to be held in memory with every site. */
export const MOST_REDIRECTS = 10_000

export const repairKinds = ['redirected', 'moved', 'merged'] as const

/** What was done about an address. */
export interface Redirected {
  kind: (typeof repairKinds)[number]
  from: string
  to: string
  /** Comments of any status that came along. */
  comments: number
}

/** Why an address cannot be led to another, by a name for programs. */
export const refusals = {
  from: 'the old address is no http or https address',
  to: 'the new address is no http or https address',
  foreign: 'the new address is not one of this site',
  same: 'both addresses are one article already',
  known: 'the old address leads somewhere already',
  circle: 'the new address leads back to the old one',
  full: `a site has at most ${MOST_REDIRECTS.toLocaleString('en')} redirects`,
} as const
export type Refusal = keyof typeof refusals

export interface Refused {
  from: string
  to: string
  code: Refusal
  reason: string
}

/**
 * Leads an old address to a new one, and with it the thread that stands there: into the one at the new address, or there as it is.
 * @param addresses how the site reads addresses, without what is redirected already
 */
export async function redirectAddress(
  tx: Transaction,
  {
    site,
    addresses,
    pair,
    actor,
    batchId,
    at,
  }: { site: Site; addresses: Addresses; pair: { from: string; to: string }; actor: Actor; batchId: string; at: Date },
): Promise<Redirected | Refused> {
  const siteId = site.id
  const refused = (code: Refusal): Refused => ({ ...pair, code, reason: refusals[code] })
  const from = addresses.articleAt(pair.from)
  const to = addresses.articleAt(pair.to)
  if (!from) return refused('from')
  if (!to) return refused('to')
  if (!to.isOwn) return refused('foreign')
  if (from.key === to.key) return refused('same')
  if (await findRedirect(tx, { siteId, fromKey: from.key })) return refused('known')
  const end = await endOf(tx, { siteId, article: to })
  if (end.key === from.key) return refused('circle')
  if ((await countRedirects(tx, siteId)) >= MOST_REDIRECTS) return refused('full')

  const source = await threadAt(tx, { siteId, key: from.key })
  const target = source && (await threadAt(tx, { siteId, key: end.key }))
  const id = newId(at)
  const led: Redirected = {
    kind: kindOf({ source, target }),
    from: from.url,
    to: end.url,
    comments: source ? await countComments(tx, source.id) : 0,
  }
  if (source && target) await carryStops(tx, { from: source.id, to: target.id, at })
  const roots = source && target ? await mergeThread(tx, { source, target }) : []
  if (source && !target) await renameThread(tx, { id: source.id, url: end.url, key: end.key })
  await insertRedirects(tx, [{ id, siteId, fromUrl: from.url, fromKey: from.key, toUrl: to.url, toKey: to.key, repairId: id }])
  const repair = {
    id,
    siteId,
    batchId,
    kind: led.kind,
    fromUrl: led.from,
    toUrl: led.to,
    ...(source && { thread: asItWas(source) }),
    intoId: (target ?? source)?.id ?? null,
    comments: led.comments,
    actorId: actor.id,
    actorName: actor.name,
    at,
  }
  await insertRepair(tx, { repair, roots })
  return led
}

const kindOf = ({ source, target }: { source: ThreadRow | null; target: ThreadRow | null }) =>
  source === null ? 'redirected' : target === null ? 'moved' : 'merged'

/** Where an address leads in the end. Circles are refused when a redirect is made, so there is an end. */
async function endOf(tx: Transaction, { siteId, article }: { siteId: string; article: Article }): Promise<Article> {
  let end = article
  for (let next = await findRedirect(tx, { siteId, fromKey: end.key }); next; next = await findRedirect(tx, { siteId, fromKey: end.key }))
    end = { url: next.toUrl, key: next.toKey }
  return end
}

/** All that is needed to make the thread again. */
const asItWas = ({ id, url, key, title, open, createdAt }: ThreadRow) => ({ id, url, key, title, open, createdAt: createdAt.toISOString() })
