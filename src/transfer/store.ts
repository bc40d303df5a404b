import { REMOVED, type Status, statuses } from '../comments/comment.ts'
import type { Client } from '../database/connect.ts'
import { columns, list, type Sql, sql, unionAll } from '../database/sql.ts'
import { lowestIdAt } from '../ids.ts'

/** Rows read at once. No transaction is held between two pages, however slowly they are taken. */
const PAGE = 250

/** Which comments of a site: all of them, removed places too, unless a status or a time is named. */
export interface Selection {
  siteId: string
  status?: Status | undefined
  /** Those made at this time or later. */
  since?: Date | undefined
}

export const findSiteToExport = (client: Client, id: string) =>
  client.site.findUnique({ where: { id }, select: { key: true, name: true, locale: true, settings: true } })

/** The newest selected comment at this moment: an export ends there, even if comments come in faster than it is read. */
export async function newestComment(client: Client, selection: Selection): Promise<string | null> {
  const newest = selects(selection, sql`MAX("id") AS "id"`, sql`"id" > ${startOf(selection)}`)
  const [row] = await client.$queryRaw<{ id: string | null }[]>(sql`SELECT MAX("id") AS "id" FROM (${newest}) AS "newest"`)
  return row?.id ?? null
}

export type ThreadRow = Awaited<ReturnType<typeof findThreads>>[number]

/** The site's threads in the order of their ids; of a part of the comments, only the threads that these stand in. */
export async function* threadsById(client: Client, selection: Selection & { upTo: string | null }): AsyncGenerator<ThreadRow> {
  let after = ''
  for (;;) {
    const ids = await threadIds(client, { siteId: selection.siteId, after })
    const last = ids.at(-1)
    if (last === undefined) return
    const isPart = selection.status !== undefined || selection.since !== undefined
    yield* await findThreads(client, isPart ? await withSelectedComments(client, ids, selection) : ids)
    after = last
  }
}

/** A page of comments with what belongs to them. */
export type CommentPage = Awaited<ReturnType<typeof readPage>>
type PageOptions = Selection & { upTo: string; emails: boolean }

/** The selected comments in the order of their ids, which is the order in which they were made, up to the given one. */
export async function* commentPages(client: Client, options: PageOptions): AsyncGenerator<CommentPage> {
  let after = startOf(options)
  for (;;) {
    const page = await readPage(client, { ...options, after })
    const last = page.comments.at(-1)
    if (!last) return
    yield page
    after = last.id
  }
}

/** Sorts right before every id of the selection: ids begin with the time of their row, and a string's beginning sorts before it. */
const startOf = ({ since }: Selection) => (since ? lowestIdAt(since).slice(0, -1) : '')

/** One select for each status, each along the index (siteId, status, id), so that nothing is read that is not wanted. */
const selects = ({ siteId, status }: Selection, what: Sql, range: Sql): Sql =>
  unionAll(
    (status ? [status] : [...statuses, REMOVED]).map(
      (one) => sql`SELECT ${what} FROM "Comment" WHERE "siteId" = ${siteId} AND "status" = ${one} AND ${range}`,
    ),
  )

type Row<Model extends 'comment' | 'history' | 'revision'> = Awaited<ReturnType<Client[Model]['findFirstOrThrow']>>
type Picked<From, Names extends readonly (keyof From)[]> = Pick<From, Names[number]>

// The sealed address is read only when it is asked for, and nothing that tells of a network or a browser ever.
const COMMENT = [
  'id',
  'threadId',
  'parentId',
  'status',
  'name',
  'website',
  'moderatorId',
  'pageTitle',
  'body',
  'html',
  'createdAt',
  'editedAt',
  'reports',
  'verdicts',
] as const satisfies (keyof Row<'comment'>)[]
const HISTORY = ['commentId', 'at', 'actorName', 'actorId', 'action', 'from', 'to', 'reason'] as const satisfies (keyof Row<'history'>)[]
const REVISION = [
  'commentId',
  'state',
  'body',
  'html',
  'replacedBody',
  'replacedHtml',
  'verdicts',
  'createdAt',
] as const satisfies (keyof Row<'revision'>)[]

type CommentRow = Picked<Row<'comment'>, typeof COMMENT> & { emailSealed?: string | null; url: string; title: string | null }
type HistoryRow = Picked<Row<'history'>, typeof HISTORY>
type RevisionRow = Picked<Row<'revision'>, typeof REVISION>

/** Raw SQL because the models' own reading took most of an export's time: this reads three times as many rows a second. */
async function readPage(client: Client, { after, upTo, emails, ...selection }: PageOptions & { after: string }) {
  const page = selects(selection, sql`"id"`, sql`"id" > ${after} ORDER BY "id" LIMIT ${PAGE}`)
  const rows = await client.$queryRaw<CommentRow[]>(sql`
    SELECT ${columns('c', emails ? [...COMMENT, 'emailSealed'] : COMMENT)}, t."url", t."title"
    FROM (${page} ORDER BY "id" LIMIT ${PAGE}) AS page JOIN "Comment" AS c ON c."id" = page."id" JOIN "Thread" AS t ON t."id" = c."threadId"
    ORDER BY c."id"`)
  const comments = rows.filter(({ id }) => id <= upTo) // not in the select: of a range with two open ends PostgreSQL expects few rows, and sorts
  if (comments.length === 0) return { comments, history: new Map<string, HistoryRow[]>(), revisions: new Map<string, RevisionRow[]>() }
  const these = list(comments.map(({ id }) => id))
  const history = await client.$queryRaw<HistoryRow[]>(sql`
    SELECT ${columns('h', HISTORY)} FROM "History" AS h WHERE h."commentId" IN (${these}) ORDER BY h."commentId", h."id"`)
  const revisions = await client.$queryRaw<RevisionRow[]>(sql`
    SELECT ${columns('r', REVISION)} FROM "Revision" AS r WHERE r."commentId" IN (${these}) ORDER BY r."commentId", r."id"`)
  return { comments, history: byComment(history), revisions: byComment(revisions) }
}

function byComment<Entry extends { commentId: string }>(entries: Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) {
    const group = groups.get(entry.commentId)
    if (group) group.push(entry)
    else groups.set(entry.commentId, [entry])
  }
  return groups
}

/**
 * Down the primary key, over the threads of every site: one scan in all. IS TRUE keeps the database from the index
 * (siteId, key), along which it would sort all threads of the site again for every page.
 */
async function threadIds(client: Client, { siteId, after }: { siteId: string; after: string }): Promise<string[]> {
  const rows = await client.$queryRaw<{ id: string }[]>(
    sql`SELECT "id" FROM "Thread" WHERE ("siteId" = ${siteId}) IS TRUE AND "id" > ${after} ORDER BY "id" LIMIT ${PAGE}`,
  )
  return rows.map(({ id }) => id)
}

async function withSelectedComments(client: Client, ids: string[], selection: Selection & { upTo: string | null }): Promise<string[]> {
  if (selection.upTo === null) return []
  const found = await client.comment.groupBy({
    by: ['threadId'],
    where: {
      threadId: { in: ids },
      id: { gt: startOf(selection), lte: selection.upTo },
      ...(selection.status && { status: selection.status }),
    },
  })
  return found.map(({ threadId }) => threadId)
}

const findThreads = (client: Client, ids: string[]) =>
  client.thread.findMany({
    where: { id: { in: ids } },
    orderBy: { id: 'asc' },
    select: { id: true, url: true, title: true, open: true, createdAt: true },
  })
