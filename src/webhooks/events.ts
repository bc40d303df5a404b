import type { HookEvent } from './names.ts'

/** What webhooks can be told of, each with the comment as it is when the call is made. */
export const hookEvents: Record<HookEvent, string> = {
  'comment.held': 'A new comment waits for a decision',
  'comment.approved': 'A comment became public',
  'comment.rejected': 'A comment was rejected',
  'comment.spam': 'A comment went to spam',
  'comment.removed': 'A comment was removed for good',
  'edit.held': 'A changed text of a public comment waits for a decision',
}

/** Sent by the test button alone. */
export const TEST_EVENT = 'test'

const BY_STATUS: Partial<Record<string, HookEvent>> = {
  pending: 'comment.held',
  approved: 'comment.approved',
  rejected: 'comment.rejected',
  spam: 'comment.spam',
}

/**
 * What a change of a comment is called: null for one that nobody outside needs to hear of.
 *
 * @param from null for a new comment
 * @param to null for one that is gone
 */
export function hookEventOf({ from, to }: { from: string | null; to: string | null }): HookEvent | null {
  if (from === to) return null
  return to === null || to === 'removed' ? 'comment.removed' : (BY_STATUS[to] ?? null)
}
