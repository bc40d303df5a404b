import type { Client, Transaction } from '../database/connect.ts'
import type { Role } from '../access/policy.ts'

export interface InvitationRow {
  id: string
  siteId: string
  email: string
  role: string
  tokenHash: string
  invitedBy: string
  createdAt: Date
  expiresAt: Date
}

/** Invites an address to a site; one that is invited already gets the new link, and the old one is dead. */
export const putInvitation = (tx: Transaction, row: InvitationRow & { role: Role }): Promise<InvitationRow> =>
  tx.invitation.upsert({
    where: { siteId_email: { siteId: row.siteId, email: row.email } },
    create: row,
    update: row,
  })

/** Gives an invitation another link; null when the site has no such invitation. */
export async function renewInvitation(
  tx: Transaction,
  { siteId, id, tokenHash, expiresAt }: Pick<InvitationRow, 'siteId' | 'id' | 'tokenHash' | 'expiresAt'>,
): Promise<InvitationRow | null> {
  const { count } = await tx.invitation.updateMany({ where: { id, siteId }, data: { tokenHash, expiresAt } })
  return count === 0 ? null : tx.invitation.findUniqueOrThrow({ where: { id } })
}

/** The open invitations of a site, the newest first. */
export const listInvitations = (
  client: Client,
  { siteId, before, take }: { siteId: string; before: string | undefined; take: number },
): Promise<InvitationRow[]> =>
  client.invitation.findMany({
    where: { siteId, ...(before !== undefined && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take,
  })

export const invitationById = (client: Client, id: string): Promise<InvitationRow | null> => client.invitation.findUnique({ where: { id } })

/** The addresses of invitations, by their ids. */
export async function invitedAddresses(client: Client, ids: string[]): Promise<Map<string, string>> {
  const rows = await client.invitation.findMany({ where: { id: { in: ids } }, select: { id: true, email: true } })
  return new Map(rows.map(({ id, email }) => [id, email]))
}

export const invitationByToken = (client: Client, { tokenHash, now }: { tokenHash: string; now: Date }): Promise<InvitationRow | null> =>
  client.invitation.findFirst({ where: { tokenHash, expiresAt: { gt: now } } })

/** Takes an invitation away by its link; true for whoever took it, once. */
export const takeInvitation = async (tx: Transaction, { tokenHash, now }: { tokenHash: string; now: Date }): Promise<boolean> =>
  (await tx.invitation.deleteMany({ where: { tokenHash, expiresAt: { gt: now } } })).count === 1

export const deleteInvitation = async (tx: Transaction, { siteId, id }: { siteId: string; id: string }): Promise<boolean> =>
  (await tx.invitation.deleteMany({ where: { id, siteId } })).count === 1

/** Whoever became a member by another way needs no invitation. */
export const deleteInvitationOf = (tx: Transaction, { siteId, email }: { siteId: string; email: string }) =>
  tx.invitation.deleteMany({ where: { siteId, email } })
