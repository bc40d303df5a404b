import { z } from 'zod'
import { ipOf } from '../http/client.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import type { Limits } from '../http/limits.ts'
import { SiteParams } from '../sites/routes.ts'
import type { Sites } from '../sites/sites.ts'
import { readerAccess } from './reader-access.ts'
import type { Reports } from './reports.ts'
import { Browser, optional, text } from './submission.ts'
import { cleanText } from '../markup/text.ts'

const MOST_CHARACTERS = 1000

const NewReport = z
  .object({
    reason: optional(
      text.transform(cleanText).refine((value) => [...value].length <= MOST_CHARACTERS, 'must be at most 1,000 characters'),
    ).meta({ description: 'What is wrong with it, for the moderators; at most 1,000 characters' }),
    browser: Browser,
  })
  .meta({ id: 'NewReport' })

/** Readers point at comments that should not stand there. */
export function reportRoutes({
  sites,
  reports,
  limits,
  ownOrigins,
}: {
  sites: Sites
  reports: Reports
  limits: Limits
  ownOrigins: string[]
}): Endpoint[] {
  const { writable } = readerAccess({ sites, ownOrigins })
  return [
    endpoint({
      method: 'post',
      path: '/api/v1/sites/{site}/comments/{id}/reports',
      summary: 'Point at a public comment',
      tag: 'Readers',
      params: SiteParams.extend({ id: z.string() }), // whatever it is, the answer is the same
      body: NewReport,
      accepts: ['json', 'form'],
      answers: {
        202: { description: 'Taken note of, if there is such a comment and nothing speaks against it', schema: z.object({}) },
      },
      before: writable,
      handle: async ({ params, body, req, res }) => {
        const site = await sites.byKey(params.site)
        if (await limits.report({ req, res, site })) await reports.add({ site, commentId: params.id, ...body, ip: ipOf(req) })
        return { status: 202, json: {}, headers: { 'Cache-Control': 'no-store' } }
      },
    }),
  ]
}
