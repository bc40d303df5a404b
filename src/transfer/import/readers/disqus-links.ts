import { decodeHTML, escapeUTF8 } from 'entities'
import { parseUrl } from '../../../parse-url.ts'

/**
 * Disqus leads every link of a comment through its own server (`https://disq.us/url?url=<address>:<checksum>&cuid=…`), which will not serve a
 * site that has left. The links go straight to where they point again.
 */
export const withoutRedirects = (html: string): string =>
  html.includes('disq.us/url') ? html.replace(REDIRECT, (whole, quote: string, href: string) => direct(href, quote) ?? whole) : html

const REDIRECT = /href=(["'])(https?:\/\/disq\.us\/url\?[^"'<>\s]*)\1/gi

function direct(href: string, quote: string): string | null {
  const target = parseUrl(decodeHTML(href))
    ?.searchParams.get('url')
    ?.replace(/:[\w-]{20,40}$/, '')
  return target && /^https?:\/\//.test(target) ? `href=${quote}${escapeUTF8(target)}${quote}` : null
}
