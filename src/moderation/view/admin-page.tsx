import { renderToString } from 'preact-render-to-string'
import { ICON } from '../../http/page.tsx'
import { direction, type Translate } from '../../locales/index.ts'

export interface AdminPageProps {
  t: Translate
  locale: string
  /** The page's script reads it for the style elements that it makes. */
  nonce: string
  script: string
  chunks: string[]
  styles: string[]
  /** What the script will ask the API for first. */
  asked: string[]
}

/** The frame of the moderators' page; its script fills it. */
export function adminPage({ t, locale, nonce, script, chunks, styles, asked }: AdminPageProps): string {
  const page = (
    <html lang={locale} dir={direction(locale)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <meta property="csp-nonce" nonce={nonce} />
        <title>{t('admin.title')}</title>
        <link rel="icon" href={ICON} />
        {styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {chunks.map((href) => (
          <link key={href} rel="modulepreload" href={href} />
        ))}
        <script type="module" src={script} />
        {asked.map((href) => (
          <link key={href} rel="preload" as="fetch" crossorigin="anonymous" href={href} />
        ))}
      </head>
      <body>
        <div id="admin">
          <noscript>{t('admin.noScript')}</noscript>
        </div>
      </body>
    </html>
  )
  return `<!doctype html>${renderToString(page)}`
}
