import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { actorOf } from '../access/principal.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { EVENT_HEADERS } from '../http/event-stream.ts'
import { moderatorAccess } from './access.ts'
import type { Live } from './live.ts'
import type { Queue } from './queue.ts'
import { SiteKeys } from './queue-query.ts'

/** Tells moderators' pages when a queue changes. */
export function liveRoutes({ accounts, queue, live }: { accounts: Access; queue: Queue; live: Live }): Endpoint[] {
  const { chosenSites } = moderatorAccess({ accounts, queue })
  return [
    endpoint({
      method: 'get',
      path: '/api/v1/moderation/events',
      summary: 'Server-sent events: a comment came in, or was decided',
      tag: 'Moderators',
      signedIn: true,
      query: z.object({ site: SiteKeys }),
      answers: {
        200: {
          description:
            "On connecting for each of the sites, and then whenever a site's queue changes, once a second at most: `event: counts` with " +
            '`data: {"site":"key","pending":n,"approved":n,"rejected":n,"spam":n,"reported":n}`. The stream ends after five minutes; connect again.',
          schema: z.string(),
          type: 'text/event-stream',
        },
      },
      handle: async ({ query, req }) => {
        const { principal, sites } = await chosenSites(req, query.site)
        if (req.method === 'HEAD') return { status: 200, headers: EVENT_HEADERS } // nothing would ever end it
        return { status: 200, headers: EVENT_HEADERS, stream: await live.open({ person: actorOf(principal).id, watched: sites }) }
      },
    }),
  ]
}
