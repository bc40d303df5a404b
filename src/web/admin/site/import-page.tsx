import { Button, Progress, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ImportFormat } from '../../../transfer/import/guess.ts'
import { numberIn } from '../../embed/numbers.ts'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { DropZone } from './drop-zone.tsx'
import { ImportOutcome } from './import-report.tsx'
import { useImport } from './use-import.ts'

/** Names of systems are the same in every language. */
const FORMATS: Record<ImportFormat, string> = {
  wxr: 'WordPress (WXR)',
  disqus: 'Disqus',
  isso: 'Isso',
  remark42: 'Remark42',
  cusdis: 'Cusdis',
  commento: 'Commento, Comentario',
  artalk: 'Artalk',
  waline: 'Waline',
  twikoo: 'Twikoo',
  csv: 'CSV',
  ndjson: 'Balas (NDJSON)',
}

/** Bringing in what another system kept: first to see what would come, then in earnest. */
export default function ImportPage({ site }: { site: string }) {
  const { t, locale } = useSpeech()
  const [file, setFile] = useState<File | null>(null)
  const [format, setFormat] = useState('auto')
  const [base, setBase] = useState('')
  const { run, running, error, begin, cancel, forget } = useImport(site)
  const start = (dryRun: boolean) => file && void begin({ file, format, base, dryRun })
  const isReady = file !== null && !running
  const { read = 0, done = 0, total = null } = run?.progress ?? {}

  return (
    <section className="panel stack">
      <h2>{t('admin.site.import')}</h2>
      <DropZone
        label={t('admin.import.file')}
        hint={t('admin.import.drop')}
        file={file}
        onFile={(chosen) => {
          setFile(chosen)
          forget()
        }}
      />
      <select className="choice" aria-label={t('admin.import.format')} value={format} onChange={({ target }) => setFormat(target.value)}>
        <option value="auto">{t('admin.import.auto')}</option>
        {Object.entries(FORMATS).map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
        <option value="rejects">{t('admin.import.rejects')}</option>
      </select>
      <TextInput
        label={t('admin.import.base')}
        placeholder="https://"
        type="url"
        value={base}
        onChange={({ target }) => setBase(target.value)}
      />
      <div className="row">
        <Button onClick={() => start(true)} disabled={!isReady} variant={run?.dryRun && run.state === 'done' ? 'default' : 'filled'}>
          {t('admin.import.try')}
        </Button>
        <Button onClick={() => start(false)} disabled={!isReady} variant={run?.dryRun && run.state === 'done' ? 'filled' : 'default'}>
          {t('admin.import.start')}
        </Button>
        {running && (
          <Button variant="default" onClick={cancel}>
            {t('embed.cancel')}
          </Button>
        )}
      </div>
      <p className="soft">{t('admin.import.tryText')}</p>
      {running && total !== null && <Progress value={total === 0 ? 100 : (done / total) * 100} aria-label={t('admin.site.import')} />}
      <p role="status">
        {running && !run && t('admin.import.sending')}
        {running && run && total === null && t('admin.import.reading', { number: numberIn(locale, read) })}
        {running && total !== null && t('admin.import.writing', { done: numberIn(locale, done), total: numberIn(locale, total) })}
        {run?.state === 'done' && t(run.dryRun ? 'admin.import.dry' : 'admin.import.done')}
      </p>
      {error !== undefined && <Failed error={error} />}
      {run && <ImportOutcome site={site} run={run} />}
    </section>
  )
}
