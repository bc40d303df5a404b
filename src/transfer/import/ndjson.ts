import { createHash } from 'node:crypto'
import { type CommentRecord, NdjsonLine } from '../records.ts'
import { fieldsOf } from './files/fields.ts'
import { skipped } from './files/found.ts'
import { readJsonLine } from './files/lines.ts'
import { LONG } from './files/limits.ts'
import { refuseOther } from './guess.ts'
import { type Line, linesOf } from './lines.ts'
import type { Reason } from './reasons.ts'
import { type Found, type FoundComment, type Place, type Source, UnreadableFile } from './source.ts'

/** A comment with a long history may be long; nothing of ours comes near. */
const MOST_BYTES = 16 * 1024 * 1024

/**
 * Our own full export. A file that was cut off or changed on its way is known by its last line, which carries the number of comments and a
 * checksum; it is read to there before anything of it is written.
 */
export const ndjson: Source = {
  async *read({ file }) {
    await refuseOther({ file, name: 'ndjson' })
    const hash = createHash('sha256')
    let comments = 0
    let last = 0
    let isWhole = false
    for await (const line of linesOf({ file, mostBytes: MOST_BYTES })) {
      last = line.number
      if (line.text.trim() === '') {
        hash.update(line.bytes)
        continue
      }
      if (isWhole) throw UnreadableFile(`Line ${line.number}: something stands behind the file's last record.`)
      const record = recordOf(line)
      if (line.number === 1 && typeOf(record) !== 'header')
        throw UnreadableFile('Line 1: this is no NDJSON export of Balas: it has no header.')
      if (typeOf(record) === 'trailer') {
        checkTrailer({ record, line, comments, sha256: hash.digest('hex') })
        isWhole = true
        continue
      }
      hash.update(line.bytes)
      if (typeOf(record) === 'comment' || record === undefined) comments++
      const found = foundIn(record, line)
      if (found) yield found
    }
    if (!isWhole) throw UnreadableFile(`The file was cut off: it ends at line ${last} without its last record.`)
  },
}

const KNOWN = new Set(NdjsonLine.options.map(({ shape }): string => shape.type.value))

const typeOf = (record: unknown) => (record as { type?: unknown } | null | undefined)?.type

/** Undefined for a line that is no JSON. */
function recordOf({ text }: Line): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function foundIn(record: unknown, { number, text }: Line): Found | null {
  const at = { line: number }
  const { id } = (record ?? {}) as { id?: unknown }
  const skip = (reason: Reason) => skipped({ at, externalId: typeof id === 'string' ? id : null, reason, raw: text })
  const read = record === undefined ? readJsonLine(text, { longest: MOST_BYTES }) : null
  if (read && 'reason' in read) return skip(read.reason)
  if (!KNOWN.has(String(typeOf(record)))) return null // from a newer version
  const parsed = NdjsonLine.safeParse(record)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    if (typeOf(record) === 'header')
      throw UnreadableFile(`Line ${number}: the header is not one that this version reads (${issue?.path.join('.') ?? ''}).`)
    return {
      ...skip(`bad-field:${issue?.path.join('.') || 'the record'}: ${issue?.message ?? 'is not valid'}`),
      ...(text.length <= LONG && { own: fieldsOf(record) }),
    }
  }
  const { data } = parsed
  if (data.type === 'external') return { type: 'external', external: data }
  if (data.type === 'redirect') return { type: 'redirect', redirect: data }
  if (data.type === 'thread') {
    const { id: externalId, url, title, open, createdAt } = data
    return { type: 'thread', at, externalId, url, title, open, createdAt: new Date(createdAt), isOwn: true }
  }
  if (data.type !== 'comment') return null
  const { type: _, ...own } = data
  return ownComment(own, at)
}

/** A comment of our own file, with all that was done about it. */
export const ownComment = (own: CommentRecord, at: Place): FoundComment => ({
  type: 'comment',
  at,
  externalId: own.id,
  threadExternalId: own.threadId,
  parentExternalId: own.parentId,
  status: own.status,
  author: { ...own.author, email: own.author.email ?? null, ip: null },
  body: own.body,
  markup: 'typed',
  createdAt: new Date(own.createdAt),
  editedAt: own.editedAt === null ? null : new Date(own.editedAt),
  own,
})

function checkTrailer({ record, line, comments, sha256 }: { record: unknown; line: Line; comments: number; sha256: string }) {
  const parsed = NdjsonLine.safeParse(record)
  if (!parsed.success || parsed.data.type !== 'trailer') throw UnreadableFile(`Line ${line.number}: the file's last record is not valid.`)
  if (parsed.data.count !== comments)
    throw UnreadableFile(`Line ${line.number}: the file should hold ${parsed.data.count} comments, but holds ${comments}.`)
  if (parsed.data.sha256 !== sha256)
    throw UnreadableFile(`Line ${line.number}: the file was changed since it was written: its checksum is another one.`)
}
