import { z } from 'zod'
import type { Access } from '../access/access.ts'
import type { Clock } from '../clock.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { moderatorAccess } from './access.ts'
import { Overview, type OverviewQuery, overviewQuery } from '../overview/overview.ts'
import type { Queue } from './queue.ts'
import { SiteKeys } from './queue-query.ts'

/** The moderators' overview of the last days. */
export function overviewRoutes({
  accounts,
  queue,
  longReads,
  clock,
}: {
  accounts: Access
  queue: Queue
  longReads: { overview: (query: OverviewQuery) => Promise<Overview> }
  clock: Clock
}): Endpoint[] {
  const { chosenSites } = moderatorAccess({ accounts, queue })
  return [
    endpoint({
      method: 'get',
      path: '/api/v1/moderation/overview',
      summary: 'What came in lately, how long it waited, and what became of it',
      tag: 'Moderators',
      signedIn: true,
      query: z.object({
        site: SiteKeys,
        days: z.coerce.number().int().min(1).max(90).default(30).meta({ description: 'How many days, today included' }),
      }),
      answers: { 200: { description: 'The overview', schema: Overview } },
      handle: async ({ query, req }) => {
        const { sites } = await chosenSites(req, query.site)
        return { status: 200, json: await longReads.overview(overviewQuery({ sites, days: query.days, now: clock() })) }
      },
    }),
  ]
}
