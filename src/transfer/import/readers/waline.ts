import { type Fields, fieldsOf, textIn } from '../files/fields.ts'
import { locate, websiteOf } from '../files/addresses.ts'
import { dateOf } from '../files/dates.ts'
import { leftOut, orNull, skipped } from '../files/found.ts'
import { jsonRecords } from '../files/json.ts'
import { jsonShapeOf } from '../files/json-shape.ts'
import { linesOf, readJsonLine } from '../files/lines.ts'
import { refuseOther } from '../guess.ts'
import type { Reason } from '../reasons.ts'
import type { Found, FoundComment, Place, Source } from '../source.ts'

/**
 * Waline's export (its admin page's JSON, `packages/server/src/controller/db.js`), and its comments as LeanCloud exports them: an array, or a
 * comment on each line. Valine's comments, which Waline took over, have the same form with HTML in them.
 *
 * The users come after the comments in the file, so it is read twice; they are what is held in memory.
 */
export const waline: Source = {
  async *read({ file, options }) {
    await refuseOther({ file, name: 'waline' })
    const shape = await jsonShapeOf({ file, isRecord: (value) => 'objectId' in value })
    const users = shape === 'object' ? await readUsers(file) : new Map<string, User>()
    const records = shape === 'lines' ? inLines(file) : jsonRecords({ file, arrays: shape === 'array' ? [''] : COMMENTS })
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

async function* inLines(file: string): AsyncGenerator<{ value: unknown; at: Place; flaw: Reason | null }, void> {
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

async function readUsers(file: string): Promise<Map<string, User>> {
  const users = new Map<string, User>()
  for await (const { value } of jsonRecords({ file, arrays: USERS })) {
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
  status: statuses[textIn(fields, 'status')] ?? 'approved',
  author: authorOf(fields, user),
  ...bodyOf(textIn(fields, 'comment')),
  createdAt: dateOf(fields['insertedAt']) ?? dateOf(fields['createdAt']),
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
