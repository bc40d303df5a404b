import { setImmediate } from 'node:timers/promises'
import { REMOVED, statuses, type Status } from '../comments/comment.ts'
import { fold } from '../markup/text.ts'
import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/sites.ts'
import { isWithin } from './bounds.ts'
import type { Narrowed } from './queue-query.ts'
import { idsAlong } from './range-store.ts'
import type { SearchQuery } from './search-store.ts'
import { findByIds, findQueued, type QueuedRow } from './store.ts'

/** Rows read at once while looking for those that fit conditions no index knows. */
const READ_AT_ONCE = 200

export interface Asked {
  db: Pick<Database, 'read' | 'provider'>
  /** Finds comments by a part of their text or name; in a worker, since that reads long. */
  search: (query: SearchQuery) => Promise<string[]>
  sites: Site[]
  status: Status | undefined
  narrowed: Narrowed
  order: 'asc' | 'desc'
}

/** Some rows, the last id that was looked at, and whether there are no more behind it. */
interface Part {
  rows: QueuedRow[]
  last: string | undefined
  isWhole: boolean
}

type Read = (asked: Asked, after: string | undefined, take: number) => Promise<Part>

/** The first rows after a place that fit. Reads on until there are enough of those that no index, nor the worker, could look for. */
export async function readFitting(asked: Asked, after: string | undefined, take: number): Promise<QueuedRow[]> {
  const { read, allFit } = wayOf(asked.narrowed)
  const found: QueuedRow[] = []
  let from = after
  for (;;) {
    const { rows, last, isWhole } = await read(asked, from, allFit ? take : READ_AT_ONCE)
    found.push(...rows.filter((row) => fits(row, asked)))
    if (isWhole || found.length >= take) return found.slice(0, take)
    from = last
    await setImmediate() // SQLite's adapter never waits for anything, so without this nobody else would be answered meanwhile
  }
}

/** Along what a question is read, and whether every row found that way fits. */
function wayOf({ text, name, reportedIds, emailIndex, networkIndex, threadIds }: Narrowed): { read: Read; allFit: boolean } {
  if (reportedIds) return { read: readReported, allFit: false }
  if (threadIds) return { read: readRanges, allFit: !text && !name }
  if (emailIndex || networkIndex) return { read: readAlong, allFit: !text && !name && !(emailIndex && networkIndex) }
  if (text || name) return { read: readSearch, allFit: !name }
  return { read: readRanges, allFit: true }
}

/** An index range for each site and status, or the articles' own rows, merged. */
async function readRanges({ db, sites, status, narrowed, order }: Asked, after: string | undefined, take: number): Promise<Part> {
  const wanted = status ? [status] : statuses
  const siteIds = narrowed.threadIds ? [undefined] : sites.map(({ id }) => id)
  const { from, to } = narrowed
  const bounds = { from, to, after, order }
  const ranges = siteIds.flatMap((siteId) =>
    wanted.map((one) => findQueued(db.read, { siteId, filter: { ...narrowed, status: one }, bounds, take })),
  )
  const rows = (await Promise.all(ranges)).flat()
  const distinct = [...new Map(rows.map((row) => [row.id, row])).values()] // a public comment with a waiting revision is in two ranges
  const first = distinct.toSorted((a, b) => (a.id < b.id === (order === 'asc') ? -1 : 1)).slice(0, take)
  return { rows: first, last: first.at(-1)?.id, isWhole: first.length < take }
}

/** The same along the index of authors, or else of networks. */
async function readAlong({ db, sites, status, narrowed, order }: Asked, after: string | undefined, take: number): Promise<Part> {
  const { emailIndex, networkIndex, from, to } = narrowed
  const along =
    emailIndex === undefined
      ? ({ column: 'networkIndex', value: networkIndex ?? '' } as const)
      : ({ column: 'emailIndex', value: emailIndex } as const)
  const bounds = { from, to, after, order }
  const found = await Promise.all(sites.map(({ id: siteId }) => idsAlong(db, { siteId, ...along, status, bounds, take })))
  const inOrder = found.flat().toSorted()
  const ids = (order === 'asc' ? inOrder : inOrder.toReversed()).slice(0, take)
  return { rows: await findByIds(db.read, ids), last: ids.at(-1), isWhole: ids.length < take }
}

/** The same for a part of text or name, which the worker looks for. */
async function readSearch({ db, search, sites, status, narrowed, order }: Asked, after: string | undefined, take: number): Promise<Part> {
  const { text, name, from, to } = narrowed
  const ids = await search({ siteIds: sites.map(({ id }) => id), status, text: text || name, take, from, to, after, order })
  return { rows: await findByIds(db.read, ids), last: ids.at(-1), isWhole: ids.length < take }
}

/** The same among those that readers pointed at. */
async function readReported({ db, narrowed, order }: Asked, after: string | undefined, take: number): Promise<Part> {
  const { reportedIds = [], from, to } = narrowed
  const inOrder = order === 'asc' ? reportedIds.toReversed() : reportedIds
  const ids = inOrder.filter((id) => isWithin(id, { from, to, after, order })).slice(0, take)
  return { rows: await findByIds(db.read, ids), last: ids.at(-1), isWhole: ids.length < take }
}

/** Whether a row is what was asked for; it may have been decided since it was found. */
function fits(row: QueuedRow, { status, narrowed }: Asked): boolean {
  const { emailIndex, networkIndex, threadIds, reportedIds, name, text } = narrowed
  if (row.status === REMOVED || (status && (status === 'pending' ? row.queue : row.status) !== status)) return false
  if (emailIndex !== undefined && row.emailIndex !== emailIndex) return false
  if (networkIndex !== undefined && row.networkIndex !== networkIndex) return false
  if (threadIds && !threadIds.includes(row.threadId)) return false
  if (reportedIds && row.reports === 0) return false
  return fold(row.name).includes(name) && row.folded.includes(text)
}
