import type { Client, Database, Transaction } from '../database/connect.ts'
import { together } from '../database/together.ts'
import { newId } from '../ids.ts'

/** A mail to be sent now, leased to this worker until `leaseUntil`. `attempts` counts the one that begins. */
export interface DueDelivery {
  id: string
  siteId: string
  kind: string
  commentId: string | null
  userId: string
  readerId: string | null
  dedupe: string
  messageId: string
  attempts: number
  leaseId: string
  leaseUntil: Date
}

/**
 * Leases mails that are due: queued ones whose time has come, and ones whose worker has not come back. The update repeats the
 * condition, so of several workers that saw the same row exactly one gets it.
 *
 * @returns how many were seen and which of them were got; those that were seen but not got are another worker's
 */
export async function claimDue({ db, now, leaseMs, limit }: { db: Database; now: Date; leaseMs: number; limit: number }) {
  const ids = await dueIds({ client: db.read, now, limit })
  if (ids.length === 0) return { seen: 0, claimed: [] }
  const lease = { leaseId: newId(now), leaseUntil: new Date(now.getTime() + leaseMs) }
  const { count } = await db.write((tx) =>
    tx.delivery.updateMany({
      where: { id: { in: ids }, OR: [queued(now), abandoned(now)] },
      data: { ...lease, state: 'sending', attempts: { increment: 1 } },
    }),
  )
  const claimed =
    count === 0 ? [] : await db.read.delivery.findMany({ where: { id: { in: ids }, leaseId: lease.leaseId }, orderBy: { id: 'asc' } })
  return { seen: ids.length, claimed: claimed.map((row): DueDelivery => ({ ...row, ...lease })) }
}

const queued = (now: Date) => ({ state: 'queued', nextAt: { lte: now } })
const abandoned = (now: Date) => ({ state: 'sending', leaseUntil: { lte: now } })

/** Asked one after the other, so that each is a walk along the index on state and time. */
async function dueIds({ client, now, limit }: { client: Client; now: Date; limit: number }): Promise<string[]> {
  const find = (where: ReturnType<typeof queued> | ReturnType<typeof abandoned>, take: number) =>
    client.delivery.findMany({ where, orderBy: { nextAt: 'asc' }, take, select: { id: true } })
  const waiting = await find(queued(now), limit)
  const left = waiting.length < limit ? await find(abandoned(now), limit - waiting.length) : []
  return [...waiting, ...left].map(({ id }) => id)
}

/**
 * A comment with its article and site, and the revision of it by that id, if there is one. Mails that are written at the same time
 * read together.
 */
export function findHeldComment({ client, commentId, revisionId }: { client: Client; commentId: string; revisionId: string }) {
  const read = heldReads.get(client) ?? together((keys: HeldKey[]) => readHeld(client, keys))
  heldReads.set(client, read)
  return read({ commentId, revisionId })
}

type HeldKey = { commentId: string; revisionId: string }
const heldReads = new WeakMap<Client, (key: HeldKey) => Promise<ReturnType<Awaited<ReturnType<typeof readHeld>>>>>()

async function readHeld(client: Client, keys: HeldKey[]) {
  const revisionIds = keys.map(({ revisionId }) => revisionId)
  const rows = await client.comment.findMany({
    where: { id: { in: keys.map(({ commentId }) => commentId) } },
    include: { thread: { include: { site: true } }, revisions: { where: { id: { in: revisionIds } } } },
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ({ commentId, revisionId }: HeldKey) => {
    const row = byId.get(commentId)
    return row ? { ...row, revisions: row.revisions.filter(({ id }) => id === revisionId) } : null
  }
}

export type HeldComment = NonNullable<Awaited<ReturnType<typeof findHeldComment>>>

/** Puts mails into the outbox, in the transaction of what they tell of. */
export const insertDeliveries = (tx: Transaction, data: NonNullable<Parameters<Transaction['delivery']['createMany']>[0]>['data']) =>
  tx.delivery.createMany({ data })

/** Puts one mail into the outbox, unless it was put there before. */
export const insertOnce = (tx: Transaction, row: Parameters<Transaction['delivery']['upsert']>[0]['create'] & { dedupe: string }) =>
  tx.delivery.upsert({ where: { dedupe: row.dedupe }, create: row, update: {}, select: { id: true } })
