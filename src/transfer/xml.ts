// What no XML 1.0 document may hold (its production Char): control characters, halves of pairs, and two that are no characters.
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

/** A text with U+FFFD in the place of every character that XML 1.0 has no way to write. */
const written = (text: string): string => text.replaceAll(FORBIDDEN, '\ufffd')

/** A text as CDATA; the end mark within it is split between two of them. An empty text is nothing. */
export const cdata = (text: string): string => (text === '' ? '' : `<![CDATA[${written(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`)

/** A text for an element or an attribute. */
export const escaped = (text: string): string =>
  written(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
