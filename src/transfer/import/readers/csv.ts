import { createHash } from 'node:crypto'
import type { Status } from '../../../comments/comment.ts'
import { unguarded } from '../../csv.ts'
import { CSV_COLUMNS, type CsvColumn } from '../../csv-columns.ts'
import { locate, websiteOf } from '../files/addresses.ts'
import { csvRecords } from '../files/csv-records.ts'
import { dateOf } from '../files/dates.ts'
import { leftOut, orNull, removedComment, skipped } from '../files/found.ts'
import { LONG } from '../files/limits.ts'
import { unreadable } from '../files/unreadable.ts'
import { refuseOther } from '../guess.ts'
import type { Found, FoundComment, Place, Source, SourceOptions } from '../source.ts'

/**
 * A table with a comment in each row, below a row of names: our own CSV, or anybody's with the columns named. Columns may be missing, but for
 * the article's address and the body. A comment without an id is known by its address, writer, time and body.
 */
export const csv: Source = {
  numbersPerArticle: true,
  async *read({ file, options }) {
    await refuseOther({ file, name: 'csv' })
    let columns: Columns | null = null
    const seen = new Set<string>()
    for await (const { cells, line } of csvRecords({ file })) {
      const at = { line }
      if (!columns) columns = columnsIn(cells, options)
      else if (cells.length > columns.count) yield skipped({ at, reason: 'too-many-cells', raw: cells })
      else yield* readRow({ cells, columns, at, base: options.base, seen })
    }
  },
}

const NEEDED: CsvColumn[] = ['url', 'body']

interface Columns {
  count: number
  indexes: Partial<Record<CsvColumn, number>>
}

function columnsIn(header: string[], { columns: named = {} }: SourceOptions): Columns {
  const names = header.map((name) => name.trim().toLowerCase())
  const indexes: Columns['indexes'] = {}
  for (const field of CSV_COLUMNS) {
    const wanted = named[field] ?? field
    const index = names.indexOf(wanted.trim().toLowerCase())
    if (index >= 0) indexes[field] = index
    else if (named[field] !== undefined || NEEDED.includes(field))
      throw unreadable(`There is no column "${wanted}". The columns are: ${header.slice(0, 30).join(', ')}.`, { line: 1 })
  }
  return { count: header.length, indexes }
}

function* readRow({
  cells,
  columns,
  at,
  base,
  seen,
}: {
  cells: string[]
  columns: Columns
  at: Place
  base: string | undefined
  seen: Set<string>
}): Generator<Found, void> {
  const cell = (field: CsvColumn) => unguarded(cells[columns.indexes[field] ?? -1] ?? '').trim()
  const url = cell('url')
  const externalId = cell('id') || idOf([url, cell('authorName'), cell('createdAt'), cell('body')])
  if (cells.some(({ length }) => length > LONG)) return yield skipped({ at, externalId, reason: 'too-long', raw: cells })
  const comment = commentOf({ cell, at, externalId, threadExternalId: url })
  const located = locate(url, base)
  if ('reason' in located) return yield leftOut({ comment, address: url, reason: located.reason })
  if (!seen.has(url)) {
    seen.add(url)
    yield { type: 'thread', at, externalId: url, url: located.url, title: orNull(cell('title')) }
  }
  yield comment
}

function commentOf({
  cell,
  ...named
}: Pick<FoundComment, 'at' | 'externalId' | 'threadExternalId'> & { cell: (field: CsvColumn) => string }): FoundComment {
  const place = { ...named, parentExternalId: orNull(cell('parentId')), createdAt: dateOf(cell('createdAt')) }
  const status = statuses[cell('status').toLowerCase()] ?? 'pending'
  if (status === 'removed') return removedComment(place)
  return {
    type: 'comment',
    ...place,
    status,
    author: { name: cell('authorName'), email: orNull(cell('authorEmail')), website: websiteOf(cell('authorWebsite')), ip: null },
    body: cell('body'),
    markup: 'typed',
    editedAt: dateOf(cell('editedAt')),
  }
}

const idOf = (parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)

/** Ours, and what other systems call them. A table without the column is one of published comments; another word waits for a moderator. */
const statuses: Record<string, Status | 'removed' | undefined> = {
  '': 'approved',
  approved: 'approved',
  approve: 'approved',
  publish: 'approved',
  published: 'approved',
  true: 'approved',
  yes: 'approved',
  '1': 'approved',
  pending: 'pending',
  spam: 'spam',
  rejected: 'rejected',
  trash: 'rejected',
  removed: 'removed',
  deleted: 'removed',
}
