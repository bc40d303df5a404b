/** Digits and signs that are read as letters; `1` as `i` or `l`, which are therefore one letter here. */
const LETTERS: Record<string, string> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  6: 'g',
  7: 't',
  8: 'b',
  9: 'g',
  '@': 'a',
  $: 's',
  l: 'i',
}

/** A word with its digits read as letters (`4su`, `g4c0r`), for comparing with another that went through the same. */
export const digitsAsLetters = (word: string): string => word.replace(/[013456789@$l]/g, (sign) => LETTERS[sign] ?? sign)

/** Whether a word mixes letters with what may stand for some. */
export const hasLeet = (word: string): boolean => /[a-z]/.test(word) && /[013456789@$]/.test(word)
