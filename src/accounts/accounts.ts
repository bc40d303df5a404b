import { fromNodeHeaders } from 'better-auth/node'
import type { IncomingMessage } from 'node:http'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { Forbidden, Unauthorized } from '../errors.ts'
import type { Access, AccessRequest, SiteOf } from '../access/access.ts'
import { ALL_SITES, may, mayCreateSites, roleOn } from '../access/policy.ts'
import { SiteNotFound, type Sites } from '../sites/sites.ts'
import { principalOfKey } from './api-keys.ts'
import type { Auth } from './auth.ts'
import type { Principal } from '../access/principal.ts'
import { refuseForeignWrite } from '../access/same-origin.ts'
import { grantsOf, userById } from './store.ts'

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
}): Access {
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

  const principal = (req: IncomingMessage): Promise<Principal> => {
    const asked = known.get(req) ?? identify(req)
    known.set(req, asked)
    return asked
  }

  return {
    principal,

    async allow<Asked extends AccessRequest>(req: IncomingMessage, asked: Asked) {
      const who = await principal(req)
      if (!('siteKey' in asked || 'site' in asked)) {
        if (!mayCreateSites(who.grants)) throw Forbidden('Only an owner of all sites may create one.')
        return { principal: who, site: null as SiteOf<Asked> }
      }
      const site = 'site' in asked ? asked.site : await sites.byKey(asked.siteKey)
      if (!roleOn(who.grants, site.id)) throw SiteNotFound(`There is no site "${site.key}".`)
      if (!may(who.grants, asked.action, site.id)) throw Forbidden('Your role on this site does not include that.')
      return { principal: who, site: site as SiteOf<Asked> }
    },

    async signedIn(req: IncomingMessage): Promise<{ userId: string; sessionId: string }> {
      const { id, sessionId } = await principal(req)
      if (sessionId === undefined) throw Forbidden('This is for people who are signed in, not for keys.')
      return { userId: id, sessionId }
    },

    async personById(id: string): Promise<Principal | null> {
      const user = await userById(db.read, id)
      return user && { kind: 'user', id, name: user.name, grants: await grantsOf(db.read, id) }
    },

    sitesOf: (who) => sites.list(who.grants.some(({ siteId }) => siteId === ALL_SITES) ? 'all' : who.grants.map(({ siteId }) => siteId)),
  }
}
