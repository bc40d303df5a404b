import { z } from 'zod'
import type { Access } from '../../access/access.ts'
import { type Answer, endpoint, type Endpoint } from '../../http/endpoint.ts'
import type { Limits } from '../../http/limits.ts'
import { pageHeaders } from '../../http/page.tsx'
import { translator } from '../../locales/index.ts'
import { type Role, roleOn } from '../../access/policy.ts'
import type { Keys } from '../../privacy/secret.ts'
import type { Site, Sites } from '../../sites/sites.ts'
import type { MemberPreferences } from './member-preferences.ts'
import { type MemberChoices, UNCHOSEN } from './preferences.ts'
import { readStopLink, type StopLink } from './stop-links.ts'
import { stopPage } from '../view/stop-page.tsx'

interface Found extends StopLink {
  site: Site
  role: Role
  choices: MemberChoices
  locale: string
}

const HEADERS = { ...pageHeaders({ noStore: true, noindex: true }), 'Referrer-Policy': 'same-origin' }

/**
 * The pages behind the `List-Unsubscribe` of mails to members. Looking at one changes nothing; a POST stops that kind of mail of that
 * site to that member, whether a button or the mail program itself sends it (RFC 8058), and the page offers the way back.
 */
export function stopRoutes({
  keys,
  sites,
  accounts,
  limits,
  memberPreferences,
}: {
  keys: Keys
  sites: Sites
  accounts: Access
  limits: Limits
  memberPreferences: MemberPreferences
}): Endpoint[] {
  const shared = { path: '/mails/stop/{token}', tag: 'Moderators', page: true, params: z.object({ token: z.string().max(300) }) } as const
  const answers = { 200: { description: 'A page' }, 404: { description: 'The link is not valid, or its member is none any more' } }

  return [
    endpoint({
      ...shared,
      method: 'get',
      summary: 'What the link stops, and a button',
      answers,
      handle: async ({ params }) => {
        const found = await follow(params.token)
        if (!found) return invalid()
        return show({ ...found, state: isOff(found) ? 'done' : 'ready' })
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      summary: 'Stop these mails, or receive them again',
      // Its body says nothing that the address does not, and may be of any kind: it is not read.
      query: z.object({ again: z.literal('yes').optional() }),
      answers,
      handle: async ({ params, query, req, res }) => {
        await limits.link(req, res)
        const found = await follow(params.token)
        if (!found) return invalid()
        const { what, userId, site, role } = found
        const isOn = query.again === 'yes'
        if (isOn === isOff(found)) {
          const change =
            what === 'heldComments' ? { heldComments: isOn ? UNCHOSEN.member.heldComments : ('off' as const) } : { [what]: isOn }
          await memberPreferences.change({ userId, siteId: site.id, role, change })
        }
        return show({ ...found, state: isOn ? 'again' : 'done' })
      },
    }),
  ]

  /** Whose link it is, while they belong to the site. */
  async function follow(token: string): Promise<Found | null> {
    const link = readStopLink({ keys, token })
    const site = link && (await sites.byId(link.siteId))
    const who = link && (await accounts.personById(link.userId))
    const role = site && who && roleOn(who.grants, site.id)
    if (!link || !site || !role) return null
    const { userId } = link
    const choices = await memberPreferences.choices({ userId, siteId: site.id })
    const { locale } = await memberPreferences.personal(userId)
    return { ...link, site, role, choices, locale: locale ?? site.locale }
  }

  function show({ site, locale, what, state }: Found & { state: 'ready' | 'done' | 'again' }): Answer {
    return { status: 200, html: stopPage({ t: translator(locale), locale, siteName: site.name, state, what }), headers: HEADERS }
  }

  async function invalid(): Promise<Answer> {
    const site = await sites.byKey('default')
    const page = { t: translator(site.locale), locale: site.locale, siteName: site.name, state: 'invalid' as const }
    return { status: 404, html: stopPage(page), headers: HEADERS }
  }
}

const isOff = ({ what, choices }: Pick<Found, 'what' | 'choices'>) =>
  what === 'heldComments' ? choices.heldComments === 'off' : !choices[what]
