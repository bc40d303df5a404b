import type { FoundComment } from '../source.ts'

/** Why the public could not read an article where its comments come from. */
export type HiddenBy = keyof typeof REASONS

const REASONS = {
  private: 'the post is private there, so its comment comes in as rejected',
  draft: 'the post is a draft there, so its comment comes in as rejected',
  pending: 'the post waits for review there, so its comment comes in as rejected',
  future: 'the post is to appear later there, so its comment comes in as rejected',
  trash: 'the post is in the trash there, so its comment comes in as rejected',
  password: 'the post has a password there, so its comment comes in as rejected',
  other: 'the post has a status there that is not known to be public, so its comment comes in as rejected',
} as const

/** A comment of an article that the public could not read: it must not become public by moving. What was spam stays spam. */
export function hidden(comment: FoundComment, by: HiddenBy | null): FoundComment {
  if (by === null || comment.status === 'removed') return comment
  return {
    ...comment,
    status: comment.status === 'spam' ? 'spam' : 'rejected',
    verdict: { check: 'import', outcome: 'reject', code: `post-${by}`, reason: REASONS[by] },
  }
}
