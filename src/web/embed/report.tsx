import { useState } from 'preact/hooks'
import { useWidget } from './context.ts'
import { Action, Button, Field, Form, Problem, Told, useFocusBack } from './parts.tsx'
import { explain } from './problems.ts'

interface ReportProps {
  id: string
  name: string
}

/** Points the moderators at a comment, with a word about why. */
export function Report({ id, name }: ReportProps) {
  const { api, kept, t } = useWidget()
  const [state, setState] = useState<'closed' | 'open' | 'sent'>('closed')
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const button = useFocusBack(state === 'open')

  const send = async () => {
    try {
      await api.report({ id, reason, browser: kept.browser() })
      setState('sent')
    } catch (error) {
      setProblem(explain(error, t).message)
    }
  }

  if (state === 'sent') return <Told>{t('embed.reported')}</Told>
  if (state === 'closed') {
    return (
      <Action ref={button} class="quiet late" aria-label={t('embed.reportName', { name })} onClick={() => setState('open')}>
        {t('embed.report')}
      </Action>
    )
  }
  return (
    <Form class="sure" aria-label={t('embed.reportName', { name })} onSend={() => void send()}>
      <Field label={t('embed.reportWhy')} name="reason" maxlength={1000} value={reason} onInput={setReason} autofocus />
      {problem && <Problem>{problem}</Problem>}
      <div class="actions">
        <Button type="submit" class="primary">
          {t('embed.reportSend')}
        </Button>
        <Button onClick={() => setState('closed')}>{t('embed.cancel')}</Button>
      </div>
    </Form>
  )
}
