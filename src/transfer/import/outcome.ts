import { type Entry, hashOf } from './entry.ts'
import type { KnownComment } from './known-store.ts'

/**
 * What becomes of a comment of the file.
 * new: it is brought in. same: it is here already, or was and was deleted here. changed: it was changed there since it came in, and
 * nothing was done about it here, so its text and status are taken over. kept: it was changed there and here, so it stays. refused:
 * the database does not take it.
 */
export type Outcome = 'new' | 'same' | 'changed' | 'kept' | 'refused'

/** Decides by what is known: the comment that an earlier import made of it, or one of ours with that very id. */
export function outcomeOf({
  entry,
  external,
  comment,
}: {
  entry: Entry
  external: { hash: string; version: number } | undefined
  comment: KnownComment | undefined
}): Outcome {
  if (!comment) return external ? 'same' : 'new'
  const isAsThere = external?.hash === entry.hash || hashOf(comment) === entry.hash
  if (isAsThere) return 'same'
  const isUntouched = external?.version === comment.version && !hasRevision(comment)
  return isUntouched && entry.status !== 'removed' ? 'changed' : 'kept'
}

/** Whether its author changed it and a moderator has not decided about that yet. */
const hasRevision = ({ status, queue }: KnownComment): boolean => queue !== null && status !== 'pending'
