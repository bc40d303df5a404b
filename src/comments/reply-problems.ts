/** Why a reply was not taken, as far as there is a sentence about it (`problem.*` of the locales). */
export type ReplyProblem =
  | 'invalid'
  | 'duplicate'
  | 'flood'
  | 'closed'
  | 'banned'
  | 'origin'
  | 'parent'
  | 'reused'
  | 'tooLarge'
  | 'unavailable'

/** By the codes of the problem documents; for the pages without JavaScript and the widget alike. */
export const replyProblems: Record<string, ReplyProblem> = {
  'invalid-fields': 'invalid',
  malformed: 'invalid',
  duplicate: 'duplicate',
  'too-fast': 'flood',
  'too-many-requests': 'flood',
  'thread-closed': 'closed',
  banned: 'banned',
  'foreign-origin': 'origin',
  'parent-not-found': 'parent',
  'idempotency-key-reused': 'reused',
  'too-large': 'tooLarge',
  unavailable: 'unavailable',
}
