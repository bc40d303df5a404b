import type { MessageKey, Translate } from '../locales/index.ts'
import type { Verdict } from '../spam/verdict.ts'

/** Why a comment waits, as sentences in the moderator's language. */
export const reasonTexts = ({ verdicts, t }: { verdicts: Verdict[]; t: Translate }): string[] =>
  verdicts.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'approve').map((verdict) => reasonText(verdict, t))

/** What one check said; a check that is not known here speaks for itself, in English. */
export function reasonText({ check, code, reason, facts = {} }: Verdict, t: Translate): string {
  const key = FIXED[reason] // first of all: a check that failed has no facts
  if (key) return t(key)
  const post = POST.find((known) => known === code)
  if (check === 'import' && post) return t(`reason.${post}`)
  if (check === 'links') return t('reason.links', { ...facts, count: Number(facts['links']) })
  if (check === 'hold-words') return facts['word'] === undefined ? t('reason.wordInEmail') : t('reason.word', facts)
  if (check === 'reject-words') return facts['word'] === undefined ? t('reason.rejectWordInEmail') : t('reason.rejectWord', facts)
  return reason
}

/** Why an article was not public where an import took its comments from. */
const POST = ['post-private', 'post-draft', 'post-pending', 'post-future', 'post-trash', 'post-password', 'post-other'] as const

/** Checks that know but a few sentences. */
const FIXED: Record<string, MessageKey> = {
  'the hidden field was filled in': 'reason.honeypot',
  'this site holds every comment': 'reason.holdAll',
  'this site publishes without waiting': 'reason.publishAll',
  'the comment was edited': 'reason.edited',
  'the first comment of this author and browser': 'reason.firstTime',
  'the author has an approved comment from this browser': 'reason.known',
  'the check failed': 'reason.checkFailed',
  'the rate limit could not be counted': 'reason.uncounted',
}
