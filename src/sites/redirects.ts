import { LRUCache } from 'lru-cache'
import type { Client, Transaction } from '../database/connect.ts'
import type { Article, Redirects } from './article-url.ts'
import { insertRedirects, redirectCount, redirectFrom, type RedirectRow, redirectsOf, removeRedirects } from './redirect-store.ts'
import type { Site } from './store.ts'

/** Sites whose redirects are kept; each has ten thousand at most. */
const MOST_SITES = 100

/**
 * Fills in where a site's addresses lead. They are read again when the site has another version, which every change of them gives it.
 */
export function createRedirects(): (client: Client, site: Site) => Promise<Site> {
  const kept = new LRUCache<string, { version: number; redirects: Redirects }>({ max: MOST_SITES })
  return async (client, site) => {
    const known = kept.get(site.id)
    if (known?.version === site.version) return { ...site, redirects: known.redirects }
    const redirects = resolve(await redirectsOf(client, site.id))
    kept.set(site.id, { version: site.version, redirects })
    return { ...site, redirects }
  }
}

/** Each address with the last one that it leads to: what has taken over another article may have been taken over itself. */
export function resolve(rows: Pick<RedirectRow, 'fromKey' | 'toUrl' | 'toKey'>[]): Redirects {
  const next = new Map(rows.map(({ fromKey, toUrl, toKey }): [string, Article] => [fromKey, { url: toUrl, key: toKey }]))
  const ends = new Map<string, Article>()
  for (const [from, first] of next) {
    let end = first
    const passed = new Set([from])
    for (let to = next.get(end.key); to && !passed.has(end.key); to = next.get(end.key)) {
      passed.add(end.key)
      end = to
    }
    ends.set(from, end)
  }
  return ends
}

/**
 * Gives redirects the keys that new rules make of their addresses, in the transaction that changes the rules. One that would lead to
 * itself, or hide a thread that is there, is of no use any more and goes.
 */
export async function rekeyRedirects(
  tx: Transaction,
  { siteId, keyOf, taken }: { siteId: string; keyOf: (url: string) => string | undefined; taken: ReadonlySet<string> },
): Promise<void> {
  const before = await redirectsOf(tx, siteId)
  const after = new Map<string, RedirectRow>()
  for (const row of before) {
    const fromKey = keyOf(row.fromUrl) ?? row.fromKey
    const toKey = keyOf(row.toUrl) ?? row.toKey
    if (fromKey !== toKey && !taken.has(fromKey)) after.set(fromKey, { ...row, fromKey, toKey })
  }
  const isSame = after.size === before.length && before.every((row) => after.get(row.fromKey)?.toKey === row.toKey)
  if (isSame) return
  await removeRedirects(tx, { siteId })
  await insertRedirects(tx, [...after.values()])
}

/** For whoever leads one address to another, in the transaction that does. */
export { insertRedirects, redirectCount as countRedirects, redirectFrom as findRedirect, removeRedirects as takeRedirectsOf }
