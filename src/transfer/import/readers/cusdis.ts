import { locate } from '../files/addresses.ts'
import { dateOfMillis } from '../files/dates.ts'
import { type Fields, fieldsOf, isTrue, textIn } from '../files/fields.ts'
import { leftOut, orNull, removedComment, skipped } from '../files/found.ts'
import { isSqliteFile, openSqliteFile } from '../files/sqlite.ts'
import { jsonRecords } from '../files/json.ts'
import { refuseOther } from '../guess.ts'
import type { Reason } from '../reasons.ts'
import type { Found, FoundComment, Place, Source } from '../source.ts'

/**
 * Cusdis' data: its SQLite file (`prisma/sqlite/schema.prisma`), or a JSON dump of its tables `pages` and `comments` as arrays of one object,
 * with the columns' names or the models'. All projects in it are read. A page is known by its address, or by its slug where it has none.
 */
export const cusdis: Source = {
  async *read({ file, options }) {
    await refuseOther({ file, name: 'cusdis' })
    const pages: Pages = new Map()
    const tables = (await isSqliteFile(file)) ? inSqlite(file) : inJson(file)
    for await (const { table, fields, at, flaw } of tables) {
      if (table === 'pages') yield* readPage({ fields, at, base: options.base, pages })
      else yield* readComment({ fields, at, flaw, pages })
    }
  },
}

interface Record {
  table: 'pages' | 'comments'
  fields: Fields
  at: Place
  flaw: Reason | null
}

const PAGE = ['id', 'slug', 'url', 'title', 'created_at']
const COMMENT = ['id', 'pageId', 'created_at', 'deletedAt', 'moderatorId', 'by_email', 'by_nickname', 'content', 'approved', 'parentId']

async function* inSqlite(file: string): AsyncGenerator<Record, void> {
  const database = await openSqliteFile({ file, tables: ['pages', 'comments'] })
  try {
    for (const row of database.rows({ table: 'pages', columns: PAGE })) yield { table: 'pages', ...row }
    for (const row of database.rows({ table: 'comments', columns: COMMENT })) yield { table: 'comments', ...row }
  } finally {
    await database.close()
  }
}

/** The tables may stand in any order, so the file is read twice. */
async function* inJson(file: string): AsyncGenerator<Record, void> {
  const names = { pages: ['pages', 'Page', 'data.pages'], comments: ['comments', 'Comment', 'data.comments'] }
  for (const table of ['pages', 'comments'] as const) {
    for await (const { value, at, flaw } of jsonRecords({ file, arrays: names[table] })) yield { table, fields: fieldsOf(value), at, flaw }
  }
}

/** Pages by id: those that were not passed on with why not. */
type Pages = Map<string, { reason: Reason; address: string } | null>

function* readPage({
  fields,
  at,
  base,
  pages,
}: {
  fields: Fields
  at: Place
  base: string | undefined
  pages: Pages
}): Generator<Found, void> {
  const externalId = textIn(fields, 'id')
  const address = textIn(fields, 'url', 'slug')
  const located = locate(address, base)
  pages.set(externalId, 'reason' in located ? { reason: located.reason, address } : null)
  if ('reason' in located) return
  const createdAt = dateOfMillis(fields['created_at'] ?? fields['createdAt']) ?? undefined
  yield { type: 'thread', at, externalId, url: located.url, title: orNull(textIn(fields, 'title')), createdAt }
}

function* readComment({
  fields,
  at,
  flaw,
  pages,
}: {
  fields: Fields
  at: Place
  flaw: Reason | null
  pages: Pages
}): Generator<Found, void> {
  const externalId = textIn(fields, 'id')
  const page = textIn(fields, 'pageId', 'page_id') || textIn(fieldsOf(fields['page']), 'id')
  if (flaw) return yield skipped({ at, externalId: orNull(externalId), reason: flaw, raw: fields })
  const place = {
    at,
    externalId,
    threadExternalId: page,
    parentExternalId: orNull(textIn(fields, 'parentId', 'parent_id')),
    createdAt: dateOfMillis(fields['created_at'] ?? fields['createdAt']),
  }
  const comment: FoundComment = isDeleted(fields) ? removedComment(place) : { type: 'comment', ...place, ...contentOf(fields) }
  const unplaced = pages.get(page)
  if (externalId === '') yield leftOut({ comment, address: unplaced?.address ?? '', reason: 'no-id' })
  else if (unplaced) yield leftOut({ comment, ...unplaced })
  else if (!pages.has(page)) yield leftOut({ comment, reason: 'article-missing' })
  else yield comment
}

const isDeleted = (fields: Fields) => (fields['deletedAt'] ?? fields['deleted_at'] ?? null) !== null

const contentOf = (fields: Fields): Pick<FoundComment, 'status' | 'author' | 'body' | 'markup' | 'editedAt'> => ({
  status: isTrue(fields['approved']) ? 'approved' : 'pending',
  author: {
    name: textIn(fields, 'by_nickname', 'byNickname'),
    email: orNull(textIn(fields, 'by_email', 'byEmail')),
    website: null,
    ip: null,
    isModerator: textIn(fields, 'moderatorId', 'moderator_id') !== '',
  },
  body: textIn(fields, 'content'),
  markup: 'markdown',
  editedAt: null,
})
