import { z } from 'zod'
import type { Access } from '../access/access.ts'
import type { Database } from '../database/connect.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { Cursor, Limit } from '../http/paging.ts'
import { siteHistory } from './history.ts'
import { SiteParams } from './routes.ts'

export const SiteChange = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: z.string().meta({ description: 'The name of a person or a key; `system` for a command' }),
    fields: z.array(
      z.object({
        field: z.string().meta({ description: '`name`, `locale`, `allowedOrigins`, or a setting such as `settings.mode`' }),
        from: z.unknown(),
        to: z.unknown(),
      }),
    ),
  })
  .meta({ id: 'SiteChange' })

/** Who changed what of a site. */
export const siteHistoryRoutes = ({ db, accounts }: { db: Database; accounts: Access }): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/api/v1/sites/{site}/history',
    summary: 'Who changed what of a site, newest first',
    tag: 'Owners',
    signedIn: true,
    params: SiteParams,
    query: z.object({ cursor: Cursor, limit: Limit }),
    answers: {
      200: { description: 'What was changed', schema: z.object({ changes: z.array(SiteChange), nextCursor: z.string().nullable() }) },
    },
    handle: async ({ params, query, req }) => {
      const { site } = await accounts.allow(req, { action: 'change-site', siteKey: params.site })
      return { status: 200, json: await siteHistory({ db, siteId: site.id, ...query }) }
    },
  }),
]
