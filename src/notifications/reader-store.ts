import type { Client, Transaction } from '../database/connect.ts'
import { type Settings, settingsOf, withSettings } from '../sites/settings.ts'
import { READER_EVENTS } from './events.ts'

type NewDelivery = Extract<NonNullable<Parameters<Transaction['delivery']['createMany']>[0]>['data'], unknown[]>[number]
type NewSubscription = Parameters<Transaction['subscription']['upsert']>[0]['create']
export type SubscriptionRow = Awaited<ReturnType<Client['subscription']['findUniqueOrThrow']>>

/** A public comment whose author asked to be told. */
export interface Followed {
  id: string
  emailIndex: string
}

/** Those of these comments that are public and whose authors asked to be told, by id. */
export async function findFollowed(client: Client | Transaction, ids: string[]): Promise<Map<string, Followed>> {
  const rows = await client.comment.findMany({
    where: { id: { in: ids }, status: 'approved', follows: { not: null }, emailIndex: { not: null } },
    select: { id: true, emailIndex: true },
  })
  return new Map(rows.map(({ id, emailIndex }) => [id, { id, emailIndex: emailIndex ?? '' }]))
}

/** These sites' settings. */
export async function findSettings(tx: Transaction, siteIds: string[]): Promise<(siteId: string) => Settings> {
  const rows = await tx.site.findMany({ where: { id: { in: siteIds } }, select: { id: true, settings: true } })
  const settings = new Map(rows.map((row) => [row.id, settingsOf(row.settings)]))
  return (siteId) => settings.get(siteId) ?? settingsOf({})
}

/** The subscriptions of these readers on the sites of the comments, by site and address. */
export async function findSubscriptions(
  client: Client | Transaction,
  readers: { comment: { siteId: string }; emailIndex: string }[],
): Promise<Map<string, SubscriptionRow>> {
  if (readers.length === 0) return new Map()
  const rows = await client.subscription.findMany({
    where: {
      siteId: { in: [...new Set(readers.map(({ comment }) => comment.siteId))] },
      emailIndex: { in: [...new Set(readers.map(({ emailIndex }) => emailIndex))] },
    },
  })
  return new Map(rows.map((row) => [`${row.siteId} ${row.emailIndex}`, row]))
}

/** An address's subscription on a site, made when it asks for the first time. */
export const keepSubscription = (tx: Transaction, create: NewSubscription) =>
  tx.subscription.upsert({
    where: { siteId_emailIndex: { siteId: create.siteId, emailIndex: create.emailIndex } },
    create,
    update: { askedAt: create.askedAt, locale: create.locale },
    select: { id: true },
  })

/**
 * Puts mails into the outbox, each once for ever. One that was put there before and has not been sent, because it still waits or was
 * taken back, waits anew.
 */
export async function putOnce(tx: Transaction, rows: NewDelivery[]): Promise<void> {
  if (rows.length === 0) return
  const known = await tx.delivery.findMany({
    where: { dedupe: { in: rows.map(({ dedupe }) => dedupe) } },
    select: { dedupe: true },
  })
  const before = new Set(known.map(({ dedupe }) => dedupe))
  for (const { dedupe, nextAt } of rows.filter((row) => before.has(row.dedupe))) {
    await tx.delivery.updateMany({
      where: { dedupe, state: { in: ['queued', 'suppressed'] }, resentAs: null },
      data: { state: 'queued', nextAt, attempts: 0, outcome: null },
    })
  }
  const fresh = rows.filter(({ dedupe }) => !before.has(dedupe))
  if (fresh.length > 0) await tx.delivery.createMany({ data: fresh })
}

/** Takes mails about these comments back that have not been sent: those to readers, or all of them. */
export async function takeBack(
  tx: Transaction,
  { commentIds, all, outcome }: { commentIds: string[]; all: boolean; outcome: string },
): Promise<void> {
  if (commentIds.length === 0) return
  await tx.delivery.updateMany({
    where: { commentId: { in: commentIds }, ...(!all && { kind: { in: READER_EVENTS } }), state: 'queued' },
    data: { state: 'suppressed', outcome },
  })
}

export const findReader = (client: Client | Transaction, id: string) => client.subscription.findUnique({ where: { id } })
export const findReaders = (client: Client, ids: string[]) => client.subscription.findMany({ where: { id: { in: ids } } })

/** Forgets the subscriptions that wait for a confirmation and were last asked for before the given time. */
export async function forgetAskedBefore(tx: Transaction, before: Date): Promise<void> {
  await tx.subscription.deleteMany({ where: { state: 'pending', askedAt: { lt: before } } })
}

/** A comment as a mail to a reader tells of it. */
export async function findReaderComment(client: Client, id: string) {
  const row = await client.comment.findUnique({ where: { id }, include: { thread: { include: { site: true } } } })
  return row && { ...row, thread: { ...row.thread, site: withSettings(row.thread.site) } }
}
export type ReaderComment = NonNullable<Awaited<ReturnType<typeof findReaderComment>>>

/** Those of these comments that are public and with which this reader asked to be told. */
export const findFollowedBy = (client: Client, { ids, emailIndex }: { ids: string[]; emailIndex: string }) =>
  client.comment.findMany({
    where: { id: { in: ids }, status: 'approved', follows: { not: null }, emailIndex },
    select: { id: true, html: true, body: true },
  })
