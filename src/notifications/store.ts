import type { Client, Database, Transaction } from '../database/connect.ts'
import { together } from '../database/together.ts'
import { claimDue, type Lease } from '../outbox/claim.ts'
import { withSettings } from '../sites/settings.ts'
import { withVerdicts } from '../spam/stored-verdicts.ts'

/** A mail to be sent now, leased to this worker until `leaseUntil`. `attempts` counts the one that begins. */
export interface DueDelivery extends Lease {
  id: string
  siteId: string
  kind: string
  commentId: string | null
  userId: string
  readerId: string | null
  dedupe: string
  messageId: string
  attempts: number
}

/** Leases mails that are due. */
export const claimDeliveries = ({ db, ...options }: { db: Database; now: Date; leaseMs: number; limit: number }) =>
  claimDue<Omit<DueDelivery, keyof Lease>>({
    of: {
      find: (where, take) => db.read.delivery.findMany({ where, orderBy: { nextAt: 'asc' }, take, select: { id: true } }),
      update: (where, data) => db.write((tx) => tx.delivery.updateMany({ where, data })),
      read: (where) => db.read.delivery.findMany({ where, orderBy: { id: 'asc' } }),
    },
    ...options,
  })

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
  const byId = new Map(
    rows.map(({ thread, revisions, ...row }) => [
      row.id,
      { ...withVerdicts(row), thread: { ...thread, site: withSettings(thread.site) }, revisions: revisions.map(withVerdicts) },
    ]),
  )
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
