import type { Locale } from '../../locales/index.ts'
import { dayAfter, dayAt } from '../../locales/days.ts'
import { AUTOMATIC } from '../../mail/headers.ts'
import { heldSample } from '../held-sample.ts'
import type { Sample, SampleSite } from '../preview.ts'
import { attackMail } from './attack-mail.tsx'
import { digestMail } from './digest-mail.tsx'
import { failingMail } from './failing-mail.ts'
import type { MemberMailContext } from './mail-context.ts'
import { weeklyMail } from './weekly-mail.ts'

const COMMENTS = {
  id: [
    { author: 'Siti Rahmawati', title: 'Banjir di utara kota', text: 'Air di jalan kami setinggi lutut sejak subuh.' },
    { author: 'Budi', title: 'Kereta malam', text: 'Kakek saya dulu masinisnya. Semoga jadwalnya tetap begitu.' },
  ],
  en: [
    { author: 'Margaret Hill', title: 'Flood in the north', text: 'The water has stood knee-deep in our street since dawn.' },
    { author: 'Tom', title: 'The night train', text: 'My grandfather drove it. I hope the timetable stays as it is.' },
  ],
}
const wordsOf = (locale: Locale) => COMMENTS[locale === 'id' || locale === 'ms' ? 'id' : 'en']

const headOf = ({ site, publicUrl }: SampleSite): MemberMailContext => ({
  siteName: site.name,
  locale: site.locale,
  timeZone: site.timeZone,
  queueHref: `${publicUrl}/admin`,
  choiceHref: `${publicUrl}/admin/account`,
  stopHref: `${publicUrl}/mails/stop/preview`,
  headers: {},
})

const sent = (written: { subject: string; text: string; html: string }) => ({ ...written, headers: AUTOMATIC })

const digest: Sample = (to) => {
  const link = `${to.publicUrl}/moderate/preview`
  const items = wordsOf(to.site.locale).map(({ author, title, text }) => ({
    author,
    text,
    article: { url: 'https://news.example/2026/article', title },
    createdAt: to.at,
    isEdit: false,
    reasons: [],
    links: { approve: link, reject: link, spam: link },
  }))
  return sent(digestMail({ head: headOf(to), items, count: 12, waiting: 32 }))
}

const weekly: Sample = (to) => {
  const today = dayAt(to.at, to.site.timeZone)
  const articles = wordsOf(to.site.locale).map(({ title }, place) => ({
    site: to.site.key,
    url: 'https://news.example/2026/article',
    title,
    received: 31 - 12 * place,
  }))
  return sent(
    weeklyMail({
      head: headOf(to),
      first: dayAfter(today, -7),
      last: dayAfter(today, -1),
      week: {
        days: [{ day: today, received: 64, approved: 48, rejected: 5, spam: 9, pending: 2 }],
        waiting: { decided: 62, medianSeconds: 1500, p90Seconds: 16_200 },
        articles,
      },
      overviewHref: `${to.publicUrl}/admin/overview`,
    }),
  )
}

/** How the mails to members look, with invented data. */
export const memberMailSamples = {
  'comment.held': heldSample(false),
  'edit.held': heldSample(true),
  'comments.digest': digest,
  'comments.attack': (to) => sent(attackMail({ head: headOf(to), waiting: 140, limit: 100 })),
  'site.weekly': weekly,
  'site.failing': (to) =>
    sent(failingMail({ head: headOf(to), count: 2, answer: '550 5.7.1 …', mailsHref: `${to.publicUrl}/admin/sites/${to.site.key}/mail` })),
} satisfies Record<string, Sample>
