import { z } from 'zod'
import type { Access } from '../../access/access.ts'
import { actorOf } from '../../access/principal.ts'
import { endpoint, type Endpoint } from '../../http/endpoint.ts'
import { EVENT_HEADERS } from '../../http/event-stream.ts'
import { Cursor, fromCursor, Limit, page } from '../../http/paging.ts'
import { SiteParams } from '../../sites/routes.ts'
import { ImportQuery, optionsOf } from './import-query.ts'
import type { Imports } from './imports.ts'
import { PresentedImport, presentImport } from './present.ts'
import type { ImportProgress } from './progress.ts'

const Params = SiteParams.extend({ id: z.uuid() })
const Answer = z.object({ import: PresentedImport })
const ID = /^[0-9a-f-]{36}$/

/** Moving in: files of other systems, and what becomes of them. */
export const importRoutes = ({
  accounts,
  imports,
  importProgress,
}: {
  accounts: Access
  imports: Imports
  importProgress: ImportProgress
}): Endpoint[] => [
  endpoint({
    method: 'post',
    path: '/api/v1/sites/{site}/imports',
    summary: 'Bring in the comments of a file',
    tag: 'Owners',
    signedIn: true,
    params: SiteParams,
    query: ImportQuery,
    takesFile: 'The file as the other system wrote it, or packed by gzip',
    answers: {
      202: { description: 'The file is on disk and is being dealt with', schema: Answer },
      413: { description: imports.tooLarge().message },
      507: { description: "There is no room on the server's disk" },
    },
    handle: async ({ params, query, req }) => {
      const { site, principal } = await accounts.allow(req, { action: 'import', siteKey: params.site })
      if (Number(req.headers['content-length'] ?? 0) > imports.limit) throw imports.tooLarge()
      const { format, dryRun } = query
      const row = await imports.begin({ site, actor: actorOf(principal), format, options: optionsOf(query), dryRun, body: req })
      return {
        status: 202,
        json: { import: presentImport(row) },
        headers: { Location: `/api/v1/sites/${site.key}/imports/${row.id}`, 'Cache-Control': 'no-store' },
      }
    },
  }),
  endpoint({
    method: 'get',
    path: '/api/v1/sites/{site}/imports',
    summary: 'The files that were brought in, the newest first',
    tag: 'Owners',
    signedIn: true,
    params: SiteParams,
    query: z.object({ limit: Limit, cursor: Cursor }),
    answers: { 200: { description: 'A page', schema: z.object({ imports: z.array(PresentedImport), nextCursor: z.string().nullable() }) } },
    handle: async ({ params, query: { limit, cursor }, req }) => {
      const { site } = await accounts.allow(req, { action: 'import', siteKey: params.site })
      const rows = await imports.list({ site, before: fromCursor(cursor, ID), take: limit + 1 })
      const { items, nextCursor } = page({ items: rows, limit, placeOf: ({ id }) => id })
      return { status: 200, json: { imports: items.map(presentImport), nextCursor }, headers: { 'Cache-Control': 'no-store' } }
    },
  }),
  endpoint({
    method: 'get',
    path: '/api/v1/sites/{site}/imports/{id}',
    summary: 'How far an import is, and what came of it',
    tag: 'Owners',
    signedIn: true,
    params: Params,
    answers: { 200: { description: 'State, progress and report', schema: Answer } },
    handle: async ({ params, req }) => {
      const { site } = await accounts.allow(req, { action: 'import', siteKey: params.site })
      const row = await imports.find({ site, id: params.id })
      return { status: 200, json: { import: presentImport(row) }, headers: { 'Cache-Control': 'no-store' } }
    },
  }),
  endpoint({
    method: 'get',
    path: '/api/v1/sites/{site}/imports/{id}/events',
    summary: 'Server-sent events: how far an import is',
    tag: 'Owners',
    signedIn: true,
    params: Params,
    answers: {
      200: {
        description:
          'On connecting and then with every step `event: progress` with the import as its data; the stream ends behind one that is done or failed.',
        schema: z.string(),
        type: 'text/event-stream',
      },
    },
    handle: async ({ params, req }) => {
      const { site } = await accounts.allow(req, { action: 'import', siteKey: params.site })
      const row = await imports.find({ site, id: params.id })
      if (req.method === 'HEAD') return { status: 200, headers: EVENT_HEADERS } // nothing would ever end it
      return { status: 200, headers: EVENT_HEADERS, stream: importProgress.open({ site, row }) }
    },
  }),
  endpoint({
    method: 'get',
    path: '/api/v1/sites/{site}/imports/{id}/skipped',
    summary: 'Every record that an import left out, to be mended and imported again',
    tag: 'Owners',
    signedIn: true,
    params: Params,
    answers: {
      200: { description: 'A header, then a line for each with its `reason`; kept for 30 days', type: 'application/x-ndjson' },
      404: { description: 'The import was cancelled, or ended too long ago' },
      409: { description: 'It has not ended yet' },
    },
    handle: async ({ params, req }) => {
      const { site } = await accounts.allow(req, { action: 'import', siteKey: params.site })
      const { stream, bytes } = await imports.skipped({ site, id: params.id })
      return {
        status: 200,
        stream,
        headers: {
          'Content-Type': 'application/x-ndjson; charset=utf-8',
          'Content-Length': String(bytes),
          'Content-Disposition': `attachment; filename="skipped-${site.key}-${params.id}.ndjson"`,
          'Cache-Control': 'no-store',
        },
      }
    },
  }),
  endpoint({
    method: 'delete',
    path: '/api/v1/sites/{site}/imports/{id}',
    summary: 'End an import before its end',
    tag: 'Owners',
    signedIn: true,
    params: Params,
    answers: { 204: { description: 'It fails as cancelled. What it brought in so far stays; the file is deleted' } },
    handle: async ({ params, req }) => {
      const { site, principal } = await accounts.allow(req, { action: 'import', siteKey: params.site })
      await imports.cancel({ site, id: params.id, actor: actorOf(principal) })
      return { status: 204 }
    },
  }),
]
