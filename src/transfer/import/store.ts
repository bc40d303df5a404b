import { z } from 'zod'
import { type BulkRows, insertBulk } from '../../database/bulk-insert.ts'
import type { Client, Database, Transaction } from '../../database/connect.ts'
import { CSV_COLUMNS } from '../csv-columns.ts'
import { ImportProblem } from './problem.ts'
import type { ReadOptions } from './read-file.ts'
import type { ImportReport } from './report.ts'

type StoredImport = Awaited<ReturnType<Client['import']['findUniqueOrThrow']>>
export type ImportRow = Omit<StoredImport, 'options' | 'report' | 'problem'> & {
  options: ReadOptions
  /** One that an older version wrote may lack what came since. */
  report: ImportReport | null
  problem: ImportProblem | null
}

const Options = z.looseObject({
  base: z.string().optional(),
  from: z.string().optional(),
  columns: z.partialRecord(z.enum(CSV_COLUMNS), z.string()).optional(),
  rejects: z.boolean().optional(),
}) satisfies z.ZodType<ReadOptions>

const toImport = (row: StoredImport): ImportRow => ({
  ...row,
  options: Options.parse(row.options),
  report: row.report as ImportReport | null,
  problem: ImportProblem.nullable().parse(row.problem),
})

export const insertImport = async (tx: Transaction, data: Parameters<Transaction['import']['create']>[0]['data']): Promise<ImportRow> =>
  toImport(await tx.import.create({ data }))

export async function findImport(client: Client | Transaction, { siteId, id }: { siteId: string; id: string }): Promise<ImportRow | null> {
  const row = await client.import.findFirst({ where: { siteId, id } })
  return row && toImport(row)
}

export const stateOf = async (client: Client, id: string) =>
  (await client.import.findUnique({ where: { id }, select: { state: true } }))?.state

/** How far an import has come. */
export const positionOf = async (client: Client, id: string): Promise<number> =>
  (await client.import.findUniqueOrThrow({ where: { id }, select: { position: true } })).position

/** A site's imports, the newest first. */
export async function listImports(client: Client, { siteId, before, take }: { siteId: string; before: string | undefined; take: number }) {
  const where = { siteId, ...(before !== undefined && { id: { lt: before } }) }
  return (await client.import.findMany({ where, orderBy: { id: 'desc' }, take })).map(toImport)
}

/** What waits for somebody to work on it, or is left by somebody who does not any more; the oldest first. */
export async function findDue(client: Client, now: Date): Promise<ImportRow[]> {
  const rows = await client.import.findMany({
    where: { state: { in: ['queued', 'running'] }, OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }] },
    orderBy: { id: 'asc' },
    take: 100,
  })
  return rows.map(toImport)
}

/** Whether somebody works on another import of the site: one at a time. */
export const isBusy = async (tx: Transaction, { siteId, id, now }: { siteId: string; id: string; now: Date }): Promise<boolean> =>
  (await tx.import.count({ where: { siteId, id: { not: id }, state: 'running', leaseUntil: { gt: now } } })) > 0

/** Takes the lease if nobody has it; false when somebody was faster. */
export async function takeLease(tx: Transaction, { id, leaseId, now, until }: { id: string; leaseId: string; now: Date; until: Date }) {
  const { count } = await tx.import.updateMany({
    where: { id, state: { in: ['queued', 'running'] }, OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }] },
    data: { state: 'running', leaseId, leaseUntil: until, attempts: { increment: 1 } },
  })
  return count === 1
}

type Change = Parameters<Transaction['import']['updateMany']>[0]['data']

/** Changes an import as long as the lease is held; false when it is not any more, or the import was cancelled. */
export async function changeHeld(tx: Transaction, { id, leaseId, data }: { id: string; leaseId: string; data: Change }): Promise<boolean> {
  const { count } = await tx.import.updateMany({ where: { id, leaseId, state: 'running' }, data })
  return count === 1
}

/** Ends an import that nobody ended before. */
export async function endImport(tx: Transaction, { id, data }: { id: string; data: Change }): Promise<boolean> {
  const { count } = await tx.import.updateMany({ where: { id, state: { in: ['queued', 'running'] } }, data })
  return count === 1
}

/** Remembers what was taken over of a comment that came in before. */
export const rememberChange = (
  tx: Transaction,
  { siteId, source, name, origin, hash, version }: ExternalName & { hash: string; version: number },
) => tx.externalId.updateMany({ where: { siteId, source, name, origin }, data: { hash, version } })

interface ExternalName {
  siteId: string
  source: string
  name: string
  origin: string
}

const AT_ONCE = 500

/** Gives names from before origins were kept the origin that they turned out to have. */
export async function adoptNames(
  tx: Transaction,
  { siteId, source, adopted }: { siteId: string; source: string; adopted: { name: string; origin: string }[] },
): Promise<void> {
  for (const origin of new Set(adopted.map((one) => one.origin))) {
    const names = adopted.filter((one) => one.origin === origin).map(({ name }) => name)
    for (let from = 0; from < names.length; from += AT_ONCE)
      await tx.externalId.updateMany({
        where: { siteId, source, origin: '', name: { in: names.slice(from, from + AT_ONCE) } },
        data: { origin },
      })
  }
}

/** Adds names; one that is there already stays as it is. */
export const insertNames = (tx: Transaction, { db, rows }: { db: Database; rows: BulkRows | null }): Promise<void> =>
  rows ? insertBulk(tx, { provider: db.provider, bulk: rows, orIgnore: true }) : Promise.resolve()

/** How many of these comments a site has, by thread and status. The site is compared here, since SQLite would walk through all that it has. */
export async function countWritten(tx: Transaction, { siteId, ids }: { siteId: string; ids: string[] }) {
  const groups = await tx.comment.groupBy({ by: ['siteId', 'threadId', 'status'], where: { id: { in: ids } }, _count: true })
  return groups.filter((group) => group.siteId === siteId).map(({ threadId, status, _count: count }) => ({ threadId, status, count }))
}

/** Which comment of a site has a name elsewhere. */
export const findByName = (client: Client, { siteId, name }: { siteId: string; name: string }) =>
  client.externalId.findMany({
    where: { siteId, name },
    orderBy: [{ source: 'asc' }, { origin: 'asc' }],
    select: { commentId: true, source: true, origin: true },
  })
