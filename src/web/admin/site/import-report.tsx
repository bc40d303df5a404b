import { Alert } from '@mantine/core'
import type { Example, Noted } from '../../../transfer/import/notes.ts'
import type { PresentedImport } from '../../../transfer/import/present.ts'
import { numberIn } from '../../embed/numbers.ts'
import { useSpeech } from '../speech/speech.tsx'

const COUNTS = ['new', 'same', 'changed', 'kept', 'skipped'] as const

/** What came of a file, or would come: how many comments, and what somebody should look at. */
export function ImportOutcome({ run: { report, problem } }: { run: PresentedImport }) {
  const { t, locale } = useSpeech()
  const notes = report ? [...report.skipped, ...report.orphans, ...report.losses] : []
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
      {notes.length > 0 && (
        <>
          <h3>{t('admin.import.reasons')}</h3>
          <ul dir="ltr">
            {notes.map((noted) => (
              <li key={noted.reason}>
                {numberIn(locale, noted.count)}: {noted.reason} <small className="soft">({placesOf(noted)})</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

const placesOf = ({ examples, count }: Noted) => examples.map(placeOf).join('; ') + (count > examples.length ? '; …' : '')

const placeOf = ({ id, line, column, row }: Example) =>
  [row, line !== undefined && `line ${line}`, column !== undefined && `column ${column}`, id !== null && `id ${id}`]
    .filter(Boolean)
    .join(', ')
