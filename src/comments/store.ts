import { bulkInsert } from '../database/bulk-insert.ts'
import type { Client, Database, Transaction } from '../database/connect.ts'
import { REMOVED, type Status } from './comment.ts'

type CreateMany = Extract<NonNullable<Parameters<Transaction['comment']['createMany']>[0]>['data'], unknown[]>
export type NewComment = CreateMany[number]
export type CommentRow = Awaited<ReturnType<Client['comment']['findUniqueOrThrow']>>

export const findComment = (client: Client | Transaction, id: string) => client.comment.findUnique({ where: { id } })
export const findComments = (client: Client | Transaction, ids: string[]) => client.comment.findMany({ where: { id: { in: ids } } })

/** What bears on whether new replies may come in: the same ones, by fingerprint, and a site's comments since an id by the same authors. */
export function findRelated(
  client: Client,
  {
    siteId,
    fingerprints,
    sinceId,
    emails,
    browsers,
  }: { siteId: string; fingerprints: string[]; sinceId: string; emails: string[]; browsers: string[] },
) {
  const since = { siteId, id: { gte: sinceId } }
  const byBrowser = browsers.length > 0 ? [{ ...since, browserIndex: { in: browsers } }] : []
  return client.comment.findMany({
    where: { OR: [{ fingerprint: { in: fingerprints } }, { ...since, emailIndex: { in: emails } }, ...byBrowser] },
    select: { id: true, fingerprint: true, emailIndex: true, browserIndex: true, createdAt: true },
  })
}

/** Whether an approved comment by this e-mail address from this very browser stands on the site. */
export async function isKnownAuthor(
  client: Client,
  author: { siteId: string; emailIndex: string; browserIndex: string },
): Promise<boolean> {
  const found = await client.comment.findFirst({ where: { ...author, status: 'approved' }, select: { id: true } })
  return found !== null
}

/** Stores comments in one statement; all name the same columns. */
export const insertComments = (tx: Transaction, { provider, rows }: { provider: Database['provider']; rows: NewComment[] }) =>
  bulkInsert(tx, { provider, table: 'Comment', rows })

/** Moves a site's kept counts by what was added and taken away. */
export async function moveCounts(tx: Transaction, { siteId, from, to }: { siteId: string; from: Status[]; to: Status[] }): Promise<void> {
  const moved = { pending: 0, approved: 0, rejected: 0, spam: 0 }
  for (const status of from) moved[status]--
  for (const status of to) moved[status]++
  if (Object.values(moved).every((by) => by === 0)) return
  const column = (status: Status) => ({ [`${status}Count`]: { increment: moved[status] } })
  await tx.site.updateMany({
    where: { id: siteId },
    data: { ...column('pending'), ...column('approved'), ...column('rejected'), ...column('spam') },
  })
}

/**
 * Tells the comments above that one below them has come into view or gone out of it: a comment that is not public any more keeps
 * its place while something below it is. The increment locks the row, so two replies that are decided at once are both counted.
 * `by` is how many right below it.
 */
export async function passUpward(tx: Transaction, { parentId, by }: { parentId: string | null; by: number }): Promise<void> {
  let id = parentId
  let moved = by
  while (id) {
    const parent: CommentRow = await tx.comment.update({ where: { id }, data: { shownReplies: { increment: moved } } })
    if ((await settlePlace(tx, parent)) === parent.shown) return
    id = parent.parentId
    moved = Math.sign(by)
  }
}

/** Gives a comment its place in the thread, or takes it, by what it is now; `row` must have been read under its lock. Gives whether it has one. */
export async function settlePlace(tx: Transaction, row: CommentRow): Promise<boolean> {
  const shown = row.status === 'approved' || row.shownReplies > 0
  if (shown !== row.shown) await tx.comment.update({ where: { id: row.id }, data: { shown }, select: { id: true } })
  return shown
}

/** Keeps those of these comments that are approved as they are until the transaction ends, so that none goes while a reply to it comes in. Gives how many. */
export const holdApproved = async (tx: Transaction, ids: string[]): Promise<number> =>
  (await tx.comment.updateMany({ where: { id: { in: ids }, status: 'approved' }, data: { status: 'approved' } })).count

/** Changes a comment if it is still at the version that was read; false when somebody was faster. */
export async function changeIfUnchanged(
  tx: Transaction,
  { id, version, data }: { id: string; version: number; data: Parameters<Transaction['comment']['updateMany']>[0]['data'] },
): Promise<boolean> {
  const { count } = await tx.comment.updateMany({ where: { id, version }, data: { ...data, version: { increment: 1 } } })
  return count === 1
}

/** The same for many that were read at one version; gives how many still were. */
export const moveIfUnchanged = async (
  tx: Transaction,
  { ids, version, data }: { ids: string[]; version: number; data: { status: Status; queue: string | null } },
): Promise<number> =>
  (await tx.comment.updateMany({ where: { id: { in: ids }, version }, data: { ...data, version: { increment: 1 } } })).count

export const setShown = (tx: Transaction, { ids, shown }: { ids: string[]; shown: boolean }) =>
  tx.comment.updateMany({ where: { id: { in: ids } }, data: { shown } })

/** Whether any comment answers this one. */
export const hasReplies = async (client: Client | Transaction, id: string) =>
  (await client.comment.findFirst({ where: { parentId: id }, select: { id: true } })) !== null

/** Erases what a comment says and who wrote it, keeping its place for the replies below. */
export const eraseComment = (tx: Transaction, { id, shown }: { id: string; shown: boolean }) =>
  tx.comment.update({
    where: { id },
    data: {
      status: REMOVED,
      queue: null,
      shown,
      name: '',
      emailSealed: null,
      emailIndex: null,
      website: null,
      ipSealed: null,
      networkIndex: null,
      browserIndex: null,
      pageTitle: null,
      body: '',
      html: '',
      folded: '',
      verdicts: [],
      reports: 0,
      fingerprint: null,
      moderatorId: null,
      follows: null,
      version: { increment: 1 },
    },
  })

/** Takes away what moderators wrote about a comment: it may quote it. Who did what remains. */
export const eraseReasons = (tx: Transaction, commentId: string) => tx.history.updateMany({ where: { commentId }, data: { reason: null } })

export const deleteComment = (tx: Transaction, id: string) => tx.comment.delete({ where: { id } })
export const deleteRevisions = (tx: Transaction, commentId: string) => tx.revision.deleteMany({ where: { commentId } })
export const deleteAnswers = (tx: Transaction, commentId: string) => tx.idempotencyKey.deleteMany({ where: { commentId } })

export const findAnswer = (client: Client, id: string) => client.idempotencyKey.findUnique({ where: { id } })
export const insertAnswers = (
  tx: Transaction,
  data: { id: string; request: string; commentId: string; answer: string; createdAt: Date }[],
) => tx.idempotencyKey.createMany({ data })
/** Forgets the answers kept since before the given time; gives how many. */
export const forgetAnswers = async (tx: Transaction, before: Date) =>
  (await tx.idempotencyKey.deleteMany({ where: { createdAt: { lt: before } } })).count

export const insertRevision = (tx: Transaction, data: Parameters<Transaction['revision']['create']>[0]['data']) =>
  tx.revision.create({ data })
export const waitingRevision = (client: Client | Transaction, commentId: string) =>
  client.revision.findFirst({ where: { commentId, state: 'waiting' }, orderBy: { id: 'desc' } })
export const setRevisionState = (tx: Transaction, { commentId, from, to }: { commentId: string; from: string; to: string }) =>
  tx.revision.updateMany({ where: { commentId, state: from }, data: { state: to } })

export const insertHistory = (tx: Transaction, data: Parameters<Transaction['history']['create']>[0]['data']) =>
  tx.history.create({ data, select: { id: true } })

export const insertHistories = (tx: Transaction, data: NonNullable<Parameters<Transaction['history']['createMany']>[0]>['data']) =>
  tx.history.createMany({ data })
