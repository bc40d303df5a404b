import type { Client, Transaction } from '../database/connect.ts'

/** States that a mail does not leave by itself. */
export const FINAL = ['sent', 'failed', 'suppressed'] as const
export const STATES = ['queued', 'sending', ...FINAL] as const
export type State = (typeof STATES)[number]

/** A mail as the ledger reads it. */
export type MailRow = NonNullable<Awaited<ReturnType<typeof mailById>>>

/** Which mails of a site are asked for. */
export interface MailFilter {
  state?: State | undefined
  kind?: string | undefined
  commentId?: string | undefined
}

/** Mails of a site, the newest first. */
export const listMails = (
  client: Client,
  {
    siteId,
    filter: { state, kind, commentId },
    before,
    take,
  }: { siteId: string; filter: MailFilter; before: string | undefined; take: number },
) =>
  client.delivery.findMany({
    where: {
      siteId,
      ...(state !== undefined && { state }),
      ...(kind !== undefined && { kind }),
      ...(commentId !== undefined && { commentId }),
      ...(before !== undefined && { id: { lt: before } }),
    },
    orderBy: { id: 'desc' },
    take,
  })

export const mailById = (client: Client | Transaction, { siteId, id }: { siteId: string; id: string }) =>
  client.delivery.findFirst({ where: { siteId, id } })

/** The mail with a Message-ID of ours, whose first half is the row's id. */
export async function mailByMessageId(client: Client, messageId: string): Promise<MailRow | null> {
  const row = await client.delivery.findUnique({ where: { id: messageId.slice(1, messageId.indexOf('@')) } })
  return row?.messageId === messageId ? row : null
}

/** Records what came back about a mail that was sent, unless something else became of it meanwhile. */
export const noteBounce = (tx: Transaction, { id, ...change }: { id: string; outcome: string; state?: string }) =>
  tx.delivery.updateMany({ where: { id, state: 'sent' }, data: change })

/** How many mails of a site are in a state, counted up to a limit so that a long ledger stops nobody. */
export async function countMails(client: Client, { siteId, state, most }: { siteId: string; state: State; most: number }): Promise<number> {
  const counted = await client.delivery.aggregate({ where: { siteId, state }, take: most, _count: { id: true } })
  return counted._count.id
}

/** Marks a mail as sent again by another one; false when it was already, or is still on its way. */
export async function markResent(tx: Transaction, { id, resentAs }: { id: string; resentAs: string }): Promise<boolean> {
  const { count } = await tx.delivery.updateMany({ where: { id, resentAs: null, state: { in: [...FINAL] } }, data: { resentAs } })
  return count === 1
}

/** Has a mail that waits for its next try tried at once. */
export async function hurry(tx: Transaction, { id, now }: { id: string; now: Date }): Promise<boolean> {
  const { count } = await tx.delivery.updateMany({ where: { id, state: 'queued' }, data: { nextAt: now } })
  return count === 1
}

/** Forgets some mails that have come to an end and are older than an id; gives how many. */
export async function forgetMails(
  { read, write }: { read: Client; write: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T> },
  { olderThan, take }: { olderThan: string; take: number },
): Promise<number> {
  const old = await read.delivery.findMany({
    where: { id: { lt: olderThan }, state: { in: [...FINAL] } },
    orderBy: { id: 'asc' },
    take,
    select: { id: true },
  })
  if (old.length === 0) return 0
  const { count } = await write((tx) => tx.delivery.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } }))
  return count
}

/** The addresses of those of these people whose accounts are there. */
export async function emailsOf(client: Client | Transaction, userIds: string[]): Promise<Map<string, string>> {
  const rows = await client.user.findMany({ where: { id: { in: [...new Set(userIds)] } }, select: { id: true, email: true } })
  return new Map(rows.map(({ id, email }) => [id, email]))
}
