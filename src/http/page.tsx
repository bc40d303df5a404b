import { createHash } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { direction } from '../locales/index.ts'
import { pageStyle } from './page-style.ts'

export interface PageProps {
  locale: string
  title: string
  children: ComponentChildren
  noindex?: boolean
  /** The page's Atom feed, for programs that look for one. */
  feed?: string
}

/** A whole HTML document whose one style is the one that `pageHeaders` allows. */
export function renderPage({ locale, title, children, noindex = false, feed }: PageProps): string {
  const page = (
    <html lang={locale} dir={direction(locale)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {noindex && <meta name="robots" content="noindex" />}
        <title>{title}</title>
        <link rel="icon" href={ICON} />
        {feed && <link rel="alternate" type="application/atom+xml" href={feed} />}
        {/* Free of the characters that are escaped, so that its hash stays true; a test holds it to that. */}
        <style>{pageStyle}</style>
      </head>
      <body>{children}</body>
    </html>
  )
  return `<!doctype html>${renderToString(page)}`
}

/** What `style-src` names to allow the pages' style, and no other. */
export const pageStyleHash = `sha256-${createHash('sha256').update(pageStyle).digest('base64')}`

export interface PageHeaderOptions {
  /** Origins, besides our own, to which a form of the page may lead by a redirect; whatever is not a plain origin is left out. */
  formAction?: string[]
  noStore?: boolean
  /** The page holds the widget: its script, what it asks the server, and its styles, which need no word here. */
  widget?: boolean
  noindex?: boolean
}

/**
 * The headers of a page made by `renderPage`.
 *
 * The referrer policy is not `no-referrer`, with which browsers send `Origin: null` along with a form.
 */
export function pageHeaders({ formAction = [], noStore = false, widget = false, noindex = false }: PageHeaderOptions = {}): Record<
  string,
  string
> {
  const policy = [
    "default-src 'none'",
    `style-src '${pageStyleHash}'`,
    "img-src 'self' data:",
    ...(widget ? ["script-src 'self'", "connect-src 'self'"] : []),
    ["form-action 'self'", ...formAction.filter((origin) => ORIGIN.test(origin))].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Content-Type-Options': 'nosniff',
    ...(noStore && { 'Cache-Control': 'no-store' }),
    ...(noindex && { 'X-Robots-Tag': 'noindex' }),
  }
}

/** Stricter than a URL parser, which takes `;` and `,` in a host: here they would begin another directive. */
const ORIGIN = /^https?:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/** A speech bubble, so that browsers ask nobody for an icon. */
export const ICON =
  'data:image/svg+xml,' +
  encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#96231b" d="M1 2h14v9H8l-4 4v-4H1z"/></svg>')
