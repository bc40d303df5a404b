import { Alert } from '@mantine/core'
import type { Example, Noted } from '../../../transfer/import/notes.ts'
import type { PresentedImport } from '../../../transfer/import/present.ts'
import { reasonCodes } from '../../../transfer/import/reasons.ts'
import { numberIn } from '../../embed/numbers.ts'
import { useSpeech } from '../speech/speech.tsx'

const COUNTS = ['new', 'same', 'changed', 'kept', 'skipped'] as const

/** What came of a file, or would come: how many comments, and what somebody should look at. */
export function ImportOutcome({ site, run: { id, state, report, problem } }: { site: string; run: PresentedImport }) {
  const { t, locale } = useSpeech()
  const notes = report
    ? [...(report.notes ?? []), ...report.skipped, ...report.orphans, ...report.losses, ...(report.hidden ?? []), ...(report.clashes ?? [])]
    : []
  const hosts = report?.hosts ?? []
  const hasOddHosts = hosts.length > 1 || hosts.some(({ foreign }) => foreign > 0)
  return (
    <>
      {problem && (
        <Alert color="red" variant="light" role="alert">
          <p>
            {problem.title}: <bdi>{problem.detail}</bdi>
          </p>
        </Alert>
      )}
      {report && (
        <dl className="import-counts">
          {COUNTS.map((name) => (
            <div key={name}>
              <dt>{t(`admin.import.${name}`)}</dt>
              <dd>{numberIn(locale, report.comments[name])}</dd>
            </div>
          ))}
        </dl>
      )}
      {report?.receipt?.ok && <p>{t('admin.import.receipt', { number: numberIn(locale, report.receipt.comments) })}</p>}
      {report !== null && report.comments.skipped > 0 && (state === 'done' || state === 'failed') && (
        <p>
          <a href={`/api/v1/sites/${site}/imports/${id}/skipped`} download>
            {t('admin.import.leftOut')}
          </a>
          <br />
          <small className="soft">{t('admin.import.leftOut.text')}</small>
        </p>
      )}
      {notes.length > 0 && (
        <>
          <h3>{t('admin.import.reasons')}</h3>
          <ul>
            {notes.map((noted) => (
              <li key={noted.reason}>
                {noted.count > 0 && `${numberIn(locale, noted.count)}: `}
                <ReasonText noted={noted} />{' '}
                {noted.count > 0 && (
                  <bdi dir="ltr">
                    <small className="soft">({placesOf(noted)})</small>
                  </bdi>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {hasOddHosts && (
        <>
          <h3>{t('admin.import.hosts')}</h3>
          <ul>
            {hosts.map(({ host, articles, foreign }) => (
              <li key={host}>
                <bdi dir="ltr">{host}</bdi>: {t('admin.import.articles', { number: numberIn(locale, articles) })}
                {foreign > 0 && ` (${t('admin.import.foreign', { number: numberIn(locale, foreign) })})`}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** Reports of earlier versions have the English sentence alone, and so may those of a newer server. */
function ReasonText({ noted: { code, what = '', reason } }: { noted: Noted }) {
  const { t } = useSpeech()
  if (!reasonCodes.some((known) => known === code) || code === undefined) return <bdi dir="ltr">{reason}</bdi>
  return t(`admin.import.reason.${code}`, { what })
}

const placesOf = ({ examples, count }: Noted) => examples.map(placeOf).join('; ') + (count > examples.length ? '; …' : '')

const placeOf = ({ id, line, column, row }: Example) =>
  [row, line !== undefined && `line ${line}`, column !== undefined && `column ${column}`, id !== null && `id ${id}`]
    .filter(Boolean)
    .join(', ')
