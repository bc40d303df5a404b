import type { Client, Transaction } from '../database/connect.ts'
import type { Role } from '../access/policy.ts'

interface NewKey {
  id: string
  name: string
  siteId: string
  role: Role
  secretHash: string
  createdAt: Date
  expiresAt: Date | null
  makerId: string | null
}

export const insertKey = (tx: Transaction, key: NewKey) => tx.apiKey.create({ data: key })

export const findKey = (client: Client, id: string) => client.apiKey.findUnique({ where: { id } })

/** The keys of a site that were not revoked, the newest first. */
export const keysOf = (client: Client, { siteId, before, take }: { siteId: string; before: string | undefined; take: number }) =>
  client.apiKey.findMany({
    where: { siteId, revokedAt: null, ...(before !== undefined && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take,
    select: { id: true, name: true, role: true, createdAt: true, expiresAt: true },
  })

/** Ends a key of a site; false when there is none that works. Its row stays, since history names it. */
export const revoke = async (tx: Transaction, { siteId, id, at }: { siteId: string; id: string; at: Date }) =>
  (await tx.apiKey.updateMany({ where: { id, siteId, revokedAt: null }, data: { revokedAt: at } })).count === 1
