import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { Cursor, Limit } from '../http/paging.ts'
import { ALL_SITES } from '../access/policy.ts'
import { SiteParams } from '../sites/routes.ts'
import type { Access } from '../access/access.ts'
import { Invitation, presentInvitation } from './invitation-routes.ts'
import type { Invitations } from './invitations.ts'
import { Role } from './me.ts'
import type { MemberRow, Members } from './members.ts'
import { Email } from './people.ts'
import type { Principal } from '../access/principal.ts'

export const Member = z
  .object({
    id: z.string().meta({ description: "The membership's" }),
    name: z.string(),
    email: z.string(),
    role: Role,
    allSites: z.boolean().meta({ description: 'A member of every site, whom only an owner of all sites may change' }),
    twoFactor: z.boolean(),
    you: z.boolean(),
    since: z.iso.datetime(),
  })
  .meta({ id: 'Member' })

const present = ({ id, userId, siteId, role, createdAt, user }: MemberRow, who: Principal): z.output<typeof Member> => ({
  id,
  name: user.name,
  email: user.email,
  role: role as z.output<typeof Role>,
  allSites: siteId === ALL_SITES,
  twoFactor: user.twoFactorEnabled,
  you: who.kind === 'user' && who.id === userId,
  since: createdAt.toISOString(),
})

/** The people who look after a site: who they are, bringing others in, changing roles, letting go. */
export function memberRoutes({
  accounts,
  members,
  invitations,
  clock,
}: {
  accounts: Access
  members: Members
  invitations: Invitations
  clock: Clock
}): Endpoint[] {
  const shared = { path: '/api/v1/sites/{site}/members', tag: 'Owners', signedIn: true, params: SiteParams } as const
  const one = { ...shared, path: '/api/v1/sites/{site}/members/{id}', params: SiteParams.extend({ id: z.string().max(100) }) } as const
  const refused = { 404: { description: 'The site has no such member' }, 409: { description: 'The last owner stays one' } }

  return [
    endpoint({
      ...shared,
      method: 'get',
      summary: 'The members of a site',
      query: z.object({ limit: Limit, cursor: Cursor }),
      answers: {
        200: { description: 'The oldest first', schema: z.object({ members: z.array(Member), nextCursor: z.string().nullable() }) },
      },
      handle: async ({ params, query, req }) => {
        const { principal, site } = await accounts.allow(req, { action: 'manage-members', siteKey: params.site })
        const { items, nextCursor } = await members.list({ site, limit: query.limit, cursor: query.cursor })
        return { status: 200, json: { members: items.map((row) => present(row, principal)), nextCursor } }
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      summary: 'Add somebody who has an account, or invite anybody else by mail',
      body: z.object({ email: Email, role: Role }),
      answers: {
        201: {
          description: 'A member, or an invitation; the other one is null',
          schema: z.object({ member: Member.nullable(), invitation: Invitation.nullable() }),
        },
        409: { description: 'They belong to the site already' },
      },
      handle: async ({ params, body, req }) => {
        const { principal, site } = await accounts.allow(req, { action: 'manage-members', siteKey: params.site })
        const { member, invitation } = await invitations.invite({ site, ...body, by: principal.name })
        return {
          status: 201,
          json: { member: member && present(member, principal), invitation: invitation && presentInvitation(invitation, clock()) },
        }
      },
    }),
    endpoint({
      ...one,
      method: 'patch',
      summary: "Change a member's role",
      body: z.object({ role: Role }),
      answers: { 200: { description: 'The member', schema: z.object({ member: Member }) }, ...refused },
      handle: async ({ params, body, req }) => {
        const { principal, site } = await accounts.allow(req, { action: 'manage-members', siteKey: params.site })
        const member = await members.changeRole({ who: principal, site, id: params.id, role: body.role })
        return { status: 200, json: { member: present(member, principal) } }
      },
    }),
    endpoint({
      ...one,
      method: 'delete',
      summary: 'Let a member go',
      answers: { 204: { description: 'They may nothing here from now on' }, ...refused },
      handle: async ({ params, req }) => {
        const { principal, site } = await accounts.allow(req, { action: 'manage-members', siteKey: params.site })
        await members.remove({ who: principal, site, id: params.id })
        return { status: 204 }
      },
    }),
  ]
}
