import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { NotFound } from '../errors.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { SiteParams } from '../sites/routes.ts'
import type { Exports } from './exports.ts'

const Kept = z
  .object({
    name: z.string(),
    createdAt: z.iso.datetime(),
    emails: z.boolean().meta({ description: 'Whether it holds addresses' }),
    size: z.int().meta({ description: 'Bytes' }),
  })
  .meta({ id: 'KeptExport' })

/** The exports that the schedule keeps (settings `exportEveryDays`, `exportsKept`, `exportEmails`). */
export const keptExportRoutes = ({ accounts, exports }: { accounts: Access; exports: Pick<Exports, 'kept'> }): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/api/v1/sites/{site}/exports',
    summary: 'The exports that are kept, newest first',
    tag: 'Owners',
    signedIn: true,
    params: SiteParams,
    answers: { 200: { description: 'The exports', schema: z.object({ exports: z.array(Kept) }) } },
    handle: async ({ params, req }) => {
      const { site } = await accounts.allow(req, { action: 'export', siteKey: params.site })
      return { status: 200, json: { exports: await exports.kept.list(site.key) }, headers: { 'Cache-Control': 'no-store' } }
    },
  }),
  endpoint({
    method: 'get',
    path: '/api/v1/sites/{site}/exports/{name}',
    summary: 'Download a kept export',
    tag: 'Owners',
    signedIn: true,
    params: SiteParams.extend({ name: z.string() }),
    answers: { 200: { description: 'NDJSON packed by gzip', type: 'application/gzip' } },
    handle: async ({ params, req }) => {
      const { site } = await accounts.allow(req, { action: 'export', siteKey: params.site })
      const found = await exports.kept.read(site.key, params.name)
      if (!found) throw NotFound('There is no export of that name.')
      return {
        status: 200,
        stream: found.stream,
        headers: {
          'Content-Type': 'application/gzip',
          'Content-Length': String(found.size),
          'Content-Disposition': `attachment; filename="comments-${site.key}-${params.name}"`,
          'Cache-Control': 'no-store',
        },
      }
    },
  }),
]
