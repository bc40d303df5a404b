import type { Translate } from '../locales/index.ts'
import { codeOf, type StoredVerdict } from '../spam/codes.ts'

/** Why a comment waits, as sentences in the moderator's language. */
export const reasonTexts = ({ verdicts, t }: { verdicts: StoredVerdict[]; t: Translate }): string[] =>
  verdicts.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'approve').map((verdict) => reasonText(verdict, t))

/** What one check said; one that only another version knows speaks for itself, in English. */
export function reasonText(verdict: StoredVerdict, t: Translate): string {
  const code = codeOf(verdict)
  const facts = verdict.facts ?? {}
  if (code === 'unknown') return verdict.reason
  return code === 'links' ? t('reason.links', { ...facts, count: Number(facts['links']) }) : t(`reason.${code}`, facts)
}
