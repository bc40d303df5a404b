/**
 * Letters and digits of the Latin alphabet in another dress, by code point: Unicode's compatibility mappings (NFKC) know most of them, and
 * give more than one character for none that is met here.
 */
const RANGES: readonly [from: number, to: number, first: string][] = [
  [0x1f150, 0x1f169, 'a'], // white in a black circle
  [0x1f170, 0x1f189, 'a'], // … in a black square
  [0x1f1e6, 0x1f1ff, 'a'], // regional letters, of which two are a flag
  [0x2776, 0x277e, '1'], // dingbats: white in a black circle
  [0x2780, 0x2788, '1'], // … without serifs
  [0x278a, 0x2792, '1'],
  [0x24f5, 0x24fd, '1'], // double circled
]

const ALPHANUMERIC = /^[A-Za-z0-9]$/
/** Small raised or lowered figures and abbreviations that people write. */
const ORDINARY = /[ªº²³¹\u2070-\u209c™℠№½⅓¼¾]/

/** The letter or digit, in lower case, that a styled character stands for; null for any other. */
export function unstyled(character: string): string | null {
  const code = character.codePointAt(0) ?? 0
  for (const [from, to, first] of RANGES) {
    if (code >= from && code <= to) return String.fromCodePoint((first.codePointAt(0) ?? 0) + code - from)
  }
  if (ORDINARY.test(character)) return null
  const plain = character.normalize('NFKC').replace(/^\((.)\)$/, '$1') // ⒜
  return plain !== character && ALPHANUMERIC.test(plain) ? plain.toLowerCase() : null
}

/** Regional letters: two of them are a flag. */
export const isRegional = (code: number): boolean => code >= 0x1f1e6 && code <= 0x1f1ff
