import { z } from 'zod'
import type { Client, Transaction } from '../../database/connect.ts'

const listed = { id: true, name: true, backedUp: true, createdAt: true, lastUsedAt: true }

/** Somebody's passkeys, the oldest first. */
export const passkeysOf = (client: Client, userId: string) =>
  client.passkey.findMany({ where: { userId }, orderBy: { id: 'asc' }, select: listed })

export const countPasskeys = (client: Client | Transaction, userId: string) => client.passkey.count({ where: { userId } })

/** How authenticators know those that somebody has. */
export async function credentialsOf(client: Client, userId: string) {
  const rows = await client.passkey.findMany({ where: { userId }, select: { credentialId: true, transports: true } })
  return rows.map(({ credentialId, transports }) => ({ id: credentialId, transports: z.array(z.string()).parse(transports) }))
}

/** What proves that an answer comes from a passkey; null for one that is not known, or not any more. */
export async function findCredential(client: Client, credentialId: string) {
  const row = await client.passkey.findUnique({
    where: { credentialId },
    select: { id: true, userId: true, credentialId: true, publicKey: true, counter: true },
  })
  return row && { ...row, counter: Number(row.counter) }
}

interface NewPasskey {
  id: string
  userId: string
  credentialId: string
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  transports: string[]
  backedUp: boolean
  name: string
  createdAt: Date
}

export const insertPasskey = (tx: Transaction, { counter, ...passkey }: NewPasskey) =>
  tx.passkey.create({ data: { ...passkey, counter: BigInt(counter) }, select: listed })

/** Notes that a passkey was used, if nobody removed or used it since its counter was read. */
export const notePasskeyUse = async (
  tx: Transaction,
  { id, from, to, backedUp, at }: { id: string; from: number; to: number; backedUp: boolean; at: Date },
) =>
  (
    await tx.passkey.updateMany({
      where: { id, counter: BigInt(from) },
      data: { counter: BigInt(to), backedUp, lastUsedAt: at },
    })
  ).count === 1

/** Gives one of somebody's passkeys another name; null when it is none of theirs. */
export async function renamePasskey(tx: Transaction, { userId, id, name }: { userId: string; id: string; name: string }) {
  const [renamed] = await tx.passkey.updateManyAndReturn({ where: { id, userId }, data: { name }, select: listed })
  return renamed ?? null
}

/** False when it is none of theirs. */
export const deletePasskey = async (tx: Transaction, { userId, id }: { userId: string; id: string }) =>
  (await tx.passkey.deleteMany({ where: { id, userId } })).count === 1
