import type { Client, Transaction } from '../database/connect.ts'
import { pathPart } from '../ids.ts'
import type { CommentRow } from './store.ts'

export type ThreadRow = Awaited<ReturnType<Client['thread']['findUniqueOrThrow']>>

export const findThread = (client: Client | Transaction, { siteId, key }: { siteId: string; key: string }) =>
  client.thread.findUnique({ where: { siteId_key: { siteId, key } } })

/** The threads of these articles, by key. */
export async function findThreads(client: Client, { siteId, keys }: { siteId: string; keys: string[] }): Promise<Map<string, ThreadRow>> {
  const rows = await client.thread.findMany({ where: { siteId, key: { in: keys } } })
  return new Map(rows.map((row) => [row.key, row]))
}

/**
 * The thread of an article, made when this is its first comment; two that make it at once get the same. With nothing to update Prisma
 * would look first and insert then, and the second of two replicas would fail.
 */
export const upsertThread = (
  tx: Transaction,
  { id, siteId, url, key, createdAt }: { id: string; siteId: string; url: string; key: string; createdAt: Date },
) => tx.thread.upsert({ where: { siteId_key: { siteId, key } }, create: { id, siteId, url, key, createdAt }, update: { siteId } })

export const threadVersion = async (client: Client, id: string) =>
  (await client.thread.findUnique({ where: { id }, select: { version: true } }))?.version

/** What readers see of a comment; to read the rest too would cost twice the time. */
const SEEN = {
  id: true,
  parentId: true,
  depth: true,
  path: true,
  status: true,
  name: true,
  website: true,
  html: true,
  moderatorId: true,
  createdAt: true,
  editedAt: true,
} as const
export type SeenComment = Pick<CommentRow, keyof typeof SEEN>

/** A page of a thread's public comments and kept places, in display order. `after` is the path of the last one seen, `from` the root that the page begins with. */
export function publicComments(
  client: Client,
  {
    threadId,
    order,
    after,
    from,
    take,
  }: { threadId: string; order: 'oldest' | 'newest'; after: string | undefined; from?: string | undefined; take: number },
): Promise<SeenComment[]> {
  const shown = { threadId, shown: true }
  if (order === 'oldest') {
    return client.comment.findMany({
      where: {
        ...shown,
        ...(from !== undefined && { path: { gte: pathPart(from) } }),
        ...(after !== undefined && { path: { gt: after } }),
      },
      orderBy: { path: 'asc' },
      take,
      select: SEEN,
    })
  }
  const root = after === undefined ? undefined : rootOfPath(after)
  const begun = { ...shown, ...(from !== undefined && { rootId: { lte: from } }) }
  const where = root === undefined ? begun : { ...shown, OR: [{ rootId: root, path: { gt: after ?? '' } }, { rootId: { lt: root } }] }
  return client.comment.findMany({ where, orderBy: [{ rootId: 'desc' }, { path: 'asc' }], take, select: SEEN })
}

/** The id of the root that a path begins with. */
function rootOfPath(path: string): string {
  const part = path.slice(0, pathPart('00000000-0000-0000-0000-000000000000').length)
  return [part.slice(0, 8), part.slice(8, 12), part.slice(12, 16), part.slice(16, 20), part.slice(20)].join('-')
}

/** Replaces a thread's title, if it is the one that a comment told that is not public any more, by what another public one told. */
export async function nextTitle(tx: Transaction, { threadId, gone }: { threadId: string; gone: string }): Promise<void> {
  const told = await tx.comment.findFirst({
    where: { threadId, shown: true, status: 'approved', pageTitle: { not: null } },
    orderBy: { id: 'desc' },
    select: { pageTitle: true },
  })
  await tx.thread.updateMany({ where: { id: threadId, title: gone }, data: { title: told?.pageTitle ?? null } })
}

/** Raises a thread's version after a public change, and moves its count and title with it. */
export const raiseThread = (
  tx: Transaction,
  { threadId, approved = 0, title }: { threadId: string; approved?: number; title?: string | null | undefined },
) =>
  tx.thread.update({
    where: { id: threadId },
    data: { version: { increment: 1 }, approvedCount: { increment: approved }, ...(title ? { title } : {}) },
    select: { key: true, siteId: true },
  })

/** Changes a thread itself, which readers see. */
export const updateThread = (
  tx: Transaction,
  { id, change: { open, title } }: { id: string; change: { open?: boolean | undefined; title?: string | undefined } },
) =>
  tx.thread.update({
    where: { id },
    data: { ...(open !== undefined && { open }), ...(title !== undefined && { title }), version: { increment: 1 } },
  })
