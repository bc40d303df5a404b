/**
 * The one table of what checks can find. A check says one of these codes; the sentence for people is the text `reason.<code>` of every
 * language, which the compiler asks for.
 */
export const verdictCodes = [
  'hidden-field',
  'own-address',
  'reject-word',
  'reject-word-as',
  'reject-word-in-email',
  'hold-word',
  'hold-word-as',
  'hold-word-in-email',
  'disguise',
  'links',
  'site-holds-all',
  'site-publishes',
  'edited',
  'first-comment',
  'known-author',
  'check-failed',
  'rate-limit-uncounted',
  'thread-closed',
  'banned',
  'too-fast',
  'post-private',
  'post-draft',
  'post-pending',
  'post-future',
  'post-trash',
  'post-password',
  'post-other',
] as const
export type VerdictCode = (typeof verdictCodes)[number]

/** What one check says. `pass` is worth noting but changes nothing. */
export type Outcome = 'pass' | 'approve' | 'hold' | 'spam' | 'reject'

/** The checks' names, in the order of the trace; each has the text `admin.check.<name>`. */
export const checkNames = [
  'honeypot',
  'rate-limit',
  'own-address',
  'reject-words',
  'hold-words',
  'disguise',
  'links',
  'site-mode',
  'import',
  'closed',
  'ban',
  'flood',
] as const

/** A verdict as it is stored: those from before codes were kept have none. */
export interface StoredVerdict {
  check: string
  outcome: Outcome
  code?: string | undefined
  reason: string
  facts?: Record<string, string | number> | undefined
}

/** What a verdict found; `unknown` for what only another version knows. */
export function codeOf({ check, code, reason, facts = {} }: StoredVerdict): VerdictCode | 'unknown' {
  const known = verdictCodes.find((one) => one === code)
  if (known) return known
  if (code !== undefined) return 'unknown'
  const isNamed = facts['word'] !== undefined
  if (check === 'hold-words') return isNamed ? 'hold-word' : 'hold-word-in-email'
  if (check === 'reject-words') return isNamed ? 'reject-word' : 'reject-word-in-email'
  return SENTENCES[reason] ?? (check === 'links' && facts['links'] !== undefined ? 'links' : 'unknown')
}

/** How verdicts from before codes were kept are told. */
const SENTENCES: Record<string, VerdictCode> = {
  'the hidden field was filled in': 'hidden-field',
  'this site holds every comment': 'site-holds-all',
  'this site publishes without waiting': 'site-publishes',
  'the comment was edited': 'edited',
  'the first comment of this author and browser': 'first-comment',
  'the author has an approved comment from this browser': 'known-author',
  'the check failed': 'check-failed',
  'the rate limit could not be counted': 'rate-limit-uncounted',
}
