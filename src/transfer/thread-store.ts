import type { Client } from '../database/connect.ts'
import { sql } from '../database/sql.ts'
import { endOf, isPart, type Selection, startOf } from './selection.ts'

/** Rows read at once. No transaction is held between two pages, however slowly they are taken. */
const PAGE = 250

export type ThreadRow = Awaited<ReturnType<typeof findThreads>>[number]

/** How far an export goes: the newest thread and the newest comment of its beginning. */
export interface Snapshot {
  thread: string | null
  comment: string | null
}

/** The thread with these addresses' key. */
export const threadByKey = (client: Client, { siteId, key }: { siteId: string; key: string }) =>
  client.thread.findUnique({ where: { siteId_key: { siteId, key } }, select: { id: true, url: true } })

/** The newest thread at this moment. */
export async function newestThread(client: Client, { siteId, thread }: Selection): Promise<string | null> {
  if (thread) return thread.id
  const [row] = await client.$queryRaw<{ id: string }[]>(
    sql`SELECT "id" FROM "Thread" WHERE ("siteId" = ${siteId}) IS TRUE ORDER BY "id" DESC LIMIT 1`,
  )
  return row?.id ?? null
}

/** The site's threads in the order of their ids; of a part of the comments, only the threads that these stand in. */
export async function* threadsById(client: Client, selection: Selection, upTo: Snapshot): AsyncGenerator<ThreadRow> {
  if (selection.thread) return yield* await wanted(client, { ids: [selection.thread.id], selection, upTo })
  let after = ''
  for (;;) {
    const ids = await threadIds(client, { siteId: selection.siteId, after })
    const last = ids.at(-1)
    if (last === undefined || upTo.thread === null) return
    const newest = upTo.thread
    yield* await wanted(client, { ids: ids.filter((id) => id <= newest), selection, upTo })
    after = last
  }
}

const wanted = async (client: Client, { ids, selection, upTo }: { ids: string[]; selection: Selection; upTo: Snapshot }) =>
  findThreads(client, isPart(selection) ? await withSelectedComments(client, { ids, selection, upTo }) : ids)

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

async function withSelectedComments(
  client: Client,
  { ids, selection, upTo }: { ids: string[]; selection: Selection; upTo: Snapshot },
): Promise<string[]> {
  if (upTo.comment === null) return []
  const found = await client.comment.groupBy({
    by: ['threadId'],
    where: {
      threadId: { in: ids },
      id: { gt: startOf(selection), lt: endOf(selection), lte: upTo.comment },
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
