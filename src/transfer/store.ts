import type { Client, Database } from '../database/connect.ts'
import type { RawOf } from '../database/rows.ts'
import { columns, list, named, sql } from '../database/sql.ts'
import { endOf, type Selection, selects, startOf } from './selection.ts'

/** Rows read at once. No transaction is held between two pages, however slowly they are taken. */
const PAGE = 250

/** The newest selected comment at this moment: an export ends there, even if comments come in faster than it is read. */
export async function newestComment({ rows }: Pick<Database, 'rows'>, selection: Selection): Promise<string | null> {
  const newest = selects(selection, sql`MAX("id") AS "id"`, sql`"id" > ${startOf(selection)} AND "id" < ${endOf(selection)}`)
  const [row] = await rows<{ id: string | null }>(sql`SELECT MAX("id") AS "id" FROM (${newest}) AS "newest"`)
  return row?.id ?? null
}

/** What of a selected comment can be read: all of it, or what formats without a history have room for. */
export type Extent = 'all' | 'text'
/** A page of comments with what belongs to them. */
export type CommentPage = Awaited<ReturnType<typeof readPage>>
/** `ips`: with the sealed IP addresses. */
export type PageOptions = Selection & { upTo: string; emails: boolean; ips: boolean; extent: Extent }

/** The selected comments in the order of their ids, which is the order in which they were made, up to the given one. */
export async function* commentPages(db: Pick<Database, 'rows'>, options: PageOptions): AsyncGenerator<CommentPage> {
  let after = startOf(options)
  for (;;) {
    const page = await readPage(db, { ...options, after })
    const last = page.comments.at(-1)
    if (!last) return
    yield page
    after = last.id
  }
}

type Row<Model extends 'comment' | 'history' | 'revision' | 'report'> = RawOf<Awaited<ReturnType<Client[Model]['findFirstOrThrow']>>>
type Picked<From, Names extends readonly (keyof From)[]> = Pick<From, Names[number]>

// The sealed addresses are read only when they are asked for, and what was computed from a network or a browser never.
const COMMENT = [
  'id',
  'threadId',
  'parentId',
  'status',
  'version',
  'depth',
  'name',
  'website',
  'moderatorId',
  'pageTitle',
  'body',
  'html',
  'sanitizer',
  'createdAt',
  'editedAt',
  'verdicts',
] as const satisfies (keyof Row<'comment'>)[]
const HISTORY = [
  'id',
  'commentId',
  'at',
  'actorName',
  'actorId',
  'action',
  'from',
  'to',
  'reason',
  'version',
  'revisionId',
  'batchId',
  'via',
] as const satisfies (keyof Row<'history'>)[]
const REVISION = [
  'id',
  'commentId',
  'state',
  'body',
  'html',
  'sanitizer',
  'replacedBody',
  'replacedHtml',
  'verdicts',
  'createdAt',
] as const satisfies (keyof Row<'revision'>)[]
const REPORT = ['id', 'commentId', 'reason', 'dismissed', 'createdAt'] as const satisfies (keyof Row<'report'>)[]

type CommentRow = Picked<Row<'comment'>, typeof COMMENT> & {
  emailSealed?: string | null
  ipSealed?: string | null
  url: string
  title: string | null
}
type HistoryRow = Picked<Row<'history'>, typeof HISTORY>
type RevisionRow = Picked<Row<'revision'>, typeof REVISION>
type ReportRow = Picked<Row<'report'>, typeof REPORT>

async function readPage(db: Pick<Database, 'rows'>, { after, upTo, emails, ips, extent, ...selection }: PageOptions & { after: string }) {
  const page = selects(selection, sql`"id"`, sql`"id" > ${after} ORDER BY "id" LIMIT ${PAGE}`)
  const rows = await db.rows<CommentRow>(sql`
    SELECT ${columns('c', [...COMMENT, ...(emails ? ['emailSealed'] : []), ...(ips ? ['ipSealed'] : [])])}, t."url", t."title"
    FROM (${page} ORDER BY "id" LIMIT ${PAGE}) AS page JOIN "Comment" AS c ON c."id" = page."id" JOIN "Thread" AS t ON t."id" = c."threadId"
    ORDER BY c."id"`)
  const comments = rows.filter(({ id }) => id <= upTo) // not in the select: of a range with two open ends PostgreSQL expects few rows, and sorts
  const these = extent === 'all' ? comments.map(({ id }) => id) : []
  return {
    comments,
    history: await belonging<HistoryRow>(db, { table: 'History', names: HISTORY, these }),
    revisions: await belonging<RevisionRow>(db, { table: 'Revision', names: REVISION, these }),
    reports: await belonging<ReportRow>(db, { table: 'Report', names: REPORT, these }),
  }
}

/** What belongs to these comments, by comment, in the order of the ids. */
async function belonging<Entry extends { commentId: string }>(
  db: Pick<Database, 'rows'>,
  { table, names, these }: { table: 'History' | 'Revision' | 'Report'; names: readonly string[]; these: string[] },
): Promise<Map<string, Entry[]>> {
  const groups = new Map<string, Entry[]>()
  if (these.length === 0) return groups
  const entries = await db.rows<Entry>(sql`
    SELECT ${columns('x', names)} FROM ${named(table)} AS x WHERE x."commentId" IN (${list(these)}) ORDER BY x."commentId", x."id"`)
  for (const entry of entries) {
    const group = groups.get(entry.commentId)
    if (group) group.push(entry)
    else groups.set(entry.commentId, [entry])
  }
  return groups
}
