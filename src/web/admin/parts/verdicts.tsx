import { reasonText } from '../../../notifications/reasons.ts'
import type { StoredVerdict } from '../../../spam/codes.ts'
import { useSpeech } from '../speech/speech.tsx'
import { checkName } from './check-name.ts'

const OUTCOMES = ['pass', 'approve', 'hold', 'spam', 'reject'] as const
/** The loudest first. */
const weight = ({ outcome }: StoredVerdict): number => ['spam', 'reject', 'hold', 'approve', 'pass'].indexOf(outcome)

/** What each check said, the loudest first. */
export function Verdicts({ verdicts }: { verdicts: StoredVerdict[] }) {
  const { t } = useSpeech()
  return (
    <ul className="lines">
      {verdicts
        .toSorted((a, b) => weight(a) - weight(b))
        .map((verdict) => {
          const outcome = OUTCOMES.find((each) => each === verdict.outcome)
          return (
            <li key={verdict.check}>
              <strong>{checkName(t, verdict.check)}</strong> · {outcome ? t(`admin.outcome.${outcome}`) : verdict.outcome}{' '}
              <code className="hint">{verdict.check}</code>
              <p>{reasonText(verdict, t)}</p>
            </li>
          )
        })}
    </ul>
  )
}
