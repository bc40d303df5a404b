import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { Cursor, Limit } from '../http/paging.ts'
import { SiteParams } from '../sites/routes.ts'
import type { Access } from '../access/access.ts'
import type { InvitationRow, Invitations } from './invitations.ts'
import { Role } from './me.ts'

export const Invitation = z
  .object({
    id: z.string(),
    email: z.string(),
    role: Role,
    invitedBy: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    expired: z.boolean(),
  })
  .meta({ id: 'Invitation' })

export const presentInvitation = (
  { id, email, role, invitedBy, createdAt, expiresAt }: InvitationRow,
  now: Date,
): z.output<typeof Invitation> => ({
  id,
  email,
  role: role as z.output<typeof Role>,
  invitedBy,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  expired: expiresAt <= now,
})

/** Invitations that wait: who was invited, another mail, and taking one back. */
export function invitationRoutes({
  accounts,
  invitations,
  clock,
}: {
  accounts: Access
  invitations: Invitations
  clock: Clock
}): Endpoint[] {
  const shared = { tag: 'Owners', signedIn: true } as const
  const one = SiteParams.extend({ id: z.string().max(100) })
  const gone = { 404: { description: 'The site has no such invitation' } }

  return [
    endpoint({
      ...shared,
      method: 'get',
      path: '/api/v1/sites/{site}/invitations',
      summary: 'Invitations to a site that were not accepted yet',
      params: SiteParams,
      query: z.object({ limit: Limit, cursor: Cursor }),
      answers: {
        200: {
          description: 'The newest first',
          schema: z.object({ invitations: z.array(Invitation), nextCursor: z.string().nullable() }),
        },
      },
      handle: async ({ params, query, req }) => {
        const { site } = await accounts.allow(req, { action: 'manage-members', siteKey: params.site })
        const { items, nextCursor } = await invitations.list({ site, limit: query.limit, cursor: query.cursor })
        return { status: 200, json: { invitations: items.map((row) => presentInvitation(row, clock())), nextCursor } }
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/api/v1/sites/{site}/invitations/{id}/resend',
      summary: 'Mail a new link; the old one is dead',
      params: one,
      answers: { 200: { description: 'The invitation', schema: z.object({ invitation: Invitation }) }, ...gone },
      handle: async ({ params, req }) => {
        const { site } = await accounts.allow(req, { action: 'manage-members', siteKey: params.site })
        const row = await invitations.resend({ site, id: params.id })
        return { status: 200, json: { invitation: presentInvitation(row, clock()) } }
      },
    }),
    endpoint({
      ...shared,
      method: 'delete',
      path: '/api/v1/sites/{site}/invitations/{id}',
      summary: 'Take an invitation back',
      params: one,
      answers: { 204: { description: 'Its link is dead' }, ...gone },
      handle: async ({ params, req }) => {
        const { site } = await accounts.allow(req, { action: 'manage-members', siteKey: params.site })
        await invitations.revoke({ site, id: params.id })
        return { status: 204 }
      },
    }),
  ]
}
