import type { StoredVerdict } from '../../../spam/codes.ts'
import { CommentRecord } from '../../records.ts'
import { locate } from '../files/addresses.ts'
import { leftOut, skipped } from '../files/found.ts'
import { dateOf } from '../files/dates.ts'
import { LONGEST_BYTES } from '../files/limits.ts'
import { linesOf, readJsonLine } from '../files/lines.ts'
import { unreadable } from '../files/unreadable.ts'
import type { ImportFormat } from '../guess.ts'
import { ownComment } from '../ndjson.ts'
import type { Reason } from '../reasons.ts'
import type { Found, FoundComment, FoundThread, Place, Source } from '../source.ts'
import { isDeliberate, RejectedRecord, RejectsHeader } from './record.ts'

/**
 * What an import left out, mended: its comments come in as if they had come with their own file. What is still at fault is left out again,
 * and so is what was left out on purpose and still says so.
 */
export const rejects: Source = {
  async *read({ file, options }) {
    const { source } = await sourceIn(file)
    const seen = new Set<string>()
    for await (const { text, line } of linesOf({ file })) {
      if (line === 1) continue
      const at = { line }
      const read = readJsonLine(text, { longest: LONGEST_BYTES })
      if ('reason' in read) {
        yield skipped({ at, reason: read.reason, raw: text })
        continue
      }
      const parsed = RejectedRecord.safeParse(read.value)
      if (!parsed.success) yield skipped({ at, reason: `bad-field:${issueOf(parsed.error)}`, raw: text })
      else yield* foundIn({ record: parsed.data, at, isOurs: source === 'ndjson', base: options.base, seen })
    }
  },
}

/** Which format the file was read from whose leavings these are. @throws UnreadableFile */
export async function sourceIn(file: string): Promise<{ source: ImportFormat }> {
  for await (const { text, line } of linesOf({ file })) {
    const read = readJsonLine(text)
    const header = RejectsHeader.safeParse('value' in read ? read.value : null)
    if (header.success && line === 1) return header.data
    break
  }
  throw unreadable('The first line is not the header of a list of what an import left out: keep it as it was downloaded.', { line: 1 })
}

type Parsed = typeof RejectedRecord._output

function* foundIn({
  record,
  at,
  isOurs,
  base,
  seen,
}: {
  record: Parsed
  at: Place
  isOurs: boolean
  base: string | undefined
  seen: Set<string>
}): Generator<Found, void> {
  const { id, thread, own, raw, body, code } = record
  if (own) return yield* ownFound({ record, own, at, seen })
  if (body === undefined && record.status !== 'removed')
    return yield skipped({ at, externalId: id ?? null, reason: isPlain(code) ? code : 'empty', raw: raw ?? record })
  const comment = commentOf(record, at)
  const address = thread?.url ?? ''
  if (isDeliberate(code) && isPlain(code)) return yield leftOut({ comment, address, reason: code })
  if (code === 'plugin-note') return yield leftOut({ comment, address, reason: `plugin-note:${NOTE.exec(record.reason ?? '')?.[1] ?? ''}` })
  const located = locate(address, base)
  if ('reason' in located) return yield leftOut({ comment, address, reason: located.reason })
  if (thread) yield* once({ thread: threadOf({ thread, url: located.url, at, isOurs }), seen })
  yield comment
}

/** What the sentence about a plugin's note names. */
const NOTE = /“(.*?)”/

const isPlain = (code: Parsed['code']): code is Extract<Reason, Parsed['code']> =>
  code !== undefined && code !== 'plugin-note' && code !== 'bad-json' && code !== 'bad-field'

function* ownFound({
  record: { thread, code, id },
  own,
  at,
  seen,
}: {
  record: Parsed
  own: Record<string, unknown>
  at: Place
  seen: Set<string>
}): Generator<Found, void> {
  const parsed = CommentRecord.safeParse(own)
  const externalId = typeof own['id'] === 'string' ? own['id'] : (id ?? null)
  if (!parsed.success) return yield { ...skipped({ at, externalId, reason: `bad-field:${issueOf(parsed.error)}` }), own }
  const comment = ownComment(parsed.data, at)
  const address = thread?.url || parsed.data.url
  if (isDeliberate(code) && isPlain(code)) return yield leftOut({ comment, address, reason: code })
  const { threadId } = parsed.data
  yield* once({ thread: threadOf({ thread: { title: null, ...thread, id: threadId }, url: address, at, isOurs: true }), seen })
  yield comment
}

function* once({ thread, seen }: { thread: FoundThread; seen: Set<string> }): Generator<Found, void> {
  if (seen.has(thread.externalId)) return
  seen.add(thread.externalId)
  yield thread
}

const threadOf = ({
  thread: { id, title, open, createdAt },
  url,
  at,
  isOurs,
}: {
  thread: Omit<NonNullable<Parsed['thread']>, 'url'>
  url: string
  at: Place
  isOurs: boolean
}): FoundThread => ({
  type: 'thread',
  at,
  externalId: id || url,
  url,
  title,
  open,
  createdAt: createdAt === undefined ? undefined : new Date(createdAt),
  isOwn: isOurs,
})

const commentOf = ({ id, origin, thread, parentId, createdAt, editedAt, verdict, ...rest }: Parsed, at: Place): FoundComment => ({
  type: 'comment',
  at,
  externalId: id ?? '',
  origin,
  threadExternalId: thread ? thread.id || thread.url : '',
  parentExternalId: parentId ?? null,
  status: rest.status,
  author: rest.author,
  body: rest.body ?? '',
  markup: rest.markup,
  createdAt: dateOf(createdAt),
  editedAt: dateOf(editedAt),
  ...(verdict && { verdict: verdictOf(verdict) }),
})

const verdictOf = ({ code, ...verdict }: NonNullable<Parsed['verdict']>): StoredVerdict => ({
  ...verdict,
  ...(code !== undefined && { code }),
})

const issueOf = ({ issues: [issue] }: { issues: { path: PropertyKey[]; message: string }[] }) =>
  `${issue?.path.join('.') || 'the record'}: ${issue?.message ?? 'is not valid'}`
