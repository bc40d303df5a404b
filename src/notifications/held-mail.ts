import { formatDateTime } from '../locales/dates.ts'
import { type Translate, translator } from '../locales/index.ts'
import type { MailFoot } from '../mail/layout.tsx'
import { lengthOf, oneLine, readableUrl, shorten } from '../mail/text.ts'

/** All that a mail about something that waits says. User data is as stored: whatever writes it out escapes it. */
export interface HeldMail {
  site: { name: string; locale: string; timeZone?: string | undefined }
  comment: {
    id: string
    name: string
    website: string | null
    body: string
    html: string
    createdAt: Date
    /** Never the whole address. */
    maskedEmail: string | null
    networkLabel: string | null
  }
  article: { url: string; title: string | null }
  /** Sentences in the site's language. */
  reasons: string[]
  /** How many comments wait on the site, this one among them. */
  waiting: number
  links: { approve: string; reject: string; spam: string }
  /** The comment is public, and a changed text of it waits: `comment` carries the new text, `before` the public one. */
  isEdit: boolean
  before?: { body: string; html: string }
  /** Where one chooses what one receives, and where one stops these mails. */
  foot?: MailFoot
}

/** What both parts of the mail say, in its language and on one line each. */
export interface HeldWords {
  t: Translate
  subject: string
  siteName: string
  author: string
  title: string
  articleUrl: string
  heading: string
  textHeading: string
  facts: { name: string; value: string }[]
  reasons: string[]
  actions: { kind: 'approve' | 'reject' | 'spam'; text: string; href: string }[]
  /** What to know about the links. */
  notes: string[]
  why: string
}

const SUBJECT_LENGTH = 78
const SITE_LENGTH = 30

export function heldWords({ site, comment, article, reasons, waiting, links, isEdit }: HeldMail): HeldWords {
  const t = translator(site.locale)
  const siteName = oneLine(site.name)
  const articleUrl = oneLine(article.url)
  const title = oneLine(article.title ?? '') || readableUrl(articleUrl)
  const kind = isEdit ? 'edit' : 'held'
  return {
    t,
    subject: subjectLine({ siteName, title, write: (values) => t(`mail.${kind}.subject`, values) }),
    siteName,
    author: oneLine(comment.name),
    title,
    articleUrl,
    heading: t(`mail.${kind}.heading`),
    textHeading: t(`mail.${kind}.text`),
    facts: [
      { name: t('decide.sent'), value: formatDateTime(comment.createdAt, site) },
      { name: t('decide.email'), value: comment.maskedEmail },
      { name: t('decide.website'), value: comment.website },
      { name: t('mail.network'), value: comment.networkLabel },
    ].flatMap(({ name, value }) => (value ? [{ name, value: oneLine(value) }] : [])),
    reasons: reasons.map(oneLine),
    actions: (['approve', 'reject', 'spam'] as const).map((action) => ({
      kind: action,
      text: t(`decide.button.${action}`),
      href: links[action],
    })),
    notes: [
      ...(isEdit ? [t('mail.edit.effect')] : []),
      t('mail.links'),
      ...(waiting > 0 ? [t('mail.waiting', { count: waiting, site: siteName })] : []),
    ],
    why: t('mail.why', { site: siteName }),
  }
}

/** One line of 78 characters at most (RFC 5322, section 2.1.1): the article's title gives way. */
export function subjectLine({
  siteName,
  title,
  write,
}: {
  siteName: string
  title: string
  write: (values: { title: string; site: string }) => string
}) {
  const site = shorten(siteName, SITE_LENGTH)
  const room = SUBJECT_LENGTH - lengthOf(write({ title: '', site }))
  return write({ title: shorten(title, room), site })
}
