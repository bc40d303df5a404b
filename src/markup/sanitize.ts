import sanitize from 'sanitize-html'
import { mayHoldUrl } from './bare-links.ts'
import { makeParagraphs } from './paragraphs.ts'
import { DROPPED_WITH_TEXT, readTypedMarkup } from './typed-markup.ts'
import { parseUrl } from '../parse-url.ts'

/** The version of the rules below, stored with each comment. Raise it with every change of what comes out, then re-sanitise. */
export const SANITIZER_POLICY = 1

/**
 * Turns what a reader typed into the HTML that is stored and shown. Called once, on save; what was typed is kept beside it.
 *
 * Keeps WordPress's comment tags and `pre`; makes bare URLs clickable (`linkBareUrls`) and line breaks visible (`makeParagraphs`).
 * Links lead to http, https or mailto only and carry `rel="nofollow ugc noopener"`. The HTML is empty when nothing can be read in it.
 *
 * @param body at most 16 KiB, well-formed NFC text without NUL (checked at the door). Time is linear in it.
 * @returns `links`: how many links the HTML holds
 * @example sanitizeComment({ body: 'Setuju!\nLihat <b>ini</b>' }) // { html: '<p>Setuju!<br>\nLihat <b>ini</b></p>', links: 0 }
 */
export function sanitizeComment({ body }: { body: string }): { html: string; links: number } {
  const text = body.replace(/\r\n?/g, '\n')
  const html = isPlainText(text) ? escapeText(text) : sanitizeMarkup(text)
  return makeParagraphs({ html: html.replace(/\r/g, '\n').replace(UNREADABLE, '') })
}

/** The long way for any text; the short way of plain text gives the same. Exported so that the tests can prove it. */
export function sanitizeMarkup(text: string): string {
  return sanitize(readTypedMarkup({ body: text }), POLICY)
}

/** What our rules leave of HTML that was sanitised before: the same, unless somebody put something into it. */
export const sanitizeHtml = (html: string): string => sanitize(html, POLICY).replaceAll('<br />', '<br>').replace(UNREADABLE, '')

/** Control characters and bidi overrides: entities (`&#8238;`) bring in what was refused at the door. */
const UNREADABLE = /(?![\t\n])\p{Cc}|[\u202a-\u202e]/gu

/** The plain text of sanitised HTML, for mails, feeds and word lists: lines as shown, a blank line between paragraphs. */
export function textOf(html: string): string {
  return html
    .replace(/<br ?\/?>\n?|<\/(?:p|pre|blockquote)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp);/g, (entity) => CHARACTERS[entity] ?? entity)
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const CHARACTERS: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }

/** No tag, no entity and no URL: nothing for linkify or the sanitiser to do. Most comments are like this. */
function isPlainText(text: string): boolean {
  return !/<|&[a-z#]/i.test(text) && !mayHoldUrl(text)
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

const POLICY: sanitize.IOptions = {
  allowedTags: 'a abbr b blockquote br cite code del em i p pre q s strike strong'.split(' '),
  allowedAttributes: { a: ['href', 'title', 'rel'], abbr: ['title'], blockquote: ['cite'], q: ['cite'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: DROPPED_WITH_TEXT,
  // Browsers flatten what nests deeper than a few hundred elements, each in its own way.
  nestingLimit: 32,
  transformTags: {
    a: (tagName, { href, title }) => ({ tagName, attribs: { ...address('href', href), ...(title ? { title } : {}), rel: REL } }),
    blockquote: (tagName, { cite }) => ({ tagName, attribs: address('cite', cite) }),
    q: (tagName, { cite }) => ({ tagName, attribs: address('cite', cite) }),
  },
}

const REL = 'nofollow ugc noopener'

/** An absolute address only: `/path` and `//host` would point into the site, or wherever the HTML is shown later. */
function address(attribute: 'href' | 'cite', value = ''): Record<string, string> {
  const url = value.replace(/[\t\n\r]/g, '').trim()
  const allowed = attribute === 'href' ? /^(?:https?:\/\/|mailto:)[^\s/\\]/i : /^https?:\/\/[^\s/\\]/i
  return allowed.test(url) && parseUrl(url) ? { [attribute]: url } : {}
}
