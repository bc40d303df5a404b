import { locate } from '../files/addresses.ts'
import { dateOfSeconds } from '../files/dates.ts'
import { textIn } from '../files/fields.ts'
import { leftOut, orNull, removedComment, skipped } from '../files/found.ts'
import { isSqliteFile, openSqliteFile, type Row } from '../files/sqlite.ts'
import { refuseOther } from '../guess.ts'
import type { Reason } from '../reasons.ts'
import type { Found, FoundComment, Skipped, Source } from '../source.ts'
import { issoAuthor, issoJson } from './isso-json.ts'

/**
 * Isso's SQLite file (`isso/db/comments.py` and `threads.py`), of any version, or the JSON that it takes in itself (isso-json.ts). Threads
 * are known by path, so the site's address must be given as the base.
 */
export const isso: Source = {
  async *read({ file, options }) {
    await refuseOther({ file, name: 'isso' })
    yield* (await isSqliteFile(file)) ? inSqlite(file, options.base) : issoJson(file, options.base)
  },
}

async function* inSqlite(file: string, base: string | undefined): AsyncGenerator<Found, void> {
  const database = await openSqliteFile({ file, tables: ['threads', 'comments'] })
  try {
    const unplaced = new Map<string, { reason: Reason; address: string }>()
    const threads = new Set<string>()
    for (const { fields, at } of database.rows({ table: 'threads', columns: ['id', 'uri', 'title'] })) {
      const externalId = textIn(fields, 'id')
      threads.add(externalId)
      const located = locate(textIn(fields, 'uri'), base)
      if ('reason' in located) unplaced.set(externalId, { reason: located.reason, address: textIn(fields, 'uri') })
      else yield { type: 'thread', at, externalId, url: located.url, title: orNull(textIn(fields, 'title')) }
    }
    for (const row of database.rows({ table: 'comments', columns: COLUMNS })) yield readComment({ row, threads, unplaced })
  } finally {
    await database.close()
  }
}

const COLUMNS = ['tid', 'id', 'parent', 'created', 'modified', 'mode', 'remote_addr', 'text', 'author', 'email', 'website']

/** @param unplaced threads that cannot be taken */
function readComment({
  row: { fields, at, flaw },
  threads,
  unplaced,
}: {
  row: Row
  threads: Set<string>
  unplaced: Map<string, { reason: Reason; address: string }>
}): FoundComment | Skipped {
  if (flaw) return skipped({ at, externalId: orNull(textIn(fields, 'id')), reason: flaw, raw: fields })
  const comment = commentOf({ fields, at })
  const { externalId, threadExternalId: thread } = comment
  const refusal = unplaced.get(thread)
  if (externalId === '') return leftOut({ comment, address: refusal?.address ?? '', reason: 'no-id' })
  if (refusal) return leftOut({ comment, ...refusal })
  return threads.has(thread) ? comment : leftOut({ comment, reason: 'article-missing' })
}

function commentOf({ fields, at }: Pick<Row, 'fields' | 'at'>): FoundComment {
  const parent = textIn(fields, 'parent')
  const place = {
    at,
    externalId: textIn(fields, 'id'),
    threadExternalId: textIn(fields, 'tid'),
    parentExternalId: parent === '0' ? null : orNull(parent),
    createdAt: dateOfSeconds(fields['created']),
  }
  const mode = textIn(fields, 'mode')
  if (mode === DELETED) return removedComment(place)
  return {
    type: 'comment',
    ...place,
    status: mode === PENDING ? 'pending' : 'approved',
    author: issoAuthor(fields),
    body: textIn(fields, 'text'),
    markup: 'markdown',
    editedAt: dateOfSeconds(fields['modified']),
  }
}

/** Isso keeps the place of a comment that has answers, and deletes the rest. */
const DELETED = '4'
const PENDING = '2'
