import { isOwnOrigin } from '../access/same-origin.ts'
import { corsHeaders } from '../http/cors.ts'
import type { Input } from '../http/endpoint.ts'
import type { Site, Sites } from '../sites/sites.ts'
import { ForeignOrigin } from './errors.ts'

type Req = Input['req']
type Asked = Pick<Input, 'req' | 'res'> & { params: { site: string } }

/**
 * Pages that keep their address to themselves (`Referrer-Policy: no-referrer`) make forms say `Origin: null`; browsers still tell
 * which of them are neighbours of this server.
 */
const NEIGHBOURS = new Set(['same-origin', 'same-site'])

/**
 * Refuses a browser that sends from a page which is not the site's. No Origin (curl, a server) passes; `null` does from a neighbour.
 * Any other page can say `null` as it likes, and would make its visitors write.
 * @throws ForeignOrigin
 */
export function refuseForeignOrigin({ req, site, ownOrigins }: { req: Req; site: Site; ownOrigins: string[] }) {
  const { origin, host, 'sec-fetch-site': from } = req.headers
  if (origin === undefined || site.allowedOrigins.length === 0 || site.allowedOrigins.includes(origin)) return
  if (origin === 'null' && typeof from === 'string' && NEIGHBOURS.has(from)) return
  if (!isOwnOrigin({ origin, host, ownOrigins })) throw ForeignOrigin('This site does not take comments from there.')
}

/**
 * What comes before every answer of the readers' API: the headers that let the site's pages read it, also when it is a refusal.
 * `writable` besides refuses other people's pages.
 */
export function readerAccess({ sites, ownOrigins }: { sites: Sites; ownOrigins: string[] }) {
  const allowOrigin = async ({ params, req, res }: Asked): Promise<Site> => {
    const site = await sites.byKey(params.site)
    res.set(corsHeaders({ origin: req.headers.origin, allowedOrigins: site.allowedOrigins }))
    return site
  }
  return {
    readable: async (asked: Asked) => void (await allowOrigin(asked)),
    writable: async (asked: Asked) => refuseForeignOrigin({ req: asked.req, site: await allowOrigin(asked), ownOrigins }),
  }
}
