import type { Reason } from '../reasons.ts'
import type { FoundComment, Place, Skipped } from '../source.ts'

/** A record that could not be read, or is no comment. */
export const skipped = ({
  at,
  externalId = null,
  reason,
  raw,
}: {
  at: Place
  externalId?: string | null
  reason: Reason
  /** How it stands in the file. */
  raw?: unknown
}): Skipped => ({ type: 'skipped', at, externalId, reason, ...(raw !== undefined && { raw: beginningOf(raw) }) })

/** A comment that was read and cannot be taken: it goes whole into the list of what was left out. */
export const leftOut = ({ comment, address, reason }: { comment: FoundComment; address?: string; reason: Reason }): Skipped => ({
  type: 'skipped',
  at: comment.at,
  externalId: orNull(comment.externalId),
  reason,
  comment,
  ...(address !== undefined && { address }),
})

const RAW_CHARS = 4000
const beginningOf = (raw: unknown): string => (typeof raw === 'string' ? raw : (JSON.stringify(raw, plain) ?? '')).slice(0, RAW_CHARS)

/** SQLite's large numbers are no JSON, and its bytes would fill pages. */
const plain = (_key: string, value: unknown) => {
  if (typeof value === 'bigint') return String(value)
  return value instanceof Uint8Array ? undefined : value
}

/** What is left of a comment that was taken away: its place below its parent. */
export const removedComment = (
  place: Pick<FoundComment, 'at' | 'externalId' | 'threadExternalId' | 'parentExternalId' | 'createdAt'>,
): FoundComment => ({
  type: 'comment',
  ...place,
  status: 'removed',
  author: { name: '', email: null, website: null, ip: null },
  body: '',
  markup: 'text',
  editedAt: null,
})

export const orNull = (text: string): string | null => (text === '' ? null : text)
