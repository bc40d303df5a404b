import { reasonTexts } from '../../../notifications/reasons.ts'
import type { StoredVerdict } from '../../../spam/codes.ts'
import type { ModeratedComment } from '../api/types.ts'
import { useSpeech } from '../speech/speech.tsx'

/** Why it was held, in sentences; and how many readers pointed at it. */
export function Reasons({ comment }: { comment: ModeratedComment }) {
  const { t } = useSpeech()
  const reasons = reasonTexts({ verdicts: comment.verdicts as StoredVerdict[], t })
  if (reasons.length === 0 && comment.reports === 0) return null
  return (
    <div className="reasons">
      <h3>{t('decide.reasons')}</h3>
      <ul>
        {comment.reports > 0 && <li className="reported">{t('admin.card.reports', { n: comment.reports })}</li>}
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  )
}
