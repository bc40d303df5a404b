import { bulkInsert } from '../database/bulk-insert.ts'
import type { Client, Database, Transaction } from '../database/connect.ts'
import { pathPart } from '../ids.ts'
import { REMOVED, type Status } from './comment.ts'

type CreateMany = Extract<NonNullable<Parameters<Transaction['comment']['createMany']>[0]>['data'], unknown[]>
export type NewComment = CreateMany[number]
export type CommentRow = Awaited<ReturnType<Client['comment']['findUniqueOrThrow']>>
export type ThreadRow = Awaited<ReturnType<Client['thread']['findUniqueOrThrow']>>

export const findThread = (client: Client | Transaction, { siteId, url }: { siteId: string; url: string }) =>
  client.thread.findUnique({ where: { siteId_url: { siteId, url } } })

/** The threads at these addresses, by address. */
export async function findThreads(client: Client, { siteId, urls }: { siteId: string; urls: string[] }): Promise<Map<string, ThreadRow>> {
  const rows = await client.thread.findMany({ where: { siteId, url: { in: urls } } })
  return new Map(rows.map((row) => [row.url, row]))
}

/**
 * The thread of an article, made when this is its first comment; two that make it at once get the same. With nothing to update Prisma
 * would look first and insert then, and the second of two replicas would fail.
 */
export const upsertThread = (
  tx: Transaction,
  { id, siteId, url, createdAt }: { id: string; siteId: string; url: string; createdAt: Date },
) => tx.thread.upsert({ where: { siteId_url: { siteId, url } }, create: { id, siteId, url, createdAt }, update: { siteId } })

export const threadVersion = async (client: Client, id: string) =>
  (await client.thread.findUnique({ where: { id }, select: { version: true } }))?.version

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

/** Raises a thread's version after a public change, and moves its count and title with it. */
export const raiseThread = (
  tx: Transaction,
  { threadId, approved = 0, title }: { threadId: string; approved?: number; title?: string | null | undefined },
) =>
  tx.thread.update({
    where: { id: threadId },
    data: { version: { increment: 1 }, approvedCount: { increment: approved }, ...(title ? { title } : {}) },
    select: { url: true, siteId: true },
  })

/**
 * Tells the comments above that one below them has come into view or gone out of it: a comment that is not public any more keeps
 * its place while something below it is. The increment locks the row, so two replies that are decided at once are both counted.
 */
export async function passUpward(tx: Transaction, { parentId, by }: { parentId: string | null; by: 1 | -1 }): Promise<void> {
  let id = parentId
  while (id) {
    const parent: CommentRow = await tx.comment.update({ where: { id }, data: { shownReplies: { increment: by } } })
    if ((await settlePlace(tx, parent)) === parent.shown) return
    id = parent.parentId
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

/** A page of a thread's public comments and kept places, in display order. `after` is the path of the last one seen. */
export function publicComments(
  client: Client,
  { threadId, order, after, take }: { threadId: string; order: 'oldest' | 'newest'; after: string | undefined; take: number },
): Promise<CommentRow[]> {
  const shown = { threadId, shown: true }
  if (order === 'oldest') {
    return client.comment.findMany({
      where: { ...shown, ...(after !== undefined && { path: { gt: after } }) },
      orderBy: { path: 'asc' },
      take,
    })
  }
  const root = after === undefined ? undefined : rootOfPath(after)
  const where = root === undefined ? shown : { ...shown, OR: [{ rootId: root, path: { gt: after ?? '' } }, { rootId: { lt: root } }] }
  return client.comment.findMany({ where, orderBy: [{ rootId: 'desc' }, { path: 'asc' }], take })
}

/** The id of the root that a path begins with. */
function rootOfPath(path: string): string {
  const part = path.slice(0, pathPart('00000000-0000-0000-0000-000000000000').length)
  return [part.slice(0, 8), part.slice(8, 12), part.slice(12, 16), part.slice(16, 20), part.slice(20)].join('-')
}

/** How many approved comments the threads at these addresses have. */
export async function approvedCounts(client: Client, { siteId, urls }: { siteId: string; urls: string[] }): Promise<Map<string, number>> {
  const rows = await client.thread.findMany({ where: { siteId, url: { in: urls } }, select: { url: true, approvedCount: true } })
  return new Map(rows.map(({ url, approvedCount }) => [url, approvedCount]))
}

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
      fingerprint: null,
      moderatorId: null,
      version: { increment: 1 },
    },
  })

/** Takes away what moderators wrote about a comment: it may quote it. Who did what remains. */
export const eraseReasons = (tx: Transaction, commentId: string) => tx.history.updateMany({ where: { commentId }, data: { reason: null } })

/** Replaces a thread's title, if it is the one that a comment told that is not public any more, by what another public one told. */
export async function nextTitle(tx: Transaction, { threadId, gone }: { threadId: string; gone: string }): Promise<void> {
  const told = await tx.comment.findFirst({
    where: { threadId, shown: true, status: 'approved', pageTitle: { not: null } },
    orderBy: { id: 'desc' },
    select: { pageTitle: true },
  })
  await tx.thread.updateMany({ where: { id: threadId, title: gone }, data: { title: told?.pageTitle ?? null } })
}

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

/** Changes a thread itself, which readers see. */
export const updateThread = (
  tx: Transaction,
  { id, change: { open, title } }: { id: string; change: { open?: boolean | undefined; title?: string | undefined } },
) =>
  tx.thread.update({
    where: { id },
    data: { ...(open !== undefined && { open }), ...(title !== undefined && { title }), version: { increment: 1 } },
  })
