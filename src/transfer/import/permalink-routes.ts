import { z } from 'zod'
import { permalink } from '../../comments/permalink.ts'
import type { Database } from '../../database/connect.ts'
import { NotFound } from '../../errors.ts'
import { endpoint, type Endpoint } from '../../http/endpoint.ts'
import { SiteParams } from '../../sites/routes.ts'
import type { Sites } from '../../sites/sites.ts'
import { originOf } from './origin.ts'
import { ID } from './stable-id.ts'
import { sourceNames } from './sources.ts'
import { findByName } from './store.ts'

/** Where comments are, by their ids here or by those that they had in the systems that they were brought in from. */
export const permalinkRoutes = ({ db, sites }: { db: Database; sites: Sites }): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/sites/{site}/comments/{name}',
    summary: 'Leads to a comment',
    tag: 'Readers',
    page: true,
    params: SiteParams.extend({ name: z.string().min(1).max(500) }),
    query: z.object({
      format: z.enum(sourceNames).optional(),
      origin: z
        .string()
        .max(2000)
        .optional()
        .meta({ description: "The blog's address or the forum's name, where several came in that number alike" }),
    }),
    answers: { 302: { description: 'To the comment in its article or thread' } },
    handle: async ({ params, query, req }) => {
      const site = await sites.byKey(params.site)
      for (const name of namesIn(params.name)) {
        const known = await findByName(db.read, { siteId: site.id, name })
        const ids = known
          .filter(({ source }) => query.format === undefined || source === query.format)
          .filter(({ origin }) => query.origin === undefined || origin === originOf(query.origin))
          .map(({ commentId }) => commentId)
        for (const id of ID.test(name) ? [name, ...ids] : ids) {
          const Location = await permalink({ db, site, id })
          if (Location) return { status: 302, headers: { Location, 'Cache-Control': 'no-cache' } }
        }
      }
      throw NotFound(`There is no public comment at ${req.path}.`)
    },
  }),
]

/** What systems put before a comment's id in the anchors of their pages: WordPress, Disqus, Isso, Remark42, Commento. */
const ANCHOR = /^#?(?:li-)?(?:comment-|isso-|remark42__comment-|commento-|atk-comment-)/

/** An id as it is, or the anchor that it stood in. */
const namesIn = (name: string): string[] => [...new Set([name, name.replace(ANCHOR, '')])]
