// Explicit direction marks that can make text read as something else (U+202A to U+202E, U+2066 to U+2069; "Trojan Source").
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g
// Control characters other than tab and line feed; NUL is refused before.
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0001-\u0008\u000b-\u001f\u007f]/g

/** Text as it is kept: NFC, line ends as LF, without control characters and direction overrides. */
export const cleanText = (text: string) =>
  text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replace(CONTROLS, '').replace(BIDI_CONTROLS, '').normalize('NFC').trim()

/** The same on one line. */
export const cleanLine = (text: string) => cleanText(text).replace(/\s+/g, ' ')

export const byteLength = (text: string) => Buffer.byteLength(text)

/** Text as search compares it: compatibility forms, letter case and accents do not count. */
export const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
