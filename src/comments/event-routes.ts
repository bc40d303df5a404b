import { z } from 'zod'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { EVENT_HEADERS as HEADERS } from '../http/event-stream.ts'
import { networkOf } from '../http/limits.ts'
import { SiteParams } from '../sites/routes.ts'
import type { Sites } from '../sites/sites.ts'
import type { Events } from './events.ts'
import { readerAccess } from './reader-access.ts'
import { ThreadQuery } from './routes.ts'

/** Tells pages that have a thread open when it changes. */
export function eventRoutes({ sites, events, ownOrigins }: { sites: Sites; events: Events; ownOrigins: string[] }): Endpoint[] {
  const { readable } = readerAccess({ sites, ownOrigins })
  return [
    endpoint({
      method: 'get',
      path: '/api/v1/sites/{site}/events',
      summary: "Server-sent events: an article's thread has changed",
      tag: 'Readers',
      params: SiteParams,
      query: ThreadQuery.pick({ url: true }),
      answers: {
        200: {
          description:
            'On connecting, and whenever the thread has changed: `event: change`, with its version as `id` and `data: {"version":n}` ' +
            '(0 when nobody commented); fetch the thread then. Too many listeners are answered 429 or 503: ask now and then instead.',
          schema: z.string(),
          type: 'text/event-stream',
        },
      },
      before: readable,
      handle: async ({ params, query, req }) => {
        const site = await sites.byKey(params.site)
        const { key } = sites.article(site, query.url)
        if (req.method === 'HEAD') return { status: 200, headers: HEADERS } // nothing would ever end it
        return { status: 200, headers: HEADERS, stream: await events.open({ siteId: site.id, key, network: networkOf(req) }) }
      },
    }),
  ]
}
