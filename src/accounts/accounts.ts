import { fromNodeHeaders } from 'better-auth/node'
import type { IncomingMessage } from 'node:http'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { Forbidden, Unauthorized } from '../errors.ts'
import { type Action, ALL_SITES, may, mayCreateSites, roleOn } from '../moderation/policy.ts'
import { SiteNotFound, type Site, type Sites } from '../sites/sites.ts'
import { principalOfKey } from './api-keys.ts'
import type { Auth } from './auth.ts'
import type { Principal } from './principal.ts'
import { refuseForeignWrite } from './same-origin.ts'
import { grantsOf, userById } from './store.ts'

export type Accounts = ReturnType<typeof createAccounts>

/** What a request asks to do; with a site's key or id unless it is about no site. */
type Wish = { action: Action; siteKey: string } | { action: Action; site: Site } | { action: 'create-site' }

/** Tells who asks, and refuses what they may not do. */
export function createAccounts({
  db,
  clock,
  auth,
  sites,
  ownOrigins,
}: {
  db: Database
  clock: Clock
  auth: Auth
  sites: Sites
  ownOrigins: string[]
}) {
  const known = new WeakMap<IncomingMessage, Promise<Principal>>()

  const identify = async (req: IncomingMessage): Promise<Principal> => {
    const [, key] = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '') ?? []
    if (key) {
      const principal = await principalOfKey({ db, clock, key })
      if (principal) return principal
      throw Unauthorized('This API key is not valid.')
    }
    const session = await auth.api.getSession({ headers: fromNodeHeaders(req.headers) })
    if (!session) throw Unauthorized()
    refuseForeignWrite(req, ownOrigins)
    const { id, name } = session.user
    return { kind: 'user', id, name, grants: await grantsOf(db.read, id), sessionId: session.session.id }
  }

  /** @throws Unauthorized */
  const principal = (req: IncomingMessage): Promise<Principal> => {
    const asked = known.get(req) ?? identify(req)
    known.set(req, asked)
    return asked
  }

  return {
    principal,

    /**
     * Who asks and the site it is about, if they may.
     * @throws SiteNotFound for a site they do not belong to, as for one that does not exist
     * @throws Forbidden for what their role does not include
     */
    async allow<W extends Wish>(
      req: IncomingMessage,
      wish: W,
    ): Promise<{ principal: Principal; site: W extends { action: 'create-site' } ? null : Site }> {
      const who = await principal(req)
      type Given = W extends { action: 'create-site' } ? null : Site
      if (!('siteKey' in wish || 'site' in wish)) {
        if (!mayCreateSites(who.grants)) throw Forbidden('Only an owner of all sites may create one.')
        return { principal: who, site: null as Given }
      }
      const site = 'site' in wish ? wish.site : await sites.byKey(wish.siteKey)
      if (!roleOn(who.grants, site.id)) throw SiteNotFound(`There is no site "${site.key}".`)
      if (!may(who.grants, wish.action, site.id)) throw Forbidden('Your role on this site does not include that.')
      return { principal: who, site: site as Given }
    },

    /**
     * The person who is signed in and their session.
     * @throws Forbidden for a key
     */
    async signedIn(req: IncomingMessage): Promise<{ userId: string; sessionId: string }> {
      const { id, sessionId } = await principal(req)
      if (sessionId === undefined) throw Forbidden('This is for people who are signed in, not for keys.')
      return { userId: id, sessionId }
    },

    /** A person by id, for what is done in their name without a session: the button behind a mailed link. */
    async personById(id: string): Promise<Principal | null> {
      const user = await userById(db.read, id)
      return user && { kind: 'user', id, name: user.name, grants: await grantsOf(db.read, id) }
    },

    /** The sites that somebody moderates. */
    sitesOf: (who: Principal): Promise<Site[]> =>
      sites.list(who.grants.some(({ siteId }) => siteId === ALL_SITES) ? 'all' : who.grants.map(({ siteId }) => siteId)),
  }
}
