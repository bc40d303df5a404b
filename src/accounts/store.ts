import type { Client, Transaction } from '../database/connect.ts'
import { ALL_SITES, type Grant, type Role } from '../access/policy.ts'

export async function grantsOf(client: Client, userId: string): Promise<Grant[]> {
  const rows = await client.membership.findMany({ where: { userId } })
  return rows.map(({ siteId, role }) => ({ siteId, role: role as Role }))
}

/** The people who look after a site, by id. */
export async function membersOf(client: Client, siteId: string): Promise<string[]> {
  const rows = await client.membership.findMany({
    where: { siteId: { in: [siteId, ALL_SITES] } },
    select: { userId: true },
    distinct: ['userId'],
  })
  return rows.map(({ userId }) => userId)
}

/** Makes somebody a member of a site; a member's role is replaced. */
export async function grant(
  tx: Transaction,
  { id, userId, siteId, role, createdAt }: { id: string; userId: string; siteId: string; role: Role; createdAt: Date },
) {
  await tx.membership.upsert({
    where: { userId_siteId: { userId, siteId } },
    create: { id, userId, siteId, role, createdAt },
    update: { role },
  })
}

/** Makes somebody a member of a site, or a member an owner of it; never an owner less. */
export async function strengthen(tx: Transaction, wanted: Parameters<typeof grant>[1]) {
  const { userId, siteId, role } = wanted
  const isOwner = (await tx.membership.count({ where: { userId, siteId, role: 'owner' } })) > 0
  if (role === 'owner' || !isOwner) await grant(tx, wanted)
}

export const countOwners = (client: Client | Transaction) => client.membership.count({ where: { role: 'owner', siteId: ALL_SITES } })

export const findUser = (client: Client, email: string) =>
  client.user.findUnique({ where: { email: email.toLowerCase() }, select: { id: true, name: true } })
export const userById = (client: Client, id: string) => client.user.findUnique({ where: { id }, select: { id: true, name: true } })

/** What people may know of their own account. */
export const accountOf = (client: Client, id: string) =>
  client.user.findUnique({ where: { id }, select: { email: true, twoFactorEnabled: true } })

/** A person and their password's hash, as better-auth looks them up. */
export async function insertUser(
  tx: Transaction,
  {
    id,
    accountRowId,
    name,
    email,
    passwordHash,
    at,
  }: { id: string; accountRowId: string; name: string; email: string; passwordHash: string; at: Date },
) {
  await tx.user.create({ data: { id, name, email: email.toLowerCase(), emailVerified: true, createdAt: at, updatedAt: at } })
  await tx.account.create({
    data: { id: accountRowId, accountId: id, providerId: 'credential', userId: id, password: passwordHash, createdAt: at, updatedAt: at },
  })
}

export const setMeta = (tx: Transaction, key: string, value: string) =>
  tx.meta.upsert({ where: { key }, create: { key, value }, update: { value } })
export const getMeta = async (client: Client, key: string) => (await client.meta.findUnique({ where: { key } }))?.value ?? null

/** Takes a value away; true for whoever took it, once. */
export const takeMeta = async (tx: Transaction, key: string, value: string) =>
  (await tx.meta.deleteMany({ where: { key, value } })).count === 1

const ofPassword = (userId: string) => ({ userId, providerId: 'credential' })

/** The hash of a person's password; null for nobody. */
export const passwordOf = async (client: Client, userId: string) =>
  (await client.account.findFirst({ where: ofPassword(userId), select: { password: true } }))?.password ?? null

/** Replaces a password's hash by another, if it is still the one that was seen. */
export const replacePassword = async (tx: Transaction, { userId, from, to, at }: { userId: string; from: string; to: string; at: Date }) =>
  (await tx.account.updateMany({ where: { ...ofPassword(userId), password: from }, data: { password: to, updatedAt: at } })).count === 1
