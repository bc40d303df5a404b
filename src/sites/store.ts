import { z } from 'zod'
import type { Client, Transaction } from '../database/connect.ts'
import { joined, sql } from '../database/sql.ts'
import type { Redirects } from './article-url.ts'
import { mergeSettings, type Settings, type SettingsChange, settingsOf } from './settings.ts'

/** A site as the rest of the program knows it. */
export interface Site {
  id: string
  key: string
  name: string
  locale: string
  allowedOrigins: string[]
  settings: Settings
  /** Filled in by `sites`; empty where nobody asks about addresses. */
  redirects: Redirects
  version: number
  createdAt: Date
}

type Row = Awaited<ReturnType<Client['site']['findUniqueOrThrow']>>

const toSite = (row: Row): Site => ({
  id: row.id,
  key: row.key,
  name: row.name,
  locale: row.locale,
  allowedOrigins: z.array(z.string()).parse(row.allowedOrigins),
  settings: settingsOf(row.settings),
  redirects: new Map(),
  version: row.version,
  createdAt: row.createdAt,
})

export async function findSite(client: Client | Transaction, where: { key: string } | { id: string }): Promise<Site | null> {
  const row = await client.site.findUnique({ where })
  return row && toSite(row)
}

/** Sites by id, or all of them, in the order of their keys. */
export async function listSites(client: Client, ids: string[] | 'all'): Promise<Site[]> {
  const rows = await client.site.findMany({ where: ids === 'all' ? {} : { id: { in: ids } }, orderBy: { key: 'asc' } })
  return rows.map(toSite)
}

export async function insertSite(
  tx: Transaction,
  site: Omit<Site, 'version' | 'settings' | 'redirects'> & { settings: Partial<Settings> },
): Promise<Site> {
  return toSite(await tx.site.create({ data: site }))
}

/** What an owner may change of a site. */
export interface SiteChanges {
  name?: string | undefined
  locale?: string | undefined
  allowedOrigins?: string[] | undefined
  settings?: SettingsChange | undefined
}

/** Merges the changes into the row; settings that are not named stay. Gives the site as it was before, too. */
export async function updateSite(
  tx: Transaction,
  { id, changes }: { id: string; changes: SiteChanges },
): Promise<{ before: Site; site: Site }> {
  const { settings, ...rest } = changes
  const columns = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  await raiseSite(tx, id) // holds the row, so that what is read next is what is changed
  const current = await tx.site.findUniqueOrThrow({ where: { id } })
  const merged = settings && { settings: mergeSettings(current.settings as Partial<Settings>, settings) }
  const after = await tx.site.update({ where: { id }, data: { ...columns, ...merged } })
  return { before: toSite(current), site: toSite(after) }
}

/** Holds a site's row until the transaction ends, and makes new versions of its answers: what is kept of one thread must not pass for another. */
export const raiseSite = (tx: Transaction, id: string) =>
  tx.site.update({ where: { id }, data: { version: { increment: 1 } }, select: { id: true } })

/** What waits, and what was decided, as kept with the site's row. */
export async function siteCounts(client: Client, ids: string[]) {
  const rows = await client.site.findMany({
    where: { id: { in: ids } },
    select: { pendingCount: true, approvedCount: true, rejectedCount: true, spamCount: true },
  })
  const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + pick(row), 0)
  return {
    pending: sum((r) => r.pendingCount),
    approved: sum((r) => r.approvedCount),
    rejected: sum((r) => r.rejectedCount),
    spam: sum((r) => r.spamCount),
  }
}

/** A thread, as much of it as decides about its key. */
export interface KeptThread {
  id: string
  url: string
  key: string
  approvedCount: number
}

/** How many threads are read, or given keys, by one statement. */
const AT_ONCE = 2000

/** All threads of a site, the oldest first. Down the primary key, as IS TRUE has it, since the other index knows no order of ids. */
export async function threadsOf(tx: Transaction, siteId: string): Promise<KeptThread[]> {
  const page = (after: string) =>
    tx.$queryRaw<(Omit<KeptThread, 'approvedCount'> & { approvedCount: number | bigint })[]>(sql`
      SELECT "id", "url", "key", "approvedCount" FROM "Thread"
      WHERE ("siteId" = ${siteId}) IS TRUE AND "id" > ${after} ORDER BY "id" LIMIT ${AT_ONCE}`)
  const threads: KeptThread[] = []
  for (let next = await page(''); next.length > 0; next = await page(threads.at(-1)?.id ?? '')) {
    for (const row of next) threads.push({ ...row, approvedCount: Number(row.approvedCount) })
  }
  return threads
}

interface Move {
  id: string
  from: string
  to: string
}

/** Gives threads other keys, also ones that others among them have at the moment: those get out of the way first. */
export async function moveThreadKeys(tx: Transaction, moves: Move[]): Promise<void> {
  const taken = new Set(moves.map(({ to }) => to))
  const inTheWay = moves.filter(({ from }) => taken.has(from)).map(({ id }) => ({ id, to: id }))
  for (const some of [...chunksOf(inTheWay), ...chunksOf(moves)]) {
    const rows = joined(some.map(({ id, to }) => sql`(${id}, ${to})`))
    await tx.$executeRaw(sql`
      UPDATE "Thread" SET "key" = moved."column2" FROM (VALUES ${rows}) AS moved WHERE "Thread"."id" = moved."column1"`)
  }
}

function chunksOf<Item>(items: Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, n) => items.slice(n * AT_ONCE, (n + 1) * AT_ONCE))
}

const KEYS = 'thread-keys'

/** Which version of the rules' meaning the threads' keys were made by. */
export async function keysVersion(client: Client): Promise<number> {
  return Number((await client.meta.findUnique({ where: { key: KEYS } }))?.value ?? 0)
}

export const setKeysVersion = (tx: Transaction, version: number) =>
  tx.meta.upsert({ where: { key: KEYS }, create: { key: KEYS, value: String(version) }, update: { value: String(version) } })
