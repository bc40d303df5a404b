import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { locales } from '../locales/index.ts'
import { SiteParams } from '../sites/routes.ts'
import { headersOf, type Previews } from './preview.ts'

export const MailPreview = z
  .object({
    kind: z.string(),
    locale: z.enum(locales),
    subject: z.string(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
    text: z.string(),
    html: z.string(),
  })
  .meta({ id: 'MailPreview' })

/** A mail's own page may style itself, load nothing, run nothing, and stand in a frame of ours. */
const HTML_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox",
  'X-Frame-Options': 'SAMEORIGIN',
  'Cache-Control': 'no-store',
}

/** How each mail looks, with invented data. */
export function mailPreviewRoutes({ accounts, previews }: { accounts: Access; previews: Previews }): Endpoint[] {
  const shared = { method: 'get', tag: 'Moderators', signedIn: true } as const
  const path = '/api/v1/sites/{site}/mail/previews'
  const allow = async (req: Parameters<Access['allow']>[0], siteKey: string) =>
    (await accounts.allow(req, { action: 'moderate', siteKey })).site

  return [
    endpoint({
      ...shared,
      path,
      summary: 'Which mails there are',
      params: SiteParams,
      answers: { 200: { description: 'Their kinds', schema: z.object({ kinds: z.array(z.string()) }) } },
      handle: async ({ params, req }) => {
        await allow(req, params.site)
        return { status: 200, json: { kinds: previews.kinds } }
      },
    }),
    endpoint({
      ...shared,
      path: `${path}/{kind}`,
      summary: 'How a mail looks, with invented data',
      params: SiteParams.extend({ kind: z.string().max(100) }),
      query: z.object({
        locale: z.enum(locales).optional().meta({ description: "The site's language when absent" }),
        format: z
          .enum(['json', 'html', 'eml'])
          .default('json')
          .meta({ description: 'html is the part that most people see; eml the whole mail' }),
      }),
      answers: {
        200: { description: 'The mail', schema: z.object({ preview: MailPreview }) },
        404: { description: 'There is no such mail' },
      },
      handle: async ({ params, query, req }) => {
        const site = await allow(req, params.site)
        const shown = previews.show({ site, kind: params.kind, locale: query.locale })
        const { subject, text, html } = shown.mail
        if (query.format === 'html') return { status: 200, html, headers: HTML_HEADERS }
        const message = await previews.compose(shown)
        if (query.format === 'eml') return { status: 200, bytes: message, headers: { 'Content-Type': 'message/rfc822' } }
        const preview = { kind: shown.kind, locale: shown.locale, subject, headers: headersOf(message), text, html }
        return { status: 200, json: { preview } }
      },
    }),
  ]
}
