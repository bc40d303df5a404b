import type { MessageKey, Translate } from '../locales/index.ts'
import type { Verdict } from '../spam/verdict.ts'

/** Why a comment waits, as sentences in the moderator's language; a check that is not known here speaks for itself, in English. */
export const reasonTexts = ({ verdicts, t }: { verdicts: Verdict[]; t: Translate }): string[] =>
  verdicts.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'approve').map((verdict) => sentence(verdict, t))

function sentence({ check, reason, facts = {} }: Verdict, t: Translate): string {
  const key = FIXED[reason] // first of all: a check that failed has no facts
  if (key) return t(key)
  if (check === 'links') return t('reason.links', { ...facts, count: Number(facts['links']) })
  if (check === 'hold-words') return facts['word'] === undefined ? t('reason.wordInEmail') : t('reason.word', facts)
  return reason
}

/** Checks that know but a few sentences. */
const FIXED: Record<string, MessageKey> = {
  'this site holds every comment': 'reason.holdAll',
  'the comment was edited': 'reason.edited',
  'the first comment of this author and browser': 'reason.firstTime',
  'the check failed': 'reason.checkFailed',
}
