import { Marked } from 'marked'
import { sanitizeComment, sanitizeHtml } from '../../markup/sanitize.ts'
import type { FoundComment } from './source.ts'

/** Nothing in here runs what it reads: what comes out goes through the sanitiser like anything that a reader types. */
const markdown = new Marked({ async: false, gfm: true, breaks: true })

/**
 * A comment of another system as we keep it: the text as if somebody had typed it here, from which our sanitiser makes the HTML
 * whenever its rules change, and that HTML.
 */
export function toTyped({ body, markup }: Pick<FoundComment, 'body' | 'markup'>): { body: string; html: string } {
  const typed = TYPED[markup](body.replaceAll('\r\n', '\n').replaceAll('\r', '\n')).trim()
  return { body: typed, html: sanitizeComment({ body: typed }).html }
}

const TYPED: Record<FoundComment['markup'], (body: string) => string> = {
  typed: (body) => body,
  // What could be read as a tag or an entity was meant as it stands.
  text: (body) => body.replaceAll(/&(?=#?\w+;)/g, '&amp;').replaceAll(/<(?=[a-z/!?])/gi, '&lt;'),
  html: fromHtml,
  markdown: (body) => fromHtml(markdown.parse(body) as string),
}

/** Elements behind which a line ends in a browser, though our rules know no such elements. */
const BLOCKS = /<\/?(?:p|div|h[1-6]|ul|ol|dl|table|section|article|header|footer|hr|figure)\b[^<>]*>/gi

/**
 * HTML as somebody would have typed it here, where line breaks count: white space becomes what browsers make of it, and what our
 * rules do not know becomes something that they do, so that list items do not run into one another and pictures stay reachable.
 */
function fromHtml(body: string): string {
  const lower = body.toLowerCase()
  let typed = ''
  let from = 0
  for (const { index } of body.matchAll(/<pre\b/gi)) {
    if (index < from) continue
    const end = lower.indexOf('</pre>', index)
    if (end === -1) break
    typed += flowing(body.slice(from, index)) + body.slice(index, end)
    from = end
  }
  return (typed + flowing(body.slice(from))).replaceAll(/\n{3,}/g, '\n\n')
}

const flowing = (html: string) =>
  withPictures(html)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?<br ?\/?> ?/gi, '\n')
    .replaceAll(/ ?<li\b[^<>]*> ?/gi, '\n- ')
    .replaceAll(/ ?<\/(?:li|tr|dt|dd)> ?/gi, '\n')
    .replaceAll(/<\/t[dh]>/gi, ' ')
    .replaceAll(/ ?(<\/?blockquote\b[^<>]*>) ?/gi, '\n$1\n')
    .replaceAll(BLOCKS, '\n\n')
    .replaceAll(/ *\n */g, '\n')

/** A picture becomes a link to it. */
const withPictures = (html: string) =>
  html.replaceAll(/<img\b([^<>]*)>/gi, (_tag, attributes: string) => {
    const src = attributeOf(attributes, 'src')
    if (!/^https?:\/\//i.test(src)) return attributeOf(attributes, 'alt')
    return `<a href="${src}">${attributeOf(attributes, 'alt') || src}</a>`
  })

const attributeOf = (attributes: string, name: string): string => {
  const [, double, single] = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"<>]*)"|'([^'<>"]*)')`, 'i').exec(attributes) ?? []
  return double ?? single ?? ''
}

/**
 * Whether HTML holds nothing that our rules would take out, so that it can be kept as another server of ours made it, perhaps by
 * older rules.
 */
export const isClean = (html: string): boolean => HARMLESS.test(html) || sanitizeHtml(html) === html

/** Most comments: paragraphs of text. */
const HARMLESS = /^(?:[^<>&\p{Cc}]|\n|<\/?p>|<br>|&(?:amp|lt|gt|quot);)*$/u
