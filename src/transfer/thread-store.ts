import type { Client, Database } from '../database/connect.ts'
import type { RawOf } from '../database/rows.ts'
import { columns, list, sql } from '../database/sql.ts'
import { endOf, isPart, type Selection, selects, startOf } from './selection.ts'

/** Rows read at once. No transaction is held between two pages, however slowly they are taken. */
const PAGE = 250
/** The same for rows of a few bytes. */
const PLACES = 5000

const THREAD = ['id', 'key', 'url', 'title', 'open', 'createdAt'] as const
export type ThreadRow = Pick<RawOf<Awaited<ReturnType<Client['thread']['findFirstOrThrow']>>>, (typeof THREAD)[number]>

/** How far an export goes: the newest thread and the newest selected comment of its beginning. */
export interface Snapshot {
  thread: string | null
  comment: string | null
}

export const threadByKey = (client: Client, { siteId, key }: { siteId: string; key: string }) =>
  client.thread.findUnique({ where: { siteId_key: { siteId, key } }, select: { id: true, url: true } })

/** The newest thread at this moment. */
export async function newestThread({ rows }: Pick<Database, 'rows'>, { siteId, thread }: Selection): Promise<string | null> {
  if (thread) return thread.id
  const [row] = await rows<{ id: string }>(sql`SELECT "id" FROM "Thread" WHERE ("siteId" = ${siteId}) IS TRUE ORDER BY "id" DESC LIMIT 1`)
  return row?.id ?? null
}

/**
 * A page of the site's threads after another, in the order of their ids; of a part of the comments, only the threads that these
 * stand in. It goes down the primary key, over the threads of every site: one scan in all. IS TRUE keeps the database from the
 * index (siteId, key), along which it would sort all threads of the site again for every page.
 */
export async function* threadPages(
  db: Pick<Database, 'rows' | 'read'>,
  { selection, upTo }: { selection: Selection; upTo: Snapshot },
): AsyncGenerator<ThreadRow[]> {
  const newest = upTo.thread
  if (newest === null) return
  const { siteId, thread } = selection
  const which = thread ? sql`"id" = ${thread.id}` : sql`("siteId" = ${siteId}) IS TRUE`
  let after = ''
  for (;;) {
    const rows = await db.rows<ThreadRow>(
      sql`SELECT ${columns('t', THREAD)} FROM "Thread" AS t WHERE ${which} AND "id" > ${after} ORDER BY "id" LIMIT ${PAGE}`,
    )
    const last = rows.at(-1)
    if (!last) return
    const those = rows.filter(({ id }) => id <= newest)
    yield isPart(selection) ? await withSelectedComments(db, { threads: those, selection, upTo }) : those
    after = last.id
  }
}

async function withSelectedComments(
  { rows }: Pick<Database, 'rows'>,
  { threads, selection, upTo }: { threads: ThreadRow[]; selection: Selection; upTo: Snapshot },
): Promise<ThreadRow[]> {
  if (upTo.comment === null || threads.length === 0) return []
  const { status } = selection
  const found = await rows<{ threadId: string }>(sql`
    SELECT DISTINCT "threadId" FROM "Comment" WHERE "threadId" IN (${list(threads.map(({ id }) => id))})
    AND "id" > ${startOf(selection)} AND "id" < ${endOf(selection)} AND "id" <= ${upTo.comment}
    ${status ? sql`AND "status" = ${status}` : sql``}`)
  const wanted = new Set(found.map(({ threadId }) => threadId))
  return threads.filter(({ id }) => wanted.has(id))
}

/** A comment's place among the others of its thread. */
export interface CommentPosition {
  id: string
  parentId: string | null
  depth: number
  status: string
}

/** Where the selected comments of a thread stand, in the order of their ids. */
export async function* placePages({ rows }: Pick<Database, 'rows'>, selection: Selection, upTo: string): AsyncGenerator<CommentPosition[]> {
  let after = startOf(selection)
  for (;;) {
    const some = selects(
      selection,
      sql`"id", "parentId", "depth", "status"`,
      sql`"id" > ${after} AND "id" <= ${upTo} ORDER BY "id" LIMIT ${PLACES}`,
    )
    const places = await rows<CommentPosition>(sql`SELECT * FROM (${some}) AS places ORDER BY "id" LIMIT ${PLACES}`)
    const last = places.at(-1)
    if (last) yield places
    if (!last || places.length < PLACES) return
    after = last.id
  }
}

/** Whether a comment is among the selected ones. */
export async function isCommentOf({ rows }: Pick<Database, 'rows'>, { selection, id }: { selection: Selection; id: string }) {
  const found = await rows<{ id: string }>(selects(selection, sql`"id"`, sql`"id" = ${id}`))
  return found.length > 0
}
