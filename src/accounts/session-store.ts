import type { Client, Transaction } from '../database/connect.ts'

/** The sessions of a person that have not run out, the newest first. */
export const sessionsOf = (client: Client, { userId, now }: { userId: string; now: Date }) =>
  client.session.findMany({
    where: { userId, expiresAt: { gt: now } },
    orderBy: { id: 'desc' },
    select: { id: true, createdAt: true, updatedAt: true, expiresAt: true },
  })

/** Ends one session of a person; false when it is none of theirs. */
export const deleteSession = async (tx: Transaction, { userId, id }: { userId: string; id: string }) =>
  (await tx.session.deleteMany({ where: { id, userId } })).count === 1

export const deleteOtherSessions = (tx: Transaction, { userId, but }: { userId: string; but: string }) =>
  tx.session.deleteMany({ where: { userId, id: { not: but } } })

/** Ends sign-ins that wait for their second step: better-auth keeps the person's id as what such a step is for. */
export const endChallenges = (tx: Transaction, userId: string) => tx.verification.deleteMany({ where: { value: userId } })

/** Notes that a code was tried for an account; a unique violation when it was before. */
export const insertUsedCode = (
  tx: Transaction,
  { userId, code, ...when }: { userId: string; code: string; now: Date; expiresAt: Date },
): Promise<void> => insertUsed(tx, { id: `code:${userId}:${code.slice(0, 20)}`, ...when })

/** Notes that something was used that is good for one use; a unique violation when it was before. Kept among what better-auth keeps for a while. */
export async function insertUsed(tx: Transaction, { id, now, expiresAt }: { id: string; now: Date; expiresAt: Date }): Promise<void> {
  await tx.verification.deleteMany({ where: { id, expiresAt: { lte: now } } })
  await tx.verification.create({ data: { id, identifier: id, value: '', expiresAt, createdAt: now, updatedAt: now } })
}

export const endAllSessions = (tx: Transaction, userId: string) => tx.session.deleteMany({ where: { userId } })
