import type { Client, Transaction } from '../database/connect.ts'
import { type Settings, settingsOf } from './settings.ts'

/** A site as the rest of the program knows it. */
export interface Site {
  id: string
  key: string
  name: string
  locale: string
  allowedOrigins: string[]
  settings: Settings
  version: number
  createdAt: Date
}

type Row = Awaited<ReturnType<Client['site']['findUniqueOrThrow']>>

const toSite = (row: Row): Site => ({
  id: row.id,
  key: row.key,
  name: row.name,
  locale: row.locale,
  allowedOrigins: row.allowedOrigins as string[],
  settings: settingsOf(row.settings),
  version: row.version,
  createdAt: row.createdAt,
})

export async function findSite(client: Client, where: { key: string } | { id: string }): Promise<Site | null> {
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
  site: Omit<Site, 'version' | 'settings'> & { settings: Partial<Settings> },
): Promise<Site> {
  return toSite(await tx.site.create({ data: site }))
}

/** What an owner may change of a site. */
export interface SiteChanges {
  name?: string | undefined
  locale?: string | undefined
  allowedOrigins?: string[] | undefined
  settings?: { [Name in keyof Settings]?: Settings[Name] | undefined } | undefined
}

/** Merges the changes into the row; settings that are not named stay. */
export async function updateSite(tx: Transaction, { id, changes }: { id: string; changes: SiteChanges }): Promise<Site> {
  const { settings, ...rest } = changes
  const columns = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  await tx.site.update({ where: { id }, data: { ...columns, version: { increment: 1 } } })
  const current = await tx.site.findUniqueOrThrow({ where: { id } })
  if (!settings) return toSite(current)
  return toSite(await tx.site.update({ where: { id }, data: { settings: { ...(current.settings as object), ...settings } } }))
}

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
