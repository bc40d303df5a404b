import { z } from 'zod'
import type { Client, Database, Transaction } from '../database/connect.ts'
import { claimDue, type Lease } from '../outbox/claim.ts'
import { type HookEvent, hookEventNames } from './names.ts'

type Create<Model extends 'webhook' | 'webhookDelivery'> = Extract<
  NonNullable<Parameters<Transaction[Model]['createMany']>[0]>['data'],
  unknown[]
>[number]

type StoredHook = Awaited<ReturnType<Client['webhook']['findFirstOrThrow']>>
export type HookRow = Omit<StoredHook, 'events'> & { events: HookEvent[] }
export type CallRow = Awaited<ReturnType<Client['webhookDelivery']['findFirstOrThrow']>>

/** Of the events those that this version knows. */
const toHook = (row: StoredHook): HookRow => {
  const named = z.array(z.string()).parse(row.events)
  return { ...row, events: hookEventNames.filter((event) => named.includes(event)) }
}

export const insertHook = async (tx: Transaction, data: Create<'webhook'>): Promise<HookRow> => toHook(await tx.webhook.create({ data }))

export async function findHook(client: Client | Transaction, { siteId, id }: { siteId: string; id: string }): Promise<HookRow | null> {
  const row = await client.webhook.findFirst({ where: { id, siteId } })
  return row && toHook(row)
}

/** The oldest first. */
export async function hooksOf(client: Client | Transaction, siteId: string): Promise<HookRow[]> {
  const rows = await client.webhook.findMany({ where: { siteId }, orderBy: { id: 'asc' } })
  return rows.map(toHook)
}

export const updateHook = async (tx: Transaction, { id, data }: { id: string; data: Partial<Create<'webhook'>> }): Promise<HookRow> =>
  toHook(await tx.webhook.update({ where: { id }, data }))

export const deleteHook = (tx: Transaction, id: string) => tx.webhook.delete({ where: { id } })

/** Switches webhooks off that are still on, saying why. */
export const pauseHook = (tx: Transaction, { id, because }: { id: string; because: string }) =>
  tx.webhook.updateMany({ where: { id, active: true }, data: { active: false, pausedBecause: because } })

export const insertCalls = (tx: Transaction, data: Create<'webhookDelivery'>[]) => tx.webhookDelivery.createMany({ data })

export const findCall = (client: Client | Transaction, { webhookId, id }: { webhookId: string; id: string }) =>
  client.webhookDelivery.findFirst({ where: { id, webhookId } })

/** A webhook's calls, the newest first. */
export const callsOf = (client: Client, { webhookId, before, take }: { webhookId: string; before: string | undefined; take: number }) =>
  client.webhookDelivery.findMany({
    where: { webhookId, ...(before !== undefined && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take,
  })

/** Queues a call again that has ended; false when it has not. */
export const requeue = async (tx: Transaction, { id, at }: { id: string; at: Date }) =>
  (
    await tx.webhookDelivery.updateMany({
      where: { id, state: { in: ['sent', 'failed'] } },
      data: { state: 'queued', attempts: 0, nextAt: at },
    })
  ).count === 1

/** Forgets calls that ended before a time. */
export const forgetCalls = (tx: Transaction, { before }: { before: Date }) =>
  tx.webhookDelivery.deleteMany({ where: { state: { in: ['sent', 'failed'] }, createdAt: { lt: before } } })

/** A call to be made now, leased to this worker, with its webhook. */
export type DueCall = CallRow & Lease & { webhook: HookRow }

/** Leases calls that are due, of webhooks that are on. */
export const claimCalls = ({ db, ...options }: { db: Database; now: Date; leaseMs: number; limit: number }) =>
  claimDue<CallRow & { webhook: HookRow }>({
    of: {
      find: (where, take) =>
        db.read.webhookDelivery.findMany({
          where: { ...where, webhook: { active: true } },
          orderBy: { nextAt: 'asc' },
          take,
          select: { id: true },
        }),
      update: (where, data) => db.write((tx) => tx.webhookDelivery.updateMany({ where, data })),
      read: async (where) => {
        const rows = await db.read.webhookDelivery.findMany({ where, orderBy: { id: 'asc' }, include: { webhook: true } })
        return rows.map((row) => ({ ...row, webhook: toHook(row.webhook) }))
      },
    },
    ...options,
  })

/** What became of a leased call. `pause` switches its webhook off as well, and says why. */
export type CallOutcome = { id: string; leaseId: string; siteId: string; webhookId: string; outcome: string; pause?: string } & (
  | { state: 'sent'; sentAt: Date }
  | { state: 'failed' }
  | { state: 'queued'; nextAt: Date; attempts: number }
)

/** Writes what became of calls. One whose lease has passed to another worker is left to that one. */
export async function recordCalls({ db, outcomes }: { db: Database; outcomes: CallOutcome[] }): Promise<void> {
  await db.write(async (tx) => {
    for (const { id, leaseId, siteId, webhookId, pause, ...change } of outcomes) {
      await tx.webhookDelivery.updateMany({ where: { id, leaseId }, data: { ...change, leaseId: null, leaseUntil: null } })
      if (pause === undefined) continue
      await pauseHook(tx, { id: webhookId, because: pause })
      await db.changes.announce(tx, { siteId, inner: 'webhooks' })
    }
  })
}

/** The comment that a call is about, with its article and site. */
export const findNews = (client: Client, { commentId }: { commentId: string }) =>
  client.comment.findUnique({ where: { id: commentId }, include: { thread: true } })

export const findSiteOf = (client: Client, siteId: string) =>
  client.site.findUnique({ where: { id: siteId }, select: { key: true, name: true, locale: true } })
