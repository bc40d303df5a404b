import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { SiteParams } from '../sites/routes.ts'
import type { Site } from '../sites/sites.ts'
import type { Intake } from './intake.ts'
import type { ReadSubmission } from './read-submission.ts'

const Explained = z
  .object({
    status: z.enum(['approved', 'pending', 'spam', 'rejected']),
    verdicts: z.array(
      z.object({
        check: z.string(),
        outcome: z.enum(['pass', 'approve', 'hold', 'spam', 'reject']),
        code: z.string(),
        reason: z.string(),
        facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      }),
    ),
  })
  .meta({ id: 'Explained' })
export type Explained = z.output<typeof Explained>

const Tried = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  website: z.string().nullish(),
  body: z.string().optional(),
  url: z.string().nullish().meta({ description: 'The article; without it, one that nobody commented on' }),
})

/** For people who look after a site: what its rules say of a comment. */
export function judgingRoutes({
  accounts,
  intake,
  readSubmission,
}: {
  accounts: Access
  intake: Intake
  readSubmission: ReadSubmission
}): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/v1/sites/{site}/judging/explain',
      summary: 'The trace that such a comment would get',
      tag: 'Moderators',
      signedIn: true,
      params: SiteParams,
      body: Tried,
      answers: { 200: { description: 'Its status and every verdict; nothing is stored', schema: Explained } },
      handle: async ({ params, body, req }) => {
        const { site } = await accounts.allow(req, { action: 'moderate', siteKey: params.site })
        const form = { ...body, url: body.url || somewhereOn(site) }
        const pendingSubmission = readSubmission({ site, form, ip: null, browser: null, locale: undefined, uncounted: false, ticket: null })
        return { status: 200, json: await intake.explain(pendingSubmission) }
      },
    }),
  ]
}

/** An article's address that the site takes. */
const somewhereOn = ({ allowedOrigins: [origin = 'https://article.invalid'] }: Site): string => `${origin}/`
