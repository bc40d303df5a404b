import type { Client, Database, Transaction } from '../database/connect.ts'
import { nested, unnested } from '../database/nested.ts'
import type { RawOf } from '../database/rows.ts'
import { columns, joined, type Sql, sql } from '../database/sql.ts'
import { pathOfRoot, rootInPath } from './path.ts'
import type { CommentRow } from './store.ts'

export type ThreadRow = Awaited<ReturnType<Client['thread']['findUniqueOrThrow']>>

export const findThread = (client: Client | Transaction, { siteId, key }: { siteId: string; key: string }) =>
  client.thread.findUnique({ where: { siteId_key: { siteId, key } } })

export const findThreadById = (client: Client, id: string) => client.thread.findUnique({ where: { id } })

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

/** What readers see of a comment; the rest is not read. */
const SEEN = ['id', 'parentId', 'depth', 'path', 'status', 'name', 'website', 'html', 'moderatorId', 'createdAt', 'editedAt'] as const
export type SeenComment = RawOf<Pick<CommentRow, (typeof SEEN)[number]>>
export type SeenThread = RawOf<Pick<ThreadRow, 'id' | 'url' | 'title' | 'open' | 'approvedCount' | 'version' | 'createdAt'>>

/** Which comments a page of a thread holds: those after the path of the last one seen, or from a root on. */
interface PagePlace {
  order: 'oldest' | 'newest'
  after: string | undefined
  from: string | undefined
  take: number
}

/**
 * A thread and a page of its public comments and kept places, in display order. It is one statement, so both are as of one version,
 * and past the client, which takes several times as long for the fifty comments of a page that nobody kept.
 */
export async function readThreadPage(
  { rows, provider }: Pick<Database, 'rows' | 'provider'>,
  { siteId, key, ...place }: { siteId: string; key: string } & PagePlace,
): Promise<{ thread: SeenThread; comments: SeenComment[] } | null> {
  const select = sql`
    SELECT ${columns('c', SEEN)} FROM "Comment" c
    WHERE c."threadId" = t."id" AND c."shown" = true AND ${within(place)}
    ORDER BY ${place.order === 'oldest' ? sql`c."path"` : sql`c."rootId" DESC, c."path"`} LIMIT ${place.take}`
  const [found] = await rows<SeenThread & { page: string }>(sql`
    SELECT t."id", t."url", t."title", t."open", t."approvedCount", t."version", t."createdAt", ${nested({ provider, select, names: SEEN })} AS page
    FROM "Thread" t WHERE t."siteId" = ${siteId} AND t."key" = ${key}`)
  if (!found) return null
  const { page, ...thread } = found
  return { thread, comments: unnested<SeenComment>(page, ['createdAt', 'editedAt']) }
}

function within({ order, after, from }: PagePlace): Sql {
  if (order === 'oldest') {
    if (after !== undefined) return sql`c."path" > ${after}`
    return from === undefined ? sql`true` : sql`c."path" >= ${pathOfRoot(from)}`
  }
  if (after === undefined) return from === undefined ? sql`true` : sql`c."rootId" <= ${from}`
  const root = rootInPath(after)
  return sql`(c."rootId" = ${root} AND c."path" > ${after} OR c."rootId" < ${root})`
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

/** The same for many after comments came into view; gives their keys. In the order of their ids, as every change locks them. */
export async function raiseThreads(tx: Transaction, threads: { threadId: string; approved: number }[]): Promise<string[]> {
  if (threads.length === 0) return []
  const rows = joined(threads.map(({ threadId, approved }) => sql`(${threadId}, CAST(${approved} AS INTEGER))`))
  const raised = await tx.$queryRaw<{ key: string }[]>(sql`
    UPDATE "Thread" SET "version" = "version" + 1, "approvedCount" = "approvedCount" + moved."column2"
    FROM (VALUES ${rows}) AS moved WHERE "Thread"."id" = moved."column1" RETURNING "key"`)
  return raised.map(({ key }) => key)
}

/** Titles for threads that have none. */
export async function setMissingTitles(tx: Transaction, titles: { id: string; title: string }[]): Promise<void> {
  for (const { id, title } of titles) await tx.thread.updateMany({ where: { id, title: null }, data: { title, version: { increment: 1 } } })
}

/** Changes a thread itself, which readers see. */
export const updateThread = (
  tx: Transaction,
  { id, change: { open, title } }: { id: string; change: { open?: boolean | undefined; title?: string | undefined } },
) =>
  tx.thread.update({
    where: { id },
    data: { ...(open !== undefined && { open }), ...(title !== undefined && { title }), version: { increment: 1 } },
  })
