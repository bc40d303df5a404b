import type { ReactNode } from 'react'
import { formatDuration } from '../../../locales/durations.ts'
import { numberIn } from '../../embed/numbers.ts'
import { checkName } from '../parts/check-name.ts'
import { useSpeech } from '../speech/speech.tsx'
import type { Overview } from './overview-page.tsx'

/** The figures of the plot and besides, as tables. */
export function Figures({ overview: { days, waiting, articles, checks } }: { overview: Overview }) {
  const { t, locale } = useSpeech()
  const n = (value: number) => numberIn(locale, value)
  const duration = (seconds: number | null) => (seconds === null ? '–' : formatDuration(seconds, locale))
  const statuses = [t('admin.status.approved'), t('admin.status.pending'), t('admin.status.rejected'), t('admin.status.spam')]
  return (
    <>
      <p>
        {t('admin.overview.waiting', { n: waiting.decided, half: duration(waiting.medianSeconds), most: duration(waiting.p90Seconds) })}
      </p>
      <div className="two">
        <Table caption={t('admin.overview.articles')} heads={[t('decide.article'), t('admin.overview.received')]}>
          {articles.map(({ site, url, title, received }) => (
            <tr key={`${site} ${url}`}>
              <td>
                <a href={url} target="_blank" rel="noreferrer">
                  <bdi>{title ?? url}</bdi>
                </a>
              </td>
              <td>{n(received)}</td>
            </tr>
          ))}
        </Table>
        <Table
          caption={t('admin.overview.checks')}
          heads={[t('admin.overview.check'), t('admin.outcome.hold'), t('admin.outcome.spam'), t('admin.outcome.reject')]}
        >
          {checks.map(({ check, held, spam, rejected }) => (
            <tr key={check}>
              <td title={check}>{checkName(t, check)}</td>
              <td>{n(held)}</td>
              <td>{n(spam)}</td>
              <td>{n(rejected)}</td>
            </tr>
          ))}
        </Table>
      </div>
      <Table caption={t('admin.overview.days')} heads={[t('admin.overview.day'), t('admin.overview.received'), ...statuses]}>
        {days.toReversed().map(({ day, received, approved, pending, rejected, spam }) => (
          <tr key={day}>
            <td className="day">{new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day))}</td>
            {[received, approved, pending, rejected, spam].map((value, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- columns stay where they are
              <td key={index}>{n(value)}</td>
            ))}
          </tr>
        ))}
      </Table>
    </>
  )
}

function Table({ caption, heads, children }: { caption: string; heads: string[]; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <div className="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
