import { z } from 'zod'
import type { Access } from '../../access/access.ts'
import { InvalidFields } from '../../errors.ts'
import { endpoint, type Endpoint } from '../../http/endpoint.ts'
import { SiteParams } from '../../sites/routes.ts'
import { formatNames } from '../formats.ts'
import { SelectionQuery } from '../routes.ts'
import type { Departures } from './departures.ts'
import { Landings } from './landings.ts'

const LeavingQuery = SelectionQuery.extend({
  format: z.enum(formatNames).default('wxr').meta({ description: 'Only wxr' }),
  dryRun: z.stringbool().default(false).meta({ description: 'Answers which thread lands where, as JSON' }),
})

/** Leaving for WordPress, onto the posts that it has. */
export const leavingRoutes = ({ accounts, departures }: { accounts: Access; departures: Departures }): Endpoint[] => [
  endpoint({
    method: 'post',
    path: '/api/v1/sites/{site}/export',
    summary: "Download the comment history for WordPress's own posts",
    tag: 'Owners',
    signedIn: true,
    params: SiteParams,
    query: LeavingQuery,
    takesFile: "The blog's own export, as WordPress writes it (Tools → Export), or packed by gzip",
    answers: {
      200: {
        description: "A WXR whose items are WordPress's own posts; with `dryRun`, JSON: which thread lands on which post",
        type: 'application/xml',
        schema: z.string(),
        others: { 'application/json': Landings },
      },
      413: { description: 'The file is larger than IMPORT_LIMIT' },
      507: { description: "There is no room on the server's disk" },
    },
    handle: async ({ params, query: { dryRun, format, ...wish }, req }) => {
      const { site } = await accounts.allow(req, { action: 'export', siteKey: params.site })
      if (format !== 'wxr')
        throw InvalidFields(undefined, { errors: [{ field: 'format', message: 'must be wxr for the posts of WordPress' }] })
      if (Number(req.headers['content-length'] ?? 0) > departures.limit) throw departures.tooLarge()
      return { status: 200, ...(await departures.begin({ site, wish, dryRun, body: req })) }
    },
  }),
]
