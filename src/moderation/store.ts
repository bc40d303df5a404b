import type { Client, Transaction } from '../database/connect.ts'
import { decisions } from '../comments/comment.ts'
import type { CommentRow } from '../comments/store.ts'
import type { StoredVerdict } from '../spam/codes.ts'
import { withVerdicts } from '../spam/stored-verdicts.ts'
import { type Bounds, idsWithin } from './bounds.ts'
import { type DecisionRecord, UNDO } from './recent.ts'

export type QueuedRow = Omit<CommentRow, 'verdicts'> & { verdicts: StoredVerdict[]; thread: { url: string; title: string | null } }

/** Which comments a moderator asks for; each condition narrows. */
export interface Filter {
  status: 'pending' | 'approved' | 'rejected' | 'spam'
  emailIndex?: string | undefined
  networkIndex?: string | undefined
  threadIds?: string[] | undefined
}

const THREAD = { thread: { select: { url: true, title: true } } } as const

/**
 * A page of one site's comments in one status: an index range, however many there are. With articles the site is left out, since
 * SQLite would walk through all of the site's comments instead of the articles' own.
 */
export async function findQueued(
  client: Client,
  { siteId, filter, bounds, take }: { siteId: string | undefined; filter: Filter; bounds: Bounds; take: number },
): Promise<QueuedRow[]> {
  const { status, emailIndex, networkIndex, threadIds } = filter
  const rows = await client.comment.findMany({
    where: {
      ...(siteId !== undefined && { siteId }),
      ...(status === 'pending' ? { queue: 'pending' } : { status }),
      id: idsWithin(bounds),
      ...(emailIndex !== undefined && { emailIndex }),
      ...(networkIndex !== undefined && { networkIndex }),
      ...(threadIds !== undefined && { threadId: { in: threadIds } }),
    },
    orderBy: { id: bounds.order },
    take,
    include: THREAD,
  })
  return rows.map(withVerdicts)
}

export async function findByIds(client: Client, ids: string[]): Promise<QueuedRow[]> {
  const rows = await client.comment.findMany({ where: { id: { in: ids } }, include: THREAD })
  const byId = new Map(rows.map((row) => [row.id, withVerdicts(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

export async function findOne(client: Client | Transaction, id: string): Promise<QueuedRow | null> {
  const row = await client.comment.findUnique({ where: { id }, include: THREAD })
  return row && withVerdicts(row)
}

/** Where these comments stand. */
export const placesOf = (client: Client, ids: string[]) =>
  client.comment.findMany({ where: { id: { in: ids } }, select: { id: true, siteId: true, status: true, version: true } })

/** Comments' rows alone, for changing them. */
export async function findRows(tx: Transaction, ids: string[]): Promise<Map<string, CommentRow>> {
  const rows = await tx.comment.findMany({ where: { id: { in: ids } } })
  return new Map(rows.map((row) => [row.id, row]))
}

/** The waiting revision of each of these comments that has one. */
export async function waitingRevisions(client: Client | Transaction, commentIds: string[]) {
  const rows = await client.revision.findMany({ where: { commentId: { in: commentIds }, state: 'waiting' } })
  return new Map(rows.map((row) => [row.commentId, withVerdicts(row)]))
}

export const historyOf = (client: Client, commentId: string) => client.history.findMany({ where: { commentId }, orderBy: { id: 'asc' } })

/** What the revision replaces is kept with it; its own text and verdicts are the comment's from now on, so theirs change places. */
export const publishRevision = (
  tx: Transaction,
  { id, replaced }: { id: string; replaced: { body: string; html: string; verdicts: unknown } },
) =>
  tx.revision.update({
    where: { id },
    data: { state: 'published', replacedBody: replaced.body, replacedHtml: replaced.html, verdicts: replaced.verdicts as object[] },
  })

/** Lets a published revision wait again, with the verdicts about it, and tells when the text that it had replaced was written. */
export async function unpublishRevision(
  tx: Transaction,
  { id, commentId, verdicts }: { id: string; commentId: string; verdicts: unknown },
): Promise<Date | null> {
  await tx.revision.update({
    where: { id },
    data: { state: 'waiting', replacedBody: null, replacedHtml: null, verdicts: verdicts as object[] },
  })
  const before = await tx.revision.findFirst({
    where: { commentId, state: 'published', id: { lt: id } },
    orderBy: { id: 'desc' },
    select: { createdAt: true },
  })
  return before?.createdAt ?? null
}
export const setRevision = (tx: Transaction, { id, state }: { id: string; state: 'waiting' | 'dropped' | 'superseded' }) =>
  tx.revision.update({ where: { id }, data: { state } })
export const findRevision = (tx: Transaction, id: string) => tx.revision.findUnique({ where: { id } })

export const insertBatch = (tx: Transaction, data: { id: string; actorId: string; at: Date }) => tx.batch.create({ data })
export const findBatch = (client: Client, id: string) => client.batch.findUnique({ where: { id } })
export const markUndone = (tx: Transaction, { id, at }: { id: string; at: Date }) =>
  tx.batch.update({ where: { id }, data: { undoneAt: at } })

const DEED = { commentId: true, action: true, from: true, version: true, revisionId: true } as const
const DECISIONS = { in: [...decisions] }

/** What a batch did, comment by comment. */
export const historyOfBatch = (client: Client, batchId: string): Promise<DecisionRecord[]> =>
  client.history.findMany({ where: { batchId }, select: DEED })

/** What somebody decided and put back from an id of the history on, the oldest first. */
export const decisionsSince = (client: Client, { actorId, since }: { actorId: string; since: string }): Promise<DecisionRecord[]> =>
  client.history.findMany({
    where: { actorId, id: { gte: since }, action: { in: [...decisions, UNDO] } },
    orderBy: { id: 'asc' },
    select: DEED,
  })

/** The decision that brought a comment to a version, if one did. */
export const decisionAt = (client: Client, { commentId, version }: { commentId: string; version: number }) =>
  client.history.findFirst({ where: { commentId, version, action: DECISIONS }, select: { ...DEED, actorId: true } })

export const threadsAt = async (client: Client, { siteIds, keys }: { siteIds: string[]; keys: string[] }) =>
  (await client.thread.findMany({ where: { siteId: { in: siteIds }, key: { in: keys } }, select: { id: true } })).map(({ id }) => id)
