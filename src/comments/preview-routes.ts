import { z } from 'zod'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import type { Limits } from '../http/limits.ts'
import { SiteParams } from '../sites/routes.ts'
import type { Sites } from '../sites/sites.ts'
import { readerAccess } from './reader-access.ts'
import { Body } from './submission.ts'
import { htmlOfTyped } from './typed-text.ts'

/** Shows what a text would become; nothing is stored. */
export function previewRoutes({ sites, limits, ownOrigins }: { sites: Sites; limits: Limits; ownOrigins: string[] }): Endpoint[] {
  const { writable } = readerAccess({ sites, ownOrigins })
  return [
    endpoint({
      method: 'post',
      path: '/api/v1/sites/{site}/preview',
      summary: 'See what a comment would look like',
      tag: 'Readers',
      params: SiteParams,
      body: z.object({ body: Body.meta({ description: 'At most 16 KiB' }) }),
      accepts: ['json', 'form'],
      answers: {
        200: {
          description: 'The HTML that would be stored and shown',
          schema: z.object({ html: z.string().meta({ description: 'Sanitised' }) }),
        },
      },
      before: writable,
      handle: async ({ params, body, req, res }) => {
        await limits.preview({ req, res, site: await sites.byKey(params.site) })
        const { html } = htmlOfTyped(body)
        return { status: 200, json: { html }, headers: { 'Cache-Control': 'no-store' } }
      },
    }),
  ]
}
