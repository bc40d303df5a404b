/** Text on one line: line breaks, control characters and marks that turn the reading direction become spaces. */
export const oneLine = (text: string) => text.toWellFormed().replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim()

const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu

/** At most so many characters (code points), the last of them `…` when something is left out; never half a letter or emoji. */
export function shorten(text: string, most: number): string {
  if (lengthOf(text) <= most) return text
  let short = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (lengthOf(short + segment) > most - 1) break
    short += segment
  }
  return `${short.trimEnd()}…`
}

/** A text's length in code points. */
export const lengthOf = (text: string) => Array.from(text).length

/** Every line behind `> `, so that nothing in it can pass for ours. */
export const quote = (text: string) =>
  text
    .split(LINE_END)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')

const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/

/** An address as people read it: without scheme and trailing slash, `kabar.example/2025/banjir`. */
export const readableUrl = (url: string) =>
  oneLine(url)
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '')
