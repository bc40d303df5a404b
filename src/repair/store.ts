import { z } from 'zod'
import { columns, sql } from '../database/sql.ts'
import type { Client, Transaction } from '../database/connect.ts'

export type ThreadRow = Awaited<ReturnType<Client['thread']['findFirstOrThrow']>>
type StoredRepair = Awaited<ReturnType<Client['repair']['findFirstOrThrow']>>
export type RepairRow = Omit<StoredRepair, 'thread'> & { thread: z.output<typeof KeptThread> | null }
type NewRepair = Extract<NonNullable<Parameters<Transaction['repair']['createMany']>[0]>['data'], unknown[]>[number]

/** A thread as it was before it was moved or merged. */
const KeptThread = z.object({
  id: z.string(),
  url: z.string(),
  key: z.string(),
  title: z.string().nullable(),
  open: z.boolean(),
  createdAt: z.coerce.date(),
})

const toRepair = (row: StoredRepair): RepairRow => ({ ...row, thread: KeptThread.nullable().parse(row.thread) })

const AT_ONCE = 500

/** A thread, as much of it as tells whether it is another one's twin. */
export interface ListedThread {
  id: string
  url: string
  title: string | null
  count: number
  createdAt: Date
}

/** Threads of a site after an id, in the order of ids. Down the primary key, as IS TRUE has it, since the other index knows no such order. */
export async function threadPage(client: Client, { siteId, after, take }: { siteId: string; after: string; take: number }) {
  const rows = await client.$queryRaw<(Omit<ListedThread, 'createdAt'> & { createdAt: Date | string })[]>(sql`
    SELECT ${columns('t', ['id', 'url', 'title', 'createdAt'])}, t."approvedCount" AS count FROM "Thread" t
    WHERE (t."siteId" = ${siteId}) IS TRUE AND t."id" > ${after} ORDER BY t."id" LIMIT ${take}`)
  return rows.map((row): ListedThread => ({ ...row, createdAt: new Date(row.createdAt) }))
}

export const threadAt = (tx: Transaction, { siteId, key }: { siteId: string; key: string }) =>
  tx.thread.findUnique({ where: { siteId_key: { siteId, key } } })

export const threadById = (tx: Transaction, id: string) => tx.thread.findUnique({ where: { id } })

export const countComments = (client: Client | Transaction, threadId: string) => client.comment.count({ where: { threadId } })

export const renameThread = (tx: Transaction, { id, url, key }: { id: string; url: string; key: string }) =>
  tx.thread.update({ where: { id }, data: { url, key, version: { increment: 1 } } })

/** Moves all comments of a thread into another one, which counts them then, and takes the empty one away. Gives the moved roots. */
export async function mergeThread(tx: Transaction, { source, target }: { source: ThreadRow; target: ThreadRow }): Promise<string[]> {
  const roots = await tx.comment.findMany({ where: { threadId: source.id, parentId: null }, orderBy: { id: 'asc' }, select: { id: true } })
  await tx.comment.updateMany({ where: { threadId: source.id }, data: { threadId: target.id } })
  await tx.thread.update({
    where: { id: target.id },
    data: {
      approvedCount: { increment: source.approvedCount },
      version: Math.max(source.version, target.version) + 1,
      title: target.title ?? source.title,
    },
  })
  await tx.thread.delete({ where: { id: source.id } })
  return roots.map(({ id }) => id)
}

/** Makes a thread again that was merged, with those of its comments that are still where they were moved to, and the replies below them. */
export async function partThread(
  tx: Transaction,
  {
    thread,
    into,
    roots,
  }: { thread: Pick<ThreadRow, 'id' | 'siteId' | 'url' | 'key' | 'title' | 'open' | 'createdAt'>; into: ThreadRow; roots: string[] },
): Promise<void> {
  await tx.thread.create({ data: { ...thread, version: into.version } })
  for (let from = 0; from < roots.length; from += AT_ONCE) {
    const some = roots.slice(from, from + AT_ONCE)
    await tx.comment.updateMany({ where: { threadId: into.id, rootId: { in: some } }, data: { threadId: thread.id } })
  }
  for (const id of [thread.id, into.id]) {
    const approvedCount = await tx.comment.count({ where: { threadId: id, status: 'approved' } })
    await tx.thread.update({ where: { id }, data: { approvedCount, version: { increment: 1 } } })
  }
}

/** Writes repairs down, with the roots that were moved. */
export async function insertRepair(tx: Transaction, { repair, roots }: { repair: NewRepair; roots: string[] }): Promise<void> {
  await tx.repair.createMany({ data: [repair] })
  for (let from = 0; from < roots.length; from += AT_ONCE) {
    const data = roots.slice(from, from + AT_ONCE).map((commentId) => ({ repairId: repair.id, commentId }))
    await tx.repairedRoot.createMany({ data })
  }
}

export const rootsOf = async (tx: Transaction, repairId: string) =>
  (await tx.repairedRoot.findMany({ where: { repairId }, orderBy: { commentId: 'asc' } })).map(({ commentId }) => commentId)

/** The repairs of a batch, the last first. */
export const batchOf = async (
  client: Client | Transaction,
  { siteId, batchId }: { siteId: string; batchId: string },
): Promise<RepairRow[]> => (await client.repair.findMany({ where: { siteId, batchId }, orderBy: { id: 'desc' } })).map(toRepair)

export async function repairsOf(client: Client, { siteId, before, take }: { siteId: string; before: string | undefined; take: number }) {
  const where = { siteId, ...(before !== undefined && { id: { lt: before } }) }
  return (await client.repair.findMany({ where, orderBy: { id: 'desc' }, take })).map(toRepair)
}

/** Marks a repair as undone; false when somebody was faster. */
export const markUndone = async (tx: Transaction, { id, at, name }: { id: string; at: Date; name: string }) =>
  (await tx.repair.updateMany({ where: { id, undoneAt: null }, data: { undoneAt: at, undoneByName: name } })).count === 1
