import { useState } from 'preact/hooks'
import { useWidget } from './context.ts'
import { Problem, useFocusBack, useFocusOnOpen } from './parts.tsx'
import { explain } from './problems.ts'

interface ReportProps {
  id: string
  name: string
}

/** Points the moderators at a comment, with a word about why. */
export function Report({ id, name }: ReportProps) {
  const { api, kept, t, announce } = useWidget()
  const [state, setState] = useState<'closed' | 'open' | 'sent'>('closed')
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const button = useFocusBack(state === 'open')

  const send = async () => {
    try {
      await api.report({ id, reason, browser: kept.browser() })
      setState('sent')
      announce(t('embed.reported'))
    } catch (error) {
      setProblem(explain(error, t).message)
    }
  }

  if (state === 'sent') return <p class="hint">{t('embed.reported')}</p>
  if (state === 'closed') {
    return (
      <button
        ref={button}
        type="button"
        class="quiet late"
        part="action"
        aria-label={t('embed.reportName', { name })}
        onClick={() => setState('open')}
      >
        {t('embed.report')}
      </button>
    )
  }
  return (
    <form
      class="sure"
      part="form"
      aria-label={t('embed.reportName', { name })}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Reason value={reason} onInput={setReason} />
      {problem && <Problem>{problem}</Problem>}
      <div class="actions">
        <button class="primary" part="button" type="submit">
          {t('embed.reportSend')}
        </button>
        <button type="button" part="button" onClick={() => setState('closed')}>
          {t('embed.cancel')}
        </button>
      </div>
    </form>
  )
}

function Reason({ value, onInput }: { value: string; onInput: (value: string) => void }) {
  const { t } = useWidget()
  const input = useFocusOnOpen<HTMLInputElement>()
  return (
    <label>
      {t('embed.reportWhy')}
      <input
        part="input"
        dir="auto"
        maxlength={1000}
        value={value}
        ref={input}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    </label>
  )
}
