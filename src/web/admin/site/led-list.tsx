import type { LeadAnswer } from '../api/types.ts'
import { useSpeech } from '../speech/speech.tsx'

/** What became of each pair of addresses, or would: what could not be done stands first. */
export function LedList({ answer: { led, refused } }: { answer: LeadAnswer }) {
  const { t } = useSpeech()
  return (
    <ul className="lines">
      {refused.map(({ line, code }) => (
        <li key={line}>{t('admin.repair.refused', { line, reason: t(`admin.repair.no.${code}`) })}</li>
      ))}
      {led.map((each) => (
        <li key={each.from}>
          <LedKind led={each} />
          <span className="hint address" dir="ltr">
            {each.from} → {each.to}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** In words, what happened at an old address. */
export function LedKind({ led: { kind, comments: count } }: { led: Pick<LeadAnswer['led'][number], 'kind' | 'comments'> }) {
  const { t } = useSpeech()
  return <>{kind === 'redirected' ? t('admin.repair.kind.redirected') : t(`admin.repair.kind.${kind}`, { count })}</>
}
