import { whySuppressed } from '../../../notifications/suppressed.ts'
import { exactIn } from '../../embed/numbers.ts'
import type { LedgerMail } from '../api/types.ts'
import { useSpeech } from '../speech/speech.tsx'
import { mailKind } from './mail-kind.ts'
import { Moment } from './moment.tsx'

/** Which colour of a comment's standing says it too. */
const TONES: Record<LedgerMail['state'], string> = {
  queued: 'pending',
  sending: 'pending',
  sent: 'approved',
  failed: 'rejected',
  suppressed: '',
}

/** One mail: to whom, of what, and what became of it. */
export function MailLine({ mail: { kind, to, state, attempts, outcome, createdAt, nextAt, resentAs } }: { mail: LedgerMail }) {
  const { t, locale } = useSpeech()
  const why = state === 'suppressed' ? whySuppressed(outcome ?? '') : undefined
  const facts = [
    ...(attempts > 0 ? [t('admin.mail.tries', { n: attempts })] : []),
    ...(nextAt && attempts > 0 ? [t('admin.mail.next', { date: exactIn(locale, nextAt) })] : []),
    ...(resentAs ? [t('admin.mail.resent')] : []),
  ]
  return (
    <>
      <span className={`status ${TONES[state]}`}>{t(`admin.mail.state.${state}`)}</span> {mailKind(t, kind)} →{' '}
      {to === null ? <span className="hint">{t('admin.mail.nobody')}</span> : <bdi dir="ltr">{to}</bdi>}{' '}
      <span className="hint">
        <Moment at={createdAt} />
        {facts.map((fact) => ` · ${fact}`)}
      </span>
      {outcome && (
        <p className="hint" dir="auto">
          {why ? t(`admin.mail.why.${why}`) : outcome}
        </p>
      )}
    </>
  )
}
