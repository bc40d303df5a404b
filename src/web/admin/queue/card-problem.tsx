import { Alert } from '@mantine/core'
import { Moment } from '../parts/moment.tsx'
import { explain } from '../parts/explain.ts'
import { useSpeech } from '../speech/speech.tsx'
import type { CardState } from './card-state.ts'

const KNOWN = ['pending', 'approved', 'rejected', 'spam'] as const

/** Why a card is back: what the server says, or who decided what before, and when. */
export function Trouble({ trouble }: { trouble: NonNullable<CardState['trouble']> }) {
  const { t } = useSpeech()
  if (trouble.kind === 'refused') {
    return (
      <Alert color="red" variant="light" role="alert" className="trouble">
        {t('admin.conflict.refused')} {explain(trouble.error, t)}
      </Alert>
    )
  }
  const status = KNOWN.find((each) => each === trouble.to)
  return (
    <Alert color="yellow" variant="light" role="alert" className="trouble">
      {t('admin.conflict.decided', { name: trouble.by, status: status ? t(`admin.status.${status}`) : trouble.to })}{' '}
      <Moment at={trouble.at} />
    </Alert>
  )
}
