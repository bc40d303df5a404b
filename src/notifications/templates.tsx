import { textOf } from '../markup/sanitize.ts'
import { oneLine, quote, readableUrl, shorten } from '../mail/text.ts'
import { commentInMail } from './comment-in-mail.ts'
import { type HeldMail, heldWords, type HeldWords } from './held-mail.ts'
import { Buttons, CommentBox, Foot, footLines, mailDocument } from '../mail/layout.tsx'
import { inline } from '../mail/style.ts'
import { parseUrl } from '../parse-url.ts'

export type { HeldMail } from './held-mail.ts'

/**
 * The mail to a moderator about a comment, or an edit of one, that waits: who wrote what where, why it was held, and three links to
 * decide. The text part holds the comment as it was typed, the HTML part as it will look.
 */
export function renderHeld(mail: HeldMail): { subject: string; text: string; html: string } {
  const words = heldWords(mail)
  return { subject: words.subject, text: textPart(mail, words), html: htmlPart(mail, words) }
}

function textPart({ comment, before, foot }: HeldMail, words: HeldWords): string {
  const { t, siteName, author, title, articleUrl, heading, textHeading, facts, reasons, actions, notes, why } = words
  const head = [{ name: t('decide.author'), value: author }, ...facts].map(({ name, value }) => `${name}: ${value}`)
  return sections(
    [heading],
    [title, articleUrl],
    head,
    [`${textHeading}:`, quote(comment.body)],
    before ? [`${t('mail.edit.before')}:`, quote(before.body)] : [],
    reasons.length > 0 ? [`${t('decide.reasons')}:`, ...reasons.map((reason) => `- ${reason}`)] : [],
    ...actions.map(({ text, href }) => [`${text}:`, href]),
    ...notes.map((note) => [note]),
    ['-- ', siteName, why, ...footLines(foot, t)],
  )
}

/** Lines in blocks with an empty line between them. */
export const sections = (...blocks: string[][]) =>
  `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`

function htmlPart({ site, comment, before, foot }: HeldMail, words: HeldWords): string {
  const { t, subject, siteName, author, title, articleUrl, heading, textHeading, facts, reasons, actions, notes, why } = words
  const { locale } = site
  const { html, cut } = commentInMail(comment.html)
  return mailDocument({
    locale,
    subject,
    preview: shorten(`${author}: ${oneLine(textOf(comment.html))}`, 140),
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
        {title === readableUrl(articleUrl) || (
          <p class="soft" style={inline.soft}>
            <bdi dir="ltr">{readableUrl(articleUrl)}</bdi>
          </p>
        )}
        <h2 class="ink" style={inline.heading}>
          {textHeading}
        </h2>
        <CommentBox locale={locale} author={author} facts={facts.map(({ value }) => value)} html={html} />
        {cut && (
          <p class="soft" style={inline.soft}>
            {t('mail.cut')}
          </p>
        )}
        {before && (
          <>
            <h2 class="ink" style={inline.heading}>
              {t('mail.edit.before')}
            </h2>
            <CommentBox locale={locale} html={commentInMail(before.html).html} quiet />
          </>
        )}
        {reasons.length > 0 && (
          <>
            <h2 class="ink" style={inline.heading}>
              {t('decide.reasons')}
            </h2>
            {reasons.map((reason) => (
              <p key={reason} class="ink" style={inline.line}>
                {reason}
              </p>
            ))}
          </>
        )}
        <Buttons locale={locale} buttons={actions} />
        {notes.map((note) => (
          <p key={note} class="soft" style={inline.soft}>
            {note}
          </p>
        ))}
        <Foot why={why} foot={foot} t={t} />
      </>
    ),
  })
}

/** The article's title leads there when its address is one of the web. */
export function ArticleLink({ url, children }: { url: string; children: string }) {
  if (!/^https?:\/\//i.test(url) || !parseUrl(url)) return <>{children}</>
  return (
    <a class="ink" style={inline.titleLink} href={url}>
      {children}
    </a>
  )
}
