import { z } from 'zod'
import type { Accounts } from '../accounts/accounts.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { statuses } from '../comments/comment.ts'
import { SiteParams } from '../sites/routes.ts'
import type { LongReads } from '../workers/long-reads.ts'
import { ndjsonSchema } from './records.ts'
import { contentTypeOf, fileNameOf, formatNames } from './formats.ts'

const ExportQuery = z.object({
  format: z.enum(formatNames).default('ndjson'),
  emails: z.stringbool().default(false).meta({ description: "With readers' e-mail addresses" }),
  status: z.enum(statuses).optional(),
  since: z.iso.datetime({ offset: true }).optional().meta({ description: 'Comments made at this time or later' }),
})

/** The whole history as a file. */
export const transferRoutes = ({
  accounts,
  longReads,
  publicUrl,
}: {
  accounts: Accounts
  longReads: LongReads
  publicUrl: string
}): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/api/v1/export.schema.json',
    summary: 'What the lines of an NDJSON export hold',
    tag: 'Owners',
    answers: { 200: { description: 'A JSON Schema (2020-12) of one line', type: 'application/schema+json', schema: z.looseObject({}) } },
    handle: () => ({
      status: 200,
      json: ndjsonSchema(`${publicUrl}/api/v1/export.schema.json`),
      headers: { 'Content-Type': 'application/schema+json', 'Access-Control-Allow-Origin': '*' },
    }),
  }),
  endpoint({
    method: 'get',
    path: '/api/v1/sites/{site}/export',
    summary: 'Download the whole comment history',
    tag: 'Owners',
    signedIn: true,
    params: SiteParams,
    query: ExportQuery,
    answers: {
      200: { description: 'A stream; NDJSON ends with a trailer that carries the count and a checksum', type: 'application/x-ndjson' },
    },
    handle: async ({ params, query, req }) => {
      const { site } = await accounts.allow(req, { action: 'export', siteKey: params.site })
      const { format, emails, status, since } = query
      return {
        status: 200,
        stream: longReads.exportSite({
          siteId: site.id,
          format,
          emails,
          ...(status && { status }),
          ...(since !== undefined && { since: new Date(since) }),
        }),
        headers: {
          'Content-Type': contentTypeOf(format),
          'Content-Disposition': `attachment; filename="${fileNameOf(site.key, format)}"`,
          'Cache-Control': 'no-store',
        },
      }
    },
  }),
]
