/**
 * Brings text to the form in which words are compared, so that a listed word is found however it is dressed up: upper case,
 * full-width or mathematical letters (NFKC), zero-width characters and soft hyphens inside it, strokes laid over it (`j̶u̶d̶i̶`),
 * any run of spaces or line breaks between words. Accents of ordinary letters count: `ano` is not `año`.
 */
export function fold(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(INVISIBLE, '')
      // JavaScript has no case folding; up and down again joins `ß` and `ss`, `ſ` and `s`, `ı` and `i`.
      .toUpperCase()
      .toLowerCase()
      .replace(LOOSE_MARKS, '')
      .replace(/ς/g, 'σ')
      .replace(/\s+/g, ' ')
  )
}

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu

/** Combining marks that NFKC found no letter for. They end up loose too when lower-casing `İ`. */
const LOOSE_MARKS = /[\u0300-\u036f]/g
