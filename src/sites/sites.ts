import type { Actor } from '../access/principal.ts'
import type { Clock } from '../clock.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { createCopies } from '../database/copies.ts'
import { isUniqueViolation } from '../database/errors.ts'
import { Conflict, defineError, InvalidFields } from '../errors.ts'
import { newId } from '../ids.ts'
import { type Addresses, type Article, createAddresses, NOT_AN_ADDRESS, readAlike } from './article-url.ts'
import { recordChange, SYSTEM } from './history.ts'
import { createRedirects } from './redirects.ts'
import { rekey } from './rekey.ts'
import { findSite, insertSite, listSites, raiseSite, type Site, type SiteChanges, siteCounts, updateSite } from './store.ts'

export type { Site, SiteChanges } from './store.ts'

export const SiteNotFound = defineError('site-not-found', 404, 'No such site')

/** Every site is asked for on every request, so sites are kept in memory until they change, and half a minute at most. */
const KEPT_MS = 30_000

export type Sites = ReturnType<typeof createSites>

export function createSites({ db, clock, ownOrigins }: { db: Database; clock: Clock; ownOrigins: string[] }) {
  const kept = createCopies<Site>({ max: 1000, ttl: KEPT_MS })
  db.changes.on((change) => {
    if (change === 'missed' || !('key' in change)) kept.dropAll()
  })

  const withRedirects = createRedirects()
  const addresses = new WeakMap<Site, Addresses>()
  const addressesOf = (site: Site): Addresses => {
    const known = addresses.get(site)
    if (known) return known
    const made = createAddresses({ rules: site.settings, allowedOrigins: site.allowedOrigins, ownOrigins, redirects: site.redirects })
    addresses.set(site, made)
    return made
  }

  return {
    /** @throws SiteNotFound */
    byKey: (key: string): Promise<Site> =>
      kept.read(key, async () => {
        const row = await findSite(db.read, { key })
        if (!row) throw SiteNotFound(`There is no site "${key}".`)
        return withRedirects(db.read, row)
      }),

    /** A site as it is now, whatever is in memory. @throws SiteNotFound */
    reread(key: string): Promise<Site> {
      kept.drop(key)
      return this.byKey(key)
    },

    /** A site's version as a transaction sees it, which holds the site's row by then, so that it stays so. */
    versionIn: async (tx: Transaction, id: string) => (await findSite(tx, { id }))?.version,

    /** A site that is in memory already. */
    peek: (key: string): Site | undefined => kept.peek(key),

    async byId(id: string): Promise<Site | null> {
      const site = await findSite(db.read, { id })
      return site && withRedirects(db.read, site)
    },
    list: async (ids: string[] | 'all') => Promise.all((await listSites(db.read, ids)).map((site) => withRedirects(db.read, site))),
    counts: (ids: string[]) => siteCounts(db.read, ids),

    /** @throws Conflict when the key is taken */
    async create({
      key,
      name,
      locale,
      allowedOrigins = [],
    }: {
      key: string
      name: string
      locale: string
      allowedOrigins?: string[] | undefined
    }): Promise<Site> {
      const createdAt = clock()
      try {
        return await db.write((tx) => insertSite(tx, { id: newId(createdAt), key, name, locale, allowedOrigins, settings: {}, createdAt }))
      } catch (error) {
        if (isUniqueViolation(error)) throw Conflict(`There is a site "${key}" already.`)
        throw error
      }
    },

    /** Changes a site and writes down who did. @throws ThreadsWouldJoin when new rules about addresses would make one of two articles with comments */
    change: ({ id }: Site, wanted: SiteChanges, actor: Actor = SYSTEM): Promise<Site> =>
      db.write(async (tx) => {
        const { before, site } = await updateSite(tx, { id, changes: wanted })
        if (!readAlike(before.settings, site.settings)) await rekey(tx, { siteId: id, from: before.settings, to: site.settings })
        await recordChange(tx, { before, after: site, actor, at: clock() })
        await db.changes.announce(tx, { siteId: id })
        return site
      }),

    /** Gives a site another version, in the transaction in which what its addresses mean was changed: nobody keeps what they meant before. */
    async renew(tx: Transaction, { id }: Site): Promise<void> {
      await raiseSite(tx, id)
      await db.changes.announce(tx, { siteId: id })
    },

    /** How this site reads articles' addresses. */
    addresses: addressesOf,

    /**
     * The article at an address of this site.
     * @throws InvalidFields when it is no address, or not one of the site's own
     */
    article(site: Site, address: string): Article {
      const article = addressesOf(site).articleAt(address)
      const invalid = (message: string) => InvalidFields(undefined, { errors: [{ field: 'url', message }] })
      if (!article) throw invalid(NOT_AN_ADDRESS)
      if (!article.isOwn) throw invalid('is not an address of this site')
      return { url: article.url, key: article.key }
    },
  }
}
