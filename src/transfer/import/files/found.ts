import type { FoundComment, Place, Skipped } from '../source.ts'

export const skipped = ({ at, externalId = null, reason }: { at: Place; externalId?: string | null; reason: string }): Skipped => ({
  type: 'skipped',
  at,
  externalId,
  reason,
})

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

export const TOO_LONG = 'it is longer than 1 MB'
