import { find } from 'linkifyjs'
import { parseUrl } from '../parse-url.ts'

/** Links made of bare URLs in one comment; further ones stay text. */
export const MOST_LINKS_MADE = 20

/** A longer word is not made clickable: linkify's time grows with the square of some words. In UTF-16 units. */
const LONGEST_URL = 1000

/**
 * Makes the bare URLs of a piece of HTML text clickable: `http://…`, `https://…`, and `www.…` as `http://`, as WordPress does.
 *
 * E-mail addresses, `example.id` and `readme.md` stay text, and so do URLs inside BBCode (`[url=…]`), which only spam carries here,
 * and URLs that hide their host behind a user name (`https://bank.example@evil.example`).
 * We find where a URL may begin; linkify decides where it ends (brackets, full stops, quotes). linkify-html is not used because its
 * tokenizer swallows text behind `<3`, decodes `&amp;lt;` once too often and breaks `&#128512;`.
 *
 * @param text HTML text without tags; entities are allowed
 * @param linksMade how many links this comment has been given so far
 */
export function linkBareUrls({ text, linksMade }: { text: string; linksMade: number }): { text: string; linksMade: number } {
  if (!mayHoldUrl(text)) return { text, linksMade }
  let made = linksMade
  const linked = text.replace(CANDIDATE, (candidate) => {
    const link = made < MOST_LINKS_MADE ? anchor(candidate) : null
    if (link !== null) made += 1
    return link ?? candidate
  })
  return { text: linked, linksMade: made }
}

/** True when `linkBareUrls` could find anything; cheap. */
export function mayHoldUrl(text: string): boolean {
  return /https?:\/\/|www\./i.test(text)
}

// Not in the middle of a word, a path or an address, nor behind `=` or `]` (BBCode). Ends at spaces, quotes, angle brackets, the
// entities that stand for them, and the middle dot, where linkify would begin anew.
const CANDIDATE =
  /(?<![\w@./=\]-])(?:https?:\/\/[\p{L}\p{N}]|www\.[\p{L}\p{N}-]+\.[\p{L}\p{N}])(?:(?!&(?:lt|gt|quot|nbsp|#\w{1,8});)[^\s<>"\u30fb])*/giu

function anchor(candidate: string): string | null {
  if (candidate.length > LONGEST_URL) return null
  const scheme = /^www/i.test(candidate) ? 'http://' : ''
  const first = find(scheme + candidate, 'url')[0]
  if (first === undefined || first.start !== 0) return null
  const typed = candidate.slice(0, first.end - scheme.length)
  // `&copy=1` in a URL is a parameter, not a sign.
  const url = typed.replace(/&(?!amp;)/g, '&amp;')
  const href = scheme + typed.replaceAll('&amp;', '&')
  if (parseUrl(href)?.username !== '') return null
  return `<a href="${scheme}${url}">${url}</a>${candidate.slice(typed.length)}`
}
