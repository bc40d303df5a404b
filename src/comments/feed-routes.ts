import { z } from 'zod'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { encodedFor, isFresh } from '../http/kept-bytes.ts'
import { SiteParams } from '../sites/routes.ts'
import type { Sites } from '../sites/sites.ts'
import type { Feeds } from './feeds.ts'
import { readerAccess } from './reader-access.ts'
import { ThreadQuery } from './routes.ts'

/** Comments for feed readers. */
export function feedRoutes({ sites, feeds, ownOrigins }: { sites: Sites; feeds: Feeds; ownOrigins: string[] }): Endpoint[] {
  const { readable } = readerAccess({ sites, ownOrigins })
  return [
    endpoint({
      method: 'get',
      path: '/api/v1/sites/{site}/feed.atom',
      summary: 'The newest comments as a feed',
      tag: 'Readers',
      params: SiteParams,
      query: z.object({ url: ThreadQuery.shape.url.optional() }),
      answers: {
        200: {
          description: 'Atom (RFC 4287): the 50 newest approved comments of the site, or of one article',
          schema: z.string(),
          type: 'application/atom+xml',
        },
        304: { description: 'Nothing has changed' },
      },
      before: readable,
      handle: async ({ params, query, req, res }) => {
        const site = await sites.byKey(params.site)
        const kept = await feeds.read(site, query.url === undefined ? null : sites.article(site, query.url))
        const { etag, body, headers } = encodedFor(kept, req.headers['accept-encoding'])
        const always = { ETag: etag, 'Cache-Control': 'no-cache' }
        res.vary('Accept-Encoding')
        if (isFresh(req.headers['if-none-match'], etag)) return { status: 304, headers: always }
        return { status: 200, bytes: body, headers: { ...always, ...headers, 'Content-Type': 'application/atom+xml; charset=utf-8' } }
      },
    }),
  ]
}
