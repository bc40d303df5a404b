import { type ComponentChildren, Fragment } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { direction, type Translate } from '../locales/index.ts'
import { directed, inline, mailStyle } from './style.ts'

/** Where one chooses what one receives, and where one stops such mails. */
export interface MailFoot {
  choiceHref: string
  stopHref: string
}

export interface MailDocumentProps {
  locale: string
  subject: string
  /** What inboxes show beside the subject; not visible in the mail itself. */
  preview: string
  siteName: string
  children: ComponentChildren
}

/** The HTML part of a mail: one card, readable without images, on a phone and in the dark. */
export function mailDocument({ locale, subject, preview, siteName, children }: MailDocumentProps): string {
  const dir = direction(locale)
  const page = (
    <html lang={locale} dir={dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        {/* Keeps phones from turning numbers and places in a comment into links. */}
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <title>{subject}</title>
        <style>{directed(mailStyle, dir)}</style>
      </head>
      <body class="ground" style={inline.ground}>
        <div style={inline.hidden}>{preview}</div>
        {/* Some programs drop the outermost elements, and the direction with them. */}
        <div class="ground" dir={dir} style="background:#f4efe5">
          <div class="card" style={inline.card}>
            <div class="sheet" style={inline.sheet}>
              <p class="mast ink" style={inline.mast}>
                <bdi>{siteName}</bdi>
              </p>
              {children}
            </div>
          </div>
        </div>
      </body>
    </html>
  )
  return `<!doctype html>\n${renderToString(page)}`
}

/** A comment in a frame of its own; `html` must come from `commentInMail`. */
export function CommentBox({
  locale,
  author,
  facts = [],
  html,
  quiet = false,
}: {
  /** The mail's language. */
  locale: string
  author?: string
  facts?: string[]
  html: string
  quiet?: boolean
}) {
  const style = quiet ? `${inline.box};${inline.quiet}` : inline.box
  return (
    <div class={quiet ? 'box quiet' : 'box'} style={directed(style, direction(locale))}>
      {author && (
        <p class="ink" style={inline.author}>
          <bdi>{author}</bdi>
        </p>
      )}
      {facts.length > 0 && (
        <p class="soft" style={inline.facts}>
          {facts.map((fact, index) => (
            <Fragment key={fact}>
              {index > 0 && ' · '}
              <bdi>{fact}</bdi>
            </Fragment>
          ))}
        </p>
      )}
      <div class="prose" dir="auto" style={inline.prose} dangerouslySetInnerHTML={{ __html: html }} />
    </div>
  )
}

export interface ButtonsProps {
  /** The mail's language. */
  locale: string
  buttons: { kind: 'approve' | 'reject' | 'spam'; text: string; href: string }[]
}

/** The ways to decide, the likeliest first. */
export function Buttons({ locale, buttons }: ButtonsProps) {
  return (
    <div style={inline.buttons}>
      {buttons.map(({ kind, text, href }) => (
        <a key={kind} class={`button ${kind}`} style={directed(inline[kind], direction(locale))} href={href}>
          {text}
        </a>
      ))}
    </div>
  )
}

/** Why one receives a mail to members, and the ways to have it otherwise. */
export function Foot({ why, foot, t }: { why: string; foot?: MailFoot | undefined; t: Translate }) {
  return (
    <div class="rule" style={inline.foot}>
      <p class="soft" style={`${inline.soft};margin:0`}>
        {why}
      </p>
      {foot && (
        <p class="soft" style={`${inline.soft};margin:0`}>
          <a class="soft" style={inline.footLink} href={foot.choiceHref}>
            {t('notice.choose')}
          </a>
          {' · '}
          <a class="soft" style={inline.footLink} href={foot.stopHref}>
            {t('notice.stop')}
          </a>
        </p>
      )}
    </div>
  )
}

/** The same ways in a mail's text part. */
export const footLines = (foot: MailFoot | undefined, t: Translate): string[] =>
  foot ? [`${t('notice.choose')}: ${foot.choiceHref}`, `${t('notice.stop')}: ${foot.stopHref}`] : []
