import { Button, Switch } from '@mantine/core'
import { useState } from 'react'
import { numberIn } from '../../embed/numbers.ts'
import type { formatNames } from '../../../transfer/formats.ts'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { download } from './download.ts'

const FORMATS: Partial<Record<(typeof formatNames)[number], 'csv' | 'json' | 'ndjson'>> = { csv: 'csv', json: 'json', ndjson: 'ndjson' }

/** The whole history as a file, with how far it has come. */
export default function ExportPage({ site }: { site: string }) {
  const { t, locale } = useSpeech()
  const [format, setFormat] = useState('csv')
  const [emails, setEmails] = useState(false)
  const [state, setState] = useState<{ bytes: number; isDone: boolean; error?: unknown } | null>(null)
  const [stop, setStop] = useState<AbortController | null>(null)

  const start = async () => {
    const controller = new AbortController()
    setStop(controller)
    setState({ bytes: 0, isDone: false })
    const path = `/api/v1/sites/${site}/export?format=${format}${emails ? '&emails=true' : ''}`
    try {
      const bytes = await download({ path, signal: controller.signal, onBytes: (sofar) => setState({ bytes: sofar, isDone: false }) })
      setState({ bytes, isDone: true })
    } catch (error) {
      setState(controller.signal.aborted ? null : { bytes: 0, isDone: false, error })
    }
    setStop(null)
  }

  return (
    <section className="panel stack">
      <h2>{t('setup.export')}</h2>
      <select className="choice" aria-label={t('admin.export.format')} value={format} onChange={({ target }) => setFormat(target.value)}>
        {Object.values(FORMATS).map((each) => (
          <option key={each} value={each}>
            {t(`admin.export.${each}`)}
          </option>
        ))}
      </select>
      <Switch
        label={t('admin.export.emails')}
        description={t('admin.export.emailsText')}
        checked={emails}
        onChange={({ target }) => setEmails(target.checked)}
      />
      <div className="row">
        <Button onClick={() => void start()} loading={stop !== null}>
          {t('admin.export.start')}
        </Button>
        {stop && (
          <Button variant="default" onClick={() => stop.abort()}>
            {t('embed.cancel')}
          </Button>
        )}
        <span role="status">
          {state && !state.error && t(state.isDone ? 'admin.export.done' : 'admin.export.bytes', { size: sizeIn(locale, state.bytes) })}
        </span>
      </div>
      {state && !state.error && <progress aria-label={t('setup.export')} {...(state.isDone && { value: 1 })} />}
      {state?.error !== undefined && <Failed error={state.error} />}
    </section>
  )
}

const sizeIn = (locale: string, bytes: number) => `${numberIn(locale, Math.round(bytes / 1024))} KB`
