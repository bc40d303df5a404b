/** Everything before the document proper: PHP's warnings, blank lines, a stray sign. Their line ends stay, so that lines count right. */
export function startOfXml(text: string): string {
  const begin = text.slice(0, LONGEST_PREFACE).search(/<\?xml[\s?]|<!DOCTYPE|<!--|<(?:rss|disqus)[\s>]/)
  if (begin <= 0) return withoutControls(text)
  // A declaration may stand nowhere but at the very beginning.
  const document = text.slice(begin).replace(/^<\?xml[^>]*\?>/, '')
  return text.slice(0, begin).replace(/[^\n]/g, '') + withoutControls(document)
}

const LONGEST_PREFACE = 4096

/** Characters that XML forbids and databases hold all the same. As U+FFFD they keep their column. */
export const withoutControls = (text: string): string => (CONTROL.test(text) ? text.replace(CONTROLS, '\ufffd') : text)

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/
const CONTROLS = new RegExp(CONTROL, 'g')

/** The encoding that the XML declaration names. */
export function declaredEncoding(head: Buffer): string | undefined {
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head.toString('latin1', 0, 200))?.[1]
}

/**
 * Whether the parser reads on behind a mistake without losing more than the sign that was wrong. Tags that do not match are another
 * matter: what follows could be anybody's.
 */
export const toleratedMistake = (message: string): boolean =>
  !/clos(?:e|ing) tag|unclosed tag|unexpected end|only one root|doctype/.test(message)
