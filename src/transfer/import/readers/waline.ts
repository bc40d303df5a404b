import { type Fields, fieldsOf, isTrue, textIn } from '../files/fields.ts'
import { locate, websiteOf } from '../files/addresses.ts'
import { dateOfMillis } from '../files/dates.ts'
import { leftOut, orNull, skipped } from '../files/found.ts'
import { jsonRecords } from '../files/json.ts'
import { jsonShapeOf } from '../files/json-shape.ts'
import { linesOf, readJsonLine } from '../files/lines.ts'
import { isSqliteFile, openSqliteFile } from '../files/sqlite.ts'
import { refuseOther } from '../guess.ts'
import type { Reason } from '../reasons.ts'
import type { Found, FoundComment, Place, Source } from '../source.ts'

/**
 * Waline's export (its admin page's JSON, `packages/server/src/controller/db.js`), its own SQLite file (`assets/waline.sqlite.sql`), and its
 * comments as LeanCloud exports them: an array, or a comment on each line. Valine's comments, which Waline took over, have the same form
 * with HTML in them. In SQLite a time is the server's local one, and nothing tells which that was: it is taken for UTC.
 *
 * The users come after the comments in the file, so it is read twice; they are what is held in memory.
 */
export const waline: Source = {
  async *read({ file, options }) {
    await refuseOther({ file, name: 'waline' })
    const { users, records } = (await isSqliteFile(file)) ? await inSqlite(file) : await inJson(file)
    const seen = new Set<string>()
    for await (const { value, at, flaw } of records) {
      const fields = fieldsOf(value)
      const externalId = textIn(fields, 'objectId', 'id', '_id')
      if (flaw) yield skipped({ at, externalId: orNull(externalId), reason: flaw, raw: value })
      else yield* readComment({ fields, externalId, at, base: options.base, users, seen })
    }
  },
}

/** As the admin page saves it, as its server answers it, and as LeanCloud answers. */
const COMMENTS = ['data.Comment', 'data.data.Comment', 'results']
const USERS = ['data.Users', 'data.data.Users']

interface Tables {
  users: Map<string, User>
  records: AsyncGenerator<WalineRecord, void>
}

interface WalineRecord {
  value: unknown
  at: Place
  flaw: Reason | null
}

async function inJson(file: string): Promise<Tables> {
  const shape = await jsonShapeOf({ file, isRecord: (value) => 'objectId' in value })
  return {
    users: shape === 'object' ? await readUsers(jsonRecords({ file, arrays: USERS })) : new Map(),
    records: shape === 'lines' ? inLines(file) : jsonRecords({ file, arrays: shape === 'array' ? [''] : COMMENTS }),
  }
}

async function inSqlite(file: string): Promise<Tables> {
  const table = (name: string, columns: string[]) => inTable({ file, table: name, columns })
  return {
    users: await readUsers(table('wl_Users', ['id', 'display_name', 'email', 'url', 'type'])),
    records: table('wl_Comment', COLUMNS),
  }
}

const COLUMNS = ['id', 'user_id', 'comment', 'insertedAt', 'ip', 'link', 'mail', 'nick', 'rid', 'pid', 'status', 'url', 'createdAt']

async function* inTable({ file, table, columns }: { file: string; table: string; columns: string[] }): AsyncGenerator<WalineRecord, void> {
  const database = await openSqliteFile({ file, tables: [table] })
  try {
    for (const { fields, at, flaw } of database.rows({ table, columns })) yield { value: fields, at, flaw }
  } finally {
    await database.close()
  }
}

async function* inLines(file: string): AsyncGenerator<WalineRecord, void> {
  for await (const { text, line } of linesOf({ file })) {
    if (text.startsWith('#')) continue
    const read = readJsonLine(text)
    yield 'reason' in read ? { value: text, at: { line }, flaw: read.reason } : { value: read.value, at: { line }, flaw: null }
  }
}

interface User {
  name: string
  email: string
  website: string
  isModerator: boolean
}

async function readUsers(records: AsyncIterable<{ value: unknown }>): Promise<Map<string, User>> {
  const users = new Map<string, User>()
  for await (const { value } of records) {
    const fields = fieldsOf(value)
    users.set(textIn(fields, 'objectId', 'id', '_id'), {
      name: textIn(fields, 'display_name'),
      email: textIn(fields, 'email'),
      website: textIn(fields, 'url'),
      isModerator: textIn(fields, 'type') === 'administrator',
    })
  }
  return users
}

function* readComment({
  fields,
  externalId,
  at,
  base,
  users,
  seen,
}: {
  fields: Fields
  externalId: string
  at: Place
  base: string | undefined
  users: Map<string, User>
  seen: Set<string>
}): Generator<Found, void> {
  const address = textIn(fields, 'url')
  const comment = commentOf({ fields, externalId, at, threadExternalId: address, user: users.get(textIn(fields, 'user_id')) })
  const located = locate(address, base)
  if (externalId === '') return yield leftOut({ comment, address, reason: 'no-id' })
  if ('reason' in located) return yield leftOut({ comment, address, reason: located.reason })
  if (!seen.has(address)) {
    seen.add(address)
    yield { type: 'thread', at, externalId: address, url: located.url, title: null }
  }
  yield comment
}

const commentOf = ({
  fields,
  user,
  ...named
}: Pick<FoundComment, 'at' | 'externalId' | 'threadExternalId'> & { fields: Fields; user: User | undefined }): FoundComment => ({
  type: 'comment',
  ...named,
  parentExternalId: orNull(textIn(fields, 'pid', 'rid').replace(/^0$/, '')),
  status: statuses[textIn(fields, 'status')] ?? (isTrue(fields['isSpam']) ? 'spam' : 'approved'),
  author: authorOf(fields, user),
  ...bodyOf(textIn(fields, 'comment')),
  createdAt: dateOfMillis(fields['insertedAt']) ?? dateOfMillis(fields['createdAt']),
  editedAt: null,
})

const statuses: Record<string, FoundComment['status'] | undefined> = { approved: 'approved', waiting: 'pending', spam: 'spam' }

const authorOf = (fields: Fields, user: User | undefined): FoundComment['author'] => ({
  name: textIn(fields, 'nick') || (user?.name ?? ''),
  email: orNull(textIn(fields, 'mail') || (user?.email ?? '')),
  website: websiteOf(textIn(fields, 'link') || (user?.website ?? '')),
  ip: orNull(textIn(fields, 'ip')),
  isModerator: user?.isModerator ?? false,
})

/** Valine kept comments as the HTML that it made of them; Waline keeps what was typed. */
const bodyOf = (body: string): Pick<FoundComment, 'body' | 'markup'> => ({
  body,
  markup: /^<(?:p|h\d|ul|ol|blockquote|pre)[ >]/.test(body) ? 'html' : 'markdown',
})
