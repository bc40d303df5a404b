import type { Client, Transaction } from '../database/connect.ts'
import { ALL_SITES, type Role } from '../access/policy.ts'

const person = { user: { select: { name: true, email: true, twoFactorEnabled: true } } } as const
const belongsTo = (siteId: string) => ({ siteId: { in: [siteId, ALL_SITES] } })

/** Who looks after a site, all its members and those of all sites, the oldest first. */
export const listMembers = (client: Client, { siteId, after, take }: { siteId: string; after: string | undefined; take: number }) =>
  client.membership.findMany({
    where: { ...belongsTo(siteId), ...(after !== undefined && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take,
    include: person,
  })

export type MemberRow = Awaited<ReturnType<typeof listMembers>>[number]

export const findMember = (client: Client | Transaction, { siteId, id }: { siteId: string; id: string }) =>
  client.membership.findFirst({ where: { id, ...belongsTo(siteId) }, include: person })

/** Whether somebody belongs to a site already, by whatever role. */
export const isMember = async (client: Client | Transaction, { siteId, userId }: { siteId: string; userId: string }) =>
  (await client.membership.count({ where: { userId, ...belongsTo(siteId) } })) > 0

export const insertMember = (
  tx: Transaction,
  { id, userId, siteId, role, createdAt }: { id: string; userId: string; siteId: string; role: Role; createdAt: Date },
) => tx.membership.create({ data: { id, userId, siteId, role, createdAt }, include: person })

/**
 * The owners of a site and of all sites, whose rows are held until the transaction ends: writing them as they are makes two owners
 * who remove each other at one moment take turns, on PostgreSQL too.
 */
export async function holdOwners(tx: Transaction, siteId: string): Promise<{ id: string; siteId: string }[]> {
  const where = { ...belongsTo(siteId), role: 'owner' }
  await tx.membership.updateMany({ where, data: { role: 'owner' } })
  return tx.membership.findMany({ where, select: { id: true, siteId: true } })
}

export const setRole = (tx: Transaction, { id, role }: { id: string; role: Role }) =>
  tx.membership.update({ where: { id }, data: { role }, include: person })

export const deleteMember = (tx: Transaction, id: string) => tx.membership.delete({ where: { id }, select: { id: true } })

/** A member's name, address and role, for the mail that tells them; null when they are none any more. */
export const memberToTell = (client: Client, { id, userId }: { id: string; userId: string }) =>
  client.membership.findFirst({ where: { id, userId }, select: { role: true, user: { select: { email: true } } } })
