import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { changeThread } from '../comments/thread.ts'
import { cleanLine } from '../markup/text.ts'
import type { Database } from '../database/connect.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { Text } from '../http/validate.ts'
import { ArticleAddress, SiteParams } from '../sites/routes.ts'
import type { Sites } from '../sites/sites.ts'
import type { Clock } from '../clock.ts'

const ThreadState = z.object({ thread: z.object({ url: z.string(), title: z.string().nullable(), open: z.boolean() }) })

/** What moderators do to a whole thread: close it, open it again, give it its title. */
export const threadRoutes = ({
  db,
  clock,
  accounts,
  sites,
}: {
  db: Database
  clock: Clock
  accounts: Access
  sites: Sites
}): Endpoint[] => [
  endpoint({
    method: 'patch',
    path: '/api/v1/sites/{site}/thread',
    summary: 'Close or open an article to comments, or set its title',
    tag: 'Moderators',
    signedIn: true,
    params: SiteParams,
    query: z.object({ url: ArticleAddress }),
    body: z.object({ open: z.boolean().optional(), title: Text.transform(cleanLine).pipe(z.string().min(1).max(300)).optional() }),
    answers: { 200: { description: 'The thread as it is now', schema: ThreadState } },
    handle: async ({ params, query, body, req }) => {
      const { site } = await accounts.allow(req, { action: 'moderate', siteKey: params.site })
      const { url, title, open } = await changeThread({ db, clock, site, article: sites.article(site, query.url), change: body })
      return { status: 200, json: { thread: { url, title, open } } }
    },
  }),
]
