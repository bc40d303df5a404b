import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { statuses } from '../comments/comment.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { SiteParams } from '../sites/routes.ts'
import type { Exports } from './exports.ts'
import { formatNames } from './formats.ts'
import { ndjsonSchema } from './records.ts'

const Time = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const time = (description: string) => Time.optional().meta({ description, type: 'string', format: 'date-time' })

/** Which comments, and what of them. */
export const SelectionQuery = z.object({
  emails: z.stringbool().default(false).meta({ description: "With readers' e-mail addresses; in a WXR with their IP addresses, too" }),
  status: z.enum(statuses).optional(),
  since: time('Comments made at this time or later'),
  until: time('Comments made before this time'),
  url: z.string().optional().meta({ description: 'Comments of the article at this address' }),
})

const ExportQuery = SelectionQuery.extend({
  format: z.enum(formatNames).default('ndjson').meta({ description: 'ndjson is the full one' }),
  bom: z.stringbool().default(false).meta({ description: 'CSV with a byte order mark, for Excel' }),
  after: z.uuid().optional().meta({ description: 'Goes on with an export that broke off: the last comment that came whole' }),
  snapshot: z.string().max(80).optional().meta({ description: 'With `after`: what the header, or Balas-Snapshot, said' }),
})

const SCHEMA_PATH = '/api/v1/export.schema.json'

/** The whole history as a file. */
export const transferRoutes = ({ accounts, exports, publicUrl }: { accounts: Access; exports: Exports; publicUrl: string }): Endpoint[] => [
  endpoint({
    method: 'get',
    path: SCHEMA_PATH,
    summary: 'What the lines of an NDJSON export hold',
    tag: 'Owners',
    answers: { 200: { description: 'A JSON Schema (2020-12) of one line', type: 'application/schema+json', schema: z.looseObject({}) } },
    handle: () => ({
      status: 200,
      json: ndjsonSchema(publicUrl + SCHEMA_PATH),
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
      return { status: 200, ...(await exports.begin(site, query)) }
    },
  }),
]
