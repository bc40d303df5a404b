import { Switch, TextInput } from '@mantine/core'
import type { formatNames } from '../../../transfer/formats.ts'
import { query } from '../../../http/query-string.ts'
import { useSpeech } from '../speech/speech.tsx'

export type Format = (typeof formatNames)[number]
const FORMATS = ['csv', 'ndjson', 'wxr', 'archive', 'json'] as const satisfies Format[]
const STATUSES = ['pending', 'approved', 'rejected', 'spam'] as const

/** What somebody wants of an export, as the form has it: empty texts for what is not said. */
export interface ExportRequest {
  format: Format
  emails: boolean
  bom: boolean
  status: string
  since: string
  until: string
  url: string
}
export const EVERYTHING: ExportRequest = { format: 'csv', emails: false, bom: true, status: '', since: '', until: '', url: '' }

/** An archive is what readers see, so there is nothing to choose about addresses and statuses. */
const isPublic = ({ format }: ExportRequest) => format === 'archive'

/** Where the wished file is. Days begin in UTC. `dryRun`: only where its comments would land, of an export for WordPress's posts. */
export const exportPath = (site: string, wish: ExportRequest, { dryRun }: { dryRun?: boolean } = {}): string =>
  `/api/v1/sites/${site}/export${query({
    format: wish.format,
    emails: (wish.emails && !isPublic(wish)) || undefined,
    bom: (wish.bom && wish.format === 'csv') || undefined,
    status: isPublic(wish) ? undefined : wish.status,
    since: wish.since && `${wish.since}T00:00:00Z`,
    until: wish.until && `${wish.until}T00:00:00Z`,
    url: wish.url.trim(),
    dryRun,
  })}`

/** The choices of an export, each with what it means. */
export function ExportFields({ wish, change }: { wish: ExportRequest; change: (part: Partial<ExportRequest>) => void }) {
  const { t } = useSpeech()
  return (
    <>
      <div role="radiogroup" aria-label={t('admin.export.format')}>
        {FORMATS.map((each) => (
          <label key={each} className="radio">
            <input type="radio" name="format" checked={wish.format === each} onChange={() => change({ format: each })} />
            <span>
              {t(`admin.export.${each}`)}
              <span className="hint"> {t(`admin.export.${each}.text`)}</span>
            </span>
          </label>
        ))}
      </div>
      {wish.format === 'csv' && (
        <Switch
          label={t('admin.export.bom')}
          description={t('admin.export.bomText')}
          checked={wish.bom}
          onChange={({ target }) => change({ bom: target.checked })}
        />
      )}
      {!isPublic(wish) && (
        <>
          <Switch
            label={t('admin.export.emails')}
            description={t(wish.format === 'wxr' ? 'admin.export.emailsWxr' : 'admin.export.emailsText')}
            checked={wish.emails}
            onChange={({ target }) => change({ emails: target.checked })}
          />
          <select
            className="choice"
            aria-label={t('admin.export.which')}
            value={wish.status}
            onChange={({ target }) => change({ status: target.value })}
          >
            <option value="">{t('admin.export.all')}</option>
            {STATUSES.map((each) => (
              <option key={each} value={each}>
                {t(`admin.status.${each}`)}
              </option>
            ))}
          </select>
        </>
      )}
      <div className="row">
        <TextInput
          type="date"
          label={t('admin.export.since')}
          value={wish.since}
          onChange={({ target }) => change({ since: target.value })}
        />
        <TextInput
          type="date"
          label={t('admin.export.until')}
          description={t('admin.export.untilText')}
          value={wish.until}
          onChange={({ target }) => change({ until: target.value })}
        />
      </div>
      <TextInput
        type="url"
        dir="ltr"
        label={t('admin.export.url')}
        description={t('admin.export.urlText')}
        value={wish.url}
        onChange={({ target }) => change({ url: target.value })}
      />
    </>
  )
}
