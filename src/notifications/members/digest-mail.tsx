import { formatDateTime } from '../../locales/dates.ts'
import { direction, type Translate, translator } from '../../locales/index.ts'
import { oneLine, quote, readableUrl, shorten } from '../../mail/text.ts'
import { Buttons, Foot, footLines, mailDocument } from '../../mail/layout.tsx'
import { directed, inline } from '../../mail/style.ts'
import { sections } from '../templates.tsx'
import type { MemberMailContext } from './mail-context.ts'

/** One of the comments of a digest. User data is as stored: whatever writes it out escapes it. */
export interface DigestItem {
  author: string
  article: { url: string; title: string | null }
  /** The comment, or the changed text of it that waits, as plain text. */
  text: string
  createdAt: Date
  isEdit: boolean
  /** Sentences in the mail's language. */
  reasons: string[]
  /** Only of the first ones: a mail with a hundred links is none. */
  links?: { approve: string; reject: string; spam: string }
}

export interface DigestMail {
  head: MemberMailContext
  items: DigestItem[]
  /** How many the digest is about; those beyond `items` are in the queue. */
  count: number
  /** How many wait on the site altogether. */
  waiting: number
}

const SITE_LENGTH = 30
const TEXT_LENGTH = 280
const DEEDS = ['approve', 'reject', 'spam'] as const

/** The mail about all that waits and had no mail of its own: who wrote what where, and links to decide for the first ones. */
export function digestMail({ head, items, count, waiting }: DigestMail): { subject: string; text: string; html: string } {
  const t = translator(head.locale)
  const siteName = oneLine(head.siteName)
  const subject = t('notice.digest.subject', { count, site: shorten(siteName, SITE_LENGTH) })
  const heading = t('notice.digest.heading', { count })
  const entries = items.map((item) => entryOf({ item, head, t }))
  const more = count > items.length ? [t('notice.digest.more', { count: count - items.length })] : []
  const notes = [...more, ...(waiting > count ? [t('mail.waiting', { count: waiting, site: siteName })] : []), t('mail.links')]
  const why = t('mail.why', { site: siteName })

  const text = sections(
    [heading],
    ...entries.map(({ title, url, facts, beginning, reasons, deeds }) => [
      title,
      url,
      facts.join(' · '),
      quote(beginning),
      ...reasons.map((reason) => `- ${reason}`),
      ...deeds.flatMap(({ name, href }) => [`${name}:`, href]),
    ]),
    [`${t('notice.queue')}:`, head.queueHref],
    ...notes.map((note) => [note]),
    ['-- ', siteName, why, ...footLines(head, t)],
  )
  const html = mailDocument({
    locale: head.locale,
    subject,
    preview: shorten(entries.map(({ author, beginning }) => `${author}: ${beginning}`).join(' · '), 140),
    siteName,
    children: (
      <>
        <h1 class="ink" style={inline.title}>
          {heading}
        </h1>
        {entries.map((entry, place) => (
          <Entry key={place} entry={entry} locale={head.locale} />
        ))}
        <Buttons locale={head.locale} buttons={[{ kind: 'approve', text: t('notice.queue'), href: head.queueHref }]} />
        {notes.map((note) => (
          <p key={note} class="soft" style={inline.soft}>
            {note}
          </p>
        ))}
        <Foot why={why} foot={head} t={t} />
      </>
    ),
  })
  return { subject, text, html }
}

/** A comment as both parts of the mail show it, on one line each. */
function entryOf({ item, head, t }: { item: DigestItem; head: MemberMailContext; t: Translate }) {
  const { article, links } = item
  const author = oneLine(item.author)
  return {
    author,
    title: oneLine(article.title ?? '') || readableUrl(article.url),
    url: oneLine(article.url),
    facts: [author, formatDateTime(item.createdAt, head), ...(item.isEdit ? [t('mail.edit.text')] : [])],
    beginning: shorten(oneLine(item.text), TEXT_LENGTH),
    reasons: item.reasons.map(oneLine),
    deeds: links ? DEEDS.map((deed) => ({ deed, name: t(`decide.button.${deed}`), href: links[deed] })) : [],
  }
}

function Entry({ entry, locale }: { entry: ReturnType<typeof entryOf>; locale: string }) {
  const { title, facts, beginning, reasons, deeds } = entry
  return (
    <>
      <h2 class="ink" style={inline.heading}>
        <bdi>{title}</bdi>
      </h2>
      <div class="box" style={directed(inline.box, direction(locale))}>
        <p class="soft" style={inline.facts}>
          {facts.map((fact, place) => (
            <bdi key={fact}>{place === 0 ? fact : ` · ${fact}`}</bdi>
          ))}
        </p>
        <p class="ink" dir="auto" style={`${inline.prose};margin:0 0 10px`}>
          {beginning}
        </p>
        {reasons.map((reason) => (
          <p key={reason} class="soft" style={`${inline.soft};margin:0`}>
            {reason}
          </p>
        ))}
        {deeds.map(({ deed, name, href }) => (
          <a key={deed} class="deed" style={directed(inline.deed, direction(locale))} href={href}>
            {name}
          </a>
        ))}
      </div>
    </>
  )
}
