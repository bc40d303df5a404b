import type { Client } from '../database/connect.ts'
import { columns, list, named, sql } from '../database/sql.ts'
import { endOf, type Selection, selects, startOf } from './selection.ts'

/** Rows read at once. No transaction is held between two pages, however slowly they are taken. */
const PAGE = 250

export const findSiteToExport = (client: Client, id: string) =>
  client.site.findUnique({ where: { id }, select: { key: true, name: true, locale: true } })

/** The newest selected comment at this moment: an export ends there, even if comments come in faster than it is read. */
export async function newestComment(client: Client, selection: Selection): Promise<string | null> {
  const newest = selects(selection, sql`MAX("id") AS "id"`, sql`"id" > ${startOf(selection)} AND "id" < ${endOf(selection)}`)
  const [row] = await client.$queryRaw<{ id: string | null }[]>(sql`SELECT MAX("id") AS "id" FROM (${newest}) AS "newest"`)
  return row?.id ?? null
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

type Row<Model extends 'comment' | 'history' | 'revision' | 'report'> = Awaited<ReturnType<Client[Model]['findFirstOrThrow']>>
type Picked<From, Names extends readonly (keyof From)[]> = Pick<From, Names[number]>

// The sealed address is read only when it is asked for, and nothing that tells of a network or a browser ever.
const COMMENT = [
  'id',
  'threadId',
  'parentId',
  'status',
  'version',
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

type CommentRow = Picked<Row<'comment'>, typeof COMMENT> & { emailSealed?: string | null; url: string; title: string | null }
type HistoryRow = Picked<Row<'history'>, typeof HISTORY>
type RevisionRow = Picked<Row<'revision'>, typeof REVISION>
type ReportRow = Picked<Row<'report'>, typeof REPORT>

/** Raw SQL because the models' own reading took most of an export's time: this reads three times as many rows a second. */
async function readPage(client: Client, { after, upTo, emails, ...selection }: PageOptions & { after: string }) {
  const page = selects(selection, sql`"id"`, sql`"id" > ${after} ORDER BY "id" LIMIT ${PAGE}`)
  const rows = await client.$queryRaw<CommentRow[]>(sql`
    SELECT ${columns('c', emails ? [...COMMENT, 'emailSealed'] : COMMENT)}, t."url", t."title"
    FROM (${page} ORDER BY "id" LIMIT ${PAGE}) AS page JOIN "Comment" AS c ON c."id" = page."id" JOIN "Thread" AS t ON t."id" = c."threadId"
    ORDER BY c."id"`)
  const comments = rows.filter(({ id }) => id <= upTo) // not in the select: of a range with two open ends PostgreSQL expects few rows, and sorts
  const these = comments.map(({ id }) => id)
  return {
    comments,
    history: await belonging<HistoryRow>(client, { table: 'History', names: HISTORY, these }),
    revisions: await belonging<RevisionRow>(client, { table: 'Revision', names: REVISION, these }),
    reports: await belonging<ReportRow>(client, { table: 'Report', names: REPORT, these }),
  }
}

/** What belongs to these comments, by comment, in the order of the ids. */
async function belonging<Entry extends { commentId: string }>(
  client: Client,
  { table, names, these }: { table: 'History' | 'Revision' | 'Report'; names: readonly string[]; these: string[] },
): Promise<Map<string, Entry[]>> {
  const groups = new Map<string, Entry[]>()
  if (these.length === 0) return groups
  const entries = await client.$queryRaw<Entry[]>(sql`
    SELECT ${columns('x', names)} FROM ${named(table)} AS x WHERE x."commentId" IN (${list(these)}) ORDER BY x."commentId", x."id"`)
  for (const entry of entries) {
    const group = groups.get(entry.commentId)
    if (group) group.push(entry)
    else groups.set(entry.commentId, [entry])
  }
  return groups
}
