import type { Client, Transaction } from '../database/connect.ts'
import { newId } from '../ids.ts'

/** A stop of everything from this server; other scopes are threads' ids. */
export const EVERYTHING = '*'

export const choices = ['thread', 'site', 'server', 'resume'] as const
export type Choice = (typeof choices)[number]

/**
 * Keeps that an address is to get no mails any more, of one thread or of this server, and why. It is kept by the blind index of the
 * address alone (`emailIndex` of privacy/sealed), for every site and also for subscriptions that come later; asked again it changes nothing.
 */
export async function stopAddress(
  tx: Transaction,
  { emailIndex, scope = EVERYTHING, reason, at }: { emailIndex: string; scope?: string; reason: 'unsubscribed' | 'bounced'; at: Date },
): Promise<void> {
  const key = { emailIndex, scope }
  await tx.mailStop.upsert({
    where: { emailIndex_scope: key },
    create: { id: newId(at), ...key, reason, createdAt: at },
    update: { emailIndex }, // with nothing to update Prisma would look first and insert then, and the second of two would fail
  })
}

/** What is stopped for an address: of this server, and of one thread. */
export const stopsOf = (client: Client | Transaction, { emailIndex, threadId }: { emailIndex: string; threadId: string }) =>
  client.mailStop.findMany({ where: { emailIndex, scope: { in: [EVERYTHING, threadId] } }, select: { scope: true, reason: true } })

/** Which of these addresses get nothing from this server any more. */
export async function stoppedAmong(client: Client | Transaction, emailIndexes: string[]): Promise<Set<string>> {
  const rows = await client.mailStop.findMany({
    where: { emailIndex: { in: [...new Set(emailIndexes)] }, scope: EVERYTHING },
    select: { emailIndex: true },
  })
  return new Set(rows.map(({ emailIndex }) => emailIndex))
}

/** Takes the stops of an address back: of this server, the thread, and the subscription's site. */
export async function liftStops(
  tx: Transaction,
  { id, emailIndex, threadId, state }: { id: string; emailIndex: string; threadId: string; state: 'confirmed' | 'pending' },
): Promise<void> {
  await tx.mailStop.deleteMany({ where: { emailIndex, scope: { in: [EVERYTHING, threadId] } } })
  await tx.subscription.updateMany({ where: { id, state: 'stopped' }, data: { state, stoppedAt: null } })
}

export const setStopped = (tx: Transaction, { id, at }: { id: string; at: Date }) =>
  tx.subscription.updateMany({ where: { id, state: { not: 'stopped' } }, data: { state: 'stopped', stoppedAt: at } })

export async function confirmReader(tx: Transaction, { id, at }: { id: string; at: Date }): Promise<void> {
  await tx.subscription.updateMany({ where: { id, state: 'pending' }, data: { state: 'confirmed', confirmedAt: at } })
}

/** The addresses that want no mails of a thread. */
export const stopsOfThread = (tx: Transaction, threadId: string) =>
  tx.mailStop.findMany({ where: { scope: threadId }, select: { emailIndex: true } })
