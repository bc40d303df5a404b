import { formatDay } from '../../locales/dates.ts'
import { formatDuration } from '../../locales/durations.ts'
import { translator } from '../../locales/index.ts'
import { oneLine, readableUrl, shorten } from '../../mail/text.ts'
import type { Overview } from '../../overview/overview.ts'
import type { MemberMailContext } from './mail-context.ts'
import { noteMail } from './note-mail.tsx'

const SITE_LENGTH = 30
const TITLE_LENGTH = 80
const ARTICLES = 5

/** The summary of a week: what came in and how it stands, how long it waited for a person, and where most was said. */
export function weeklyMail({
  head,
  first,
  last,
  week: { days, waiting, articles },
  overviewHref,
}: {
  head: MemberMailContext
  /** Days such as `2026-11-16`. */
  first: string
  last: string
  week: Pick<Overview, 'days' | 'waiting' | 'articles'>
  overviewHref: string
}) {
  const { locale } = head
  const t = translator(locale)
  const site = oneLine(head.siteName)
  const number = (value: number) => new Intl.NumberFormat(locale).format(value)
  const sum = (of: 'received' | 'approved' | 'rejected' | 'spam' | 'pending') => number(days.reduce((total, day) => total + day[of], 0))
  const wait = (seconds: number | null) => (seconds === null ? [] : [formatDuration(seconds, locale)])
  return noteMail({
    head,
    subject: t('notice.weekly.subject', { site: shorten(site, SITE_LENGTH) }),
    heading: t('notice.weekly.heading', { from: formatDay(first, locale), to: formatDay(last, locale) }),
    lines: [],
    figures: [
      {
        rows: [
          { name: t('admin.overview.received'), value: sum('received') },
          { name: t('decide.status.approved'), value: sum('approved') },
          { name: t('decide.status.rejected'), value: sum('rejected') },
          { name: t('decide.status.spam'), value: sum('spam') },
          { name: t('admin.status.pending'), value: sum('pending') },
          ...wait(waiting.medianSeconds).map((value) => ({ name: t('notice.weekly.median'), value })),
          ...wait(waiting.p90Seconds).map((value) => ({ name: t('notice.weekly.most'), value })),
        ],
      },
      {
        heading: t('admin.overview.articles'),
        rows: articles.slice(0, ARTICLES).map(({ url, title, received }) => ({
          name: shorten(oneLine(title ?? '') || readableUrl(url), TITLE_LENGTH),
          value: number(received),
        })),
      },
    ],
    button: { text: t('notice.weekly.open'), href: overviewHref },
    notes: [],
    why: t('notice.whyOwner', { site }),
  })
}
