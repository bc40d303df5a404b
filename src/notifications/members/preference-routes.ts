import type { Request } from 'express'
import { z } from 'zod'
import type { Access } from '../../access/access.ts'
import { endpoint, type Endpoint } from '../../http/endpoint.ts'
import { roleOn } from '../../access/policy.ts'
import { SiteParams } from '../../sites/routes.ts'
import { type Site, SiteNotFound } from '../../sites/sites.ts'
import type { MemberPreferences } from './member-preferences.ts'
import { MemberChange, MemberChoices, PersonalChange, PersonalChoices } from './preferences.ts'

const OfSite = z
  .object({
    site: z.object({ key: z.string(), name: z.string() }),
    role: z.enum(['owner', 'moderator']),
    ...MemberChoices.shape,
    weeklySummary: z.boolean().nullable().meta({ description: 'A mail on Mondays about the week before; null for who is no owner' }),
    deliveryFailing: z.boolean().nullable().meta({ description: 'A mail when mails could not be delivered; null for who is no owner' }),
  })
  .meta({ id: 'SiteNotifications' })

export const Notifications = z.object({ personal: PersonalChoices, sites: z.array(OfSite) }).meta({ id: 'Notifications' })

/** What one is told by mail, chosen by oneself; and which articles members are assigned, which owners may choose for them. */
export function preferenceRoutes({
  accounts,
  members,
  memberPreferences,
}: {
  accounts: Access
  members: { find: (membership: { site: Site; id: string }) => Promise<{ userId: string }> }
  memberPreferences: MemberPreferences
}): Endpoint[] {
  const shared = {
    path: '/api/v1/me/notifications',
    tag: 'Moderators',
    signedIn: true,
    before: async ({ req }: { req: Request }) => {
      await accounts.signedIn(req) // a key is no person
    },
  } as const
  const assigned = {
    path: '/api/v1/sites/{site}/members/{id}/articles',
    tag: 'Owners',
    signedIn: true,
    params: SiteParams.extend({ id: z.string().max(100).meta({ description: "The membership's" }) }),
  } as const
  const Articles = z.object({ articles: MemberChoices.shape.articles })

  return [
    endpoint({
      ...shared,
      method: 'get',
      summary: 'What one is told by mail',
      answers: { 200: { description: 'For all sites, and for each', schema: Notifications } },
      handle: async ({ req }) => ({ status: 200, json: await everything(req) }),
    }),
    endpoint({
      ...shared,
      method: 'patch',
      summary: 'Choose language, time zone and quiet hours of the mails to oneself',
      body: PersonalChange,
      answers: { 200: { description: 'For all sites, and for each', schema: Notifications } },
      handle: async ({ body, req }) => {
        const { userId } = await accounts.signedIn(req)
        await memberPreferences.changePersonal({ userId, change: body })
        return { status: 200, json: await everything(req) }
      },
    }),
    endpoint({
      ...shared,
      path: '/api/v1/me/notifications/{site}',
      method: 'patch',
      summary: 'Choose what one is told of a site',
      params: SiteParams,
      body: MemberChange,
      answers: { 200: { description: 'As it is now', schema: z.object({ site: OfSite }) } },
      handle: async ({ params, body, req }) => {
        const { userId } = await accounts.signedIn(req)
        const { site, principal } = await accounts.allow(req, { action: 'moderate', siteKey: params.site })
        const role = roleOn(principal.grants, site.id)
        if (!role) throw SiteNotFound(`There is no site "${site.key}".`)
        await memberPreferences.change({ userId, siteId: site.id, role, change: body })
        return { status: 200, json: { site: await ofSite({ userId, site, role }) } }
      },
    }),
    endpoint({
      ...assigned,
      method: 'get',
      summary: 'The articles that a member is assigned',
      answers: { 200: { description: 'Empty: all articles', schema: Articles }, 404: { description: 'The site has no such member' } },
      handle: async ({ params, req }) => {
        const { site } = await accounts.allow(req, { action: 'manage-members', siteKey: params.site })
        const { userId } = await members.find({ site, id: params.id })
        const { articles } = await memberPreferences.choices({ userId, siteId: site.id })
        return { status: 200, json: { articles } }
      },
    }),
    endpoint({
      ...assigned,
      method: 'patch',
      summary: 'Assign articles to a member, who is then told of those alone',
      body: Articles,
      answers: { 200: { description: 'As it is now', schema: Articles }, 404: { description: 'The site has no such member' } },
      handle: async ({ params, body, req }) => {
        const { site } = await accounts.allow(req, { action: 'manage-members', siteKey: params.site })
        const { userId } = await members.find({ site, id: params.id })
        const { articles } = await memberPreferences.change({ userId, siteId: site.id, role: 'owner', change: body })
        return { status: 200, json: { articles } }
      },
    }),
  ]

  async function everything(req: Request): Promise<z.output<typeof Notifications>> {
    const { userId } = await accounts.signedIn(req)
    const who = await accounts.principal(req)
    const sites: z.output<typeof OfSite>[] = []
    for (const site of await accounts.sitesOf(who)) {
      const role = roleOn(who.grants, site.id)
      if (role) sites.push(await ofSite({ userId, site, role }))
    }
    return { personal: await memberPreferences.personal(userId), sites }
  }

  async function ofSite({
    userId,
    site,
    role,
  }: {
    userId: string
    site: Site
    role: 'owner' | 'moderator'
  }): Promise<z.output<typeof OfSite>> {
    const choices = await memberPreferences.choices({ userId, siteId: site.id })
    const forOwners = role === 'owner' ? {} : { weeklySummary: null, deliveryFailing: null }
    return { site: { key: site.key, name: site.name }, role, ...choices, ...forOwners }
  }
}
