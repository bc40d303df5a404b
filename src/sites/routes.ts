import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { actorOf } from '../access/principal.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { isLocale } from '../locales/index.ts'
import { MAX_TYPED, NOT_AN_ADDRESS } from './article-url.ts'
import { Settings, SettingsChange } from './settings.ts'
import type { Site, Sites } from './sites.ts'

export const SiteKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and dashes')
export const SiteParams = z.object({ site: SiteKey.meta({ description: "The site's key" }) })

/** Which article, as readers' programs say it; the site's rules read it. */
export const ArticleAddress = z.string('is required').max(MAX_TYPED, NOT_AN_ADDRESS).meta({ description: "The article's address" })

const Locale = z.string().refine(isLocale, 'is not a language that Balas speaks')
const Origin = z
  .url({ protocol: /^https?$/, error: 'must be an origin such as https://news.example' })
  .transform((url) => new URL(url).origin)
  .meta({ description: 'Scheme, host and port; a path is dropped', type: 'string' })
const Changes = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  locale: Locale.optional(),
  allowedOrigins: z.array(Origin).max(100).optional(),
  settings: SettingsChange.optional(),
})
const NewSite = z.object({
  key: SiteKey,
  name: z.string().trim().min(1).max(200),
  locale: Locale.default('id'),
  allowedOrigins: z.array(Origin).max(100).optional(),
})

export const SiteAnswer = z
  .object({
    site: z.object({ key: z.string(), name: z.string(), locale: z.string(), allowedOrigins: z.array(z.string()), settings: Settings }),
  })
  .meta({ id: 'SiteAnswer' })

const present = (site: Site): z.output<typeof SiteAnswer> => ({
  site: { key: site.key, name: site.name, locale: site.locale, allowedOrigins: site.allowedOrigins, settings: site.settings },
})

/** An owner's view of sites: read, change, create. */
export function siteRoutes({ sites, accounts }: { sites: Sites; accounts: Access }): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/v1/sites/{site}',
      summary: 'A site and its settings',
      tag: 'Owners',
      signedIn: true,
      params: SiteParams,
      answers: { 200: { description: 'The site', schema: SiteAnswer } },
      handle: async ({ params, req }) => {
        const { site } = await accounts.allow(req, { action: 'change-site', siteKey: params.site })
        return { status: 200, json: present(site) }
      },
    }),
    endpoint({
      method: 'patch',
      path: '/api/v1/sites/{site}',
      summary: 'Change any part of a site',
      tag: 'Owners',
      signedIn: true,
      params: SiteParams,
      body: Changes,
      answers: { 200: { description: 'The site as it is now', schema: SiteAnswer } },
      handle: async ({ params, body, req }) => {
        const { site, principal } = await accounts.allow(req, { action: 'change-site', siteKey: params.site })
        return { status: 200, json: present(await sites.change(site, body, actorOf(principal))) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/v1/sites',
      summary: 'Create a site',
      tag: 'Owners',
      signedIn: true,
      body: NewSite,
      answers: { 201: { description: 'The new site', schema: SiteAnswer } },
      handle: async ({ body, req }) => {
        await accounts.allow(req, { action: 'create-site' })
        return { status: 201, json: present(await sites.create(body)) }
      },
    }),
  ]
}
