import { locate, websiteOf } from '../files/addresses.ts'
import { dateOfSeconds } from '../files/dates.ts'
import { textIn } from '../files/fields.ts'
import { orNull, removedComment, skipped } from '../files/found.ts'
import { openSqliteFile, type Row } from '../files/sqlite.ts'
import { refuseOther } from '../guess.ts'
import type { FoundComment, Skipped, Source } from '../source.ts'

/**
 * Isso's SQLite file (`isso/db/comments.py` and `threads.py`), of any version. Threads are known by path, so the site's address must be
 * given as the base.
 */
export const isso: Source = {
  async *read({ file, options }) {
    await refuseOther({ file, name: 'isso' })
    const database = await openSqliteFile({ file, tables: ['threads', 'comments'] })
    try {
      const unplaced = new Map<string, string>()
      const threads = new Set<string>()
      for (const { fields, at } of database.rows({ table: 'threads', columns: ['id', 'uri', 'title'] })) {
        const externalId = textIn(fields, 'id')
        threads.add(externalId)
        const located = locate(textIn(fields, 'uri'), options.base)
        if ('reason' in located) unplaced.set(externalId, located.reason)
        else yield { type: 'thread', at, externalId, url: located.url, title: orNull(textIn(fields, 'title')) }
      }
      const missing = 'its thread is not in the database'
      for (const row of database.rows({ table: 'comments', columns: COLUMNS })) {
        const thread = textIn(row.fields, 'tid')
        yield readComment({ row, refusal: unplaced.get(thread) ?? (threads.has(thread) ? row.flaw : missing) })
      }
    } finally {
      await database.close()
    }
  },
}

const COLUMNS = ['tid', 'id', 'parent', 'created', 'modified', 'mode', 'remote_addr', 'text', 'author', 'email', 'website']

function readComment({ row: { fields, at }, refusal }: { row: Row; refusal: string | null }): FoundComment | Skipped {
  const externalId = textIn(fields, 'id')
  if (externalId === '') return skipped({ at, reason: 'a comment without an id' })
  if (refusal !== null) return skipped({ at, externalId, reason: refusal })
  const parent = textIn(fields, 'parent')
  const place = {
    at,
    externalId,
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
    author: {
      name: textIn(fields, 'author'),
      email: orNull(textIn(fields, 'email')),
      website: websiteOf(textIn(fields, 'website')),
      ip: orNull(textIn(fields, 'remote_addr')),
    },
    body: textIn(fields, 'text'),
    markup: 'markdown',
    editedAt: dateOfSeconds(fields['modified']),
  }
}

/** Isso keeps the place of a comment that has answers, and deletes the rest. */
const DELETED = '4'
const PENDING = '2'
