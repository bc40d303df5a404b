import { type MessageKey, translator } from '../locales/index.ts'
import { oneLine, quote, readableUrl, shorten } from '../mail/text.ts'
import { commentInMail } from './comment-in-mail.ts'
import type { ReaderEvent } from './events.ts'
import { subjectLine } from './held-mail.ts'
import { Buttons, CommentBox, mailDocument } from '../mail/layout.tsx'
import { inline } from '../mail/style.ts'
import { ArticleLink, sections } from './templates.tsx'

/** All that a mail to a reader says. User data is as stored: whatever writes it out escapes it. */
export interface ReaderMail {
  kind: ReaderEvent
  site: { name: string; locale: string; timeZone?: string | undefined }
  article: { url: string; title: string | null }
  /** What the mail is about. */
  comment: { id: string; name: string; body: string; html: string }
  /** The reader's own comment above it; null when it is about that one itself. */
  own: { body: string; html: string } | null
  /** Whether it answers the reader's own comment, not one further below. */
  isDirect: boolean
  /** The reader gets no more mails today. */
  isLastToday: boolean
  links: { confirm: string; stop: string }
}

const NAMES = {
  'comment.approved': 'approved',
  'comment.rejected': 'rejected',
  'comment.replied': 'replied',
  'comment.answered': 'answered',
  'follow.asked': 'asked',
} as const satisfies Record<ReaderEvent, string>

/** Leaves the subject and headings readable whatever somebody calls themselves. */
const NAME_LENGTH = 60

/**
 * The mail in both its forms. The question whether somebody wants mails quotes nothing: the address may be a third person's, typed by
 * somebody who wants to send them a text through us.
 */
export function renderReader(mail: ReaderMail): { subject: string; text: string; html: string } {
  const words = readerWords(mail)
  return { subject: words.subject, text: textPart(mail, words), html: htmlPart(mail, words) }
}

type ReaderWords = ReturnType<typeof readerWords>

function readerWords({ kind, site, article, comment, isDirect, isLastToday, links }: ReaderMail) {
  const t = translator(site.locale)
  const name = NAMES[kind]
  const siteName = oneLine(site.name)
  const articleUrl = oneLine(article.url)
  const title = oneLine(article.title ?? '') || readableUrl(articleUrl)
  const values = { site: siteName, title: shorten(title, 120), name: shorten(oneLine(comment.name), NAME_LENGTH) }
  const say = (part: string) => t(`mail.reader.${name}.${part}` as MessageKey, values)
  const isAsking = kind === 'follow.asked'
  return {
    t,
    siteName,
    articleUrl,
    title,
    subject: subjectLine({ siteName, title, write: (short) => t(`mail.reader.${name}.subject`, short) }),
    heading: say('heading'),
    lead: kind === 'comment.replied' && !isDirect ? t('mail.reader.replied.above', values) : say('text'),
    button: {
      text: isAsking ? t('follow.confirm.button') : t('mail.reader.see'),
      href: isAsking ? links.confirm : kind === 'comment.rejected' ? articleUrl : `${articleUrl}#comment-${comment.id}`,
    },
    notes: [...(isAsking ? [t('mail.reader.asked.ignore')] : []), ...(isLastToday ? [t('mail.reader.last')] : [])],
    why: isAsking ? t('mail.reader.asked.why', values) : t('mail.reader.why', values),
    stop: { text: isAsking ? t('mail.reader.asked.never') : t('mail.reader.stop'), href: links.stop },
  }
}

function textPart({ kind, comment, own }: ReaderMail, words: ReaderWords): string {
  const { t, siteName, title, articleUrl, heading, lead, button, notes, why, stop } = words
  return sections(
    [heading],
    [title, articleUrl],
    [lead],
    kind === 'follow.asked' ? [] : [quote(comment.body)],
    own ? [`${t('mail.reader.yours')}:`, quote(own.body)] : [],
    [`${button.text}:`, button.href],
    ...notes.map((note) => [note]),
    ['-- ', siteName, why, `${stop.text}:`, stop.href],
  )
}

function htmlPart({ kind, site: { locale }, comment, own }: ReaderMail, words: ReaderWords): string {
  const { t, subject, siteName, title, articleUrl, heading, lead, button, notes, why, stop } = words
  return mailDocument({
    locale,
    subject,
    preview: shorten(lead, 140),
    siteName,
    children: (
      <>
        <p class="kicker" style={inline.kicker}>
          {heading}
        </p>
        <h1 class="ink" style={inline.title}>
          <bdi>
            <ArticleLink url={articleUrl}>{title}</ArticleLink>
          </bdi>
        </h1>
        <p class="ink" style={`${inline.line};margin:16px 0`}>
          {lead}
        </p>
        {kind !== 'follow.asked' && (
          <CommentBox locale={locale} author={oneLine(comment.name)} html={commentInMail(comment.html).html} quiet={own === null} />
        )}
        {own && (
          <>
            <h2 class="ink" style={inline.heading}>
              {t('mail.reader.yours')}
            </h2>
            <CommentBox locale={locale} html={commentInMail(own.html).html} quiet />
          </>
        )}
        <Buttons locale={locale} buttons={[{ kind: 'approve', ...button }]} />
        {notes.map((note) => (
          <p key={note} class="soft" style={inline.soft}>
            {note}
          </p>
        ))}
        <div class="rule" style={inline.foot}>
          <p class="soft" style={inline.soft}>
            {why}
          </p>
          <p class="soft" style={`${inline.soft};margin:0`}>
            <a class="soft" style={inline.footLink} href={stop.href}>
              {stop.text}
            </a>
          </p>
        </div>
      </>
    ),
  })
}
