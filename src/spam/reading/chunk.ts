import { foreign, phonetic, written } from './look-alikes.ts'
import { isRegional, unstyled } from './styled.ts'

/** A word of a text. */
export interface Token {
  /** As it reads, folded. */
  word: string
  /** The word that it makes together with what stands right beside it (`alexis'17`), told by its last part; null for none. */
  joined: string | null
  /** As it was written. */
  found: string
}

export interface ChunkReading {
  tokens: Token[]
  text: string
  disguised: number
  plain: number
  /** Letters that stand apart in it: `a.s.u` has three. */
  spelled: number
}

/** Parts that make a long word only together. */
const LONG = 6
const FEWEST = 3

/** Reads what stands between two spaces. */
export function readChunk(chunk: string, { mostlyLatin }: { mostlyLatin: boolean }): ChunkReading {
  const { text, disguised } = ASCII.test(chunk) ? { text: chunk.toLowerCase(), disguised: 0 } : unmask(chunk, { mostlyLatin })
  const parts = text.match(WORDS) ?? []
  const letters = text.match(ALPHANUMERIC)?.length ?? 0
  const plain = Math.max(0, letters - disguised)
  const rest = { disguised, plain }
  if (parts.length > 1) {
    const joined = parts.join('')
    const apart = parts.filter((part) => [...part].length === 1).length
    if (apart === parts.length && apart >= FEWEST) {
      const spelled = HAS_LETTER.test(joined) && !ABBREVIATION.test(chunk) ? apart : 0
      return { tokens: [{ word: joined, joined: null, found: chunk }], text: joined, spelled, ...rest }
    }
    const tokens: Token[] = parts.map((word) => ({ word, joined: null, found: word }))
    const last = tokens.at(-1)
    if (last && (joined.length >= LONG || SIGNS.test(text))) last.joined = withSigns(text)
    return { tokens, text, spelled: 0, ...rest }
  }
  const joined = SIGNS.test(text) ? withSigns(text) : null
  return { tokens: parts.map((word) => ({ word, joined, found: chunk.replace(AROUND, '') })), text, spelled: 0, ...rest }
}

/** Signs that are written for letters: `@su`, `g@cor`. */
const SIGNS = /[@$](?=[a-z])/
const withSigns = (text: string): string => text.replace(NO_LETTERS, '')
const NO_LETTERS = /[^\p{L}\p{N}\p{M}@$]/gu
const AROUND = /^[^\p{L}\p{N}\p{M}\p{S}@$]+|[^\p{L}\p{N}\p{M}\p{S}]+$/gu

// eslint-disable-next-line no-control-regex
const ASCII = /^[\x20-\x7e]*$/
const WORDS = /[\p{L}\p{N}\p{M}]+/gu
const ALPHANUMERIC = /[\p{L}\p{N}]/gu
const HAS_LETTER = /\p{L}/u
/** `d.l.l.`, `S.H.`: lower or upper case throughout, a dot behind each. */
const ABBREVIATION = /^\p{L}(?:\.\p{L}){1,3}\.?$/u

/** Takes masks off: gives the text in lower case, and how many letters wore one. */
function unmask(chunk: string, { mostlyLatin }: { mostlyLatin: boolean }): { text: string; disguised: number } {
  const out: string[] = []
  const strange: { at: number; letter: string }[] = []
  let disguised = 0
  let latin = 0
  let foreigners = 0
  let isHidden = false
  let marked = -1
  let regional: number[] = []

  const put = (letter: string, isDisguise: boolean) => {
    if (isHidden && isLatin(letter) && isLatin(out.at(-1))) disguised++
    isHidden = false
    if (isDisguise) disguised++
    else if (isLatin(letter)) latin++
    out.push(letter)
  }
  const endFlags = () => {
    if (!areFlags(regional)) for (const code of regional) put(String.fromCodePoint(code - 0x1f1e6 + 97), true)
    regional = []
  }

  for (const character of chunk.normalize('NFC')) {
    const code = character.codePointAt(0) ?? 0
    if (isRegional(code)) {
      regional.push(code)
      continue
    }
    endFlags()
    if (code < 0x80) put(character.toLowerCase(), false)
    else if (INVISIBLE.test(character)) isHidden = out.length > 0
    else if (DOTS.test(character)) put('·', false)
    else if (LAID_OVER.test(character)) {
      if (marked !== out.length && HAS_LETTER.test(out.at(-1) ?? '')) disguised++
      marked = out.length
    } else {
      const plain = unstyled(character)
      if (plain !== null) put(plain, HAS_LETTER.test(plain) && (mostlyLatin || !FULL_WIDTH.test(character)))
      else if (phonetic.has(character) || phonetic.has(lower(character))) put(alike(phonetic, character), true)
      else if (written.has(lower(character))) put(alike(written, character), false)
      else if (foreign.has(character) || foreign.has(lower(character))) {
        strange.push({ at: out.length, letter: alike(foreign, character) })
        out.push(lower(character))
      } else {
        if (FOREIGN_LETTER.test(character)) foreigners++
        put(lower(character), false)
      }
    }
  }
  endFlags()

  // A word of another alphabet is itself; one that is Latin but for some letters, or is nothing but look-alikes in a Latin text, is not.
  if (strange.length > 0 && foreigners === 0 && (latin > 0 || (mostlyLatin && strange.length >= FEWEST))) {
    for (const { at, letter } of strange) out[at] = letter
    disguised += strange.length
  }
  return { text: withoutMarks(out.join('')), disguised }
}

/** Whether regional letters are the flags of countries, two by two; else somebody spells a word with them. */
function areFlags(codes: number[]): boolean {
  const letters = codes.map((code) => String.fromCodePoint(code - 0x1f1e6 + 65)).join('')
  return codes.length % 2 === 0 && (letters.match(/../g) ?? []).every((pair) => REGIONS.of(pair) !== undefined)
}
const REGIONS = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

const alike = (table: ReadonlyMap<string, string>, character: string) => table.get(character) ?? table.get(lower(character)) ?? character

/** JavaScript has no case folding; up and down again joins `ß` and `ss`, `ſ` and `s`, `ı` and `i`. */
const lower = (character: string): string =>
  character.normalize('NFKC').toUpperCase().toLowerCase().replace(/ς/g, 'σ').replace('i\u0307', 'i')

const isLatin = (character: string | undefined): boolean => character !== undefined && /^[a-z0-9]/.test(character)

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/u
/** Ordinary among Chinese and Japanese. */
const FULL_WIDTH = /[\uff01-\uff5e]/
/** Hangul letters that look like dots. */
const DOTS = /[\u119e\u318d\u11a2]/
/** What is laid over, under or around a letter and belongs to no language: overlays, lines, keycaps, circles. */
const LAID_OVER = /[\u0305\u031a\u0332-\u0341\u0346-\u0362]|\p{Me}|[\u1ab0-\u1aff]|[\u20d0-\u20ff]|[\ufe20-\ufe2f]/u
const FOREIGN_LETTER = /(?!\p{Script=Latin})\p{L}/u

/**
 * Accents that a language writes count: `ano` is not `año`. Where two letters or more of a word carry one, as in `álèxîs`, it is compared
 * without.
 */
function withoutMarks(text: string): string {
  if (!ACCENTED.test(text)) return text
  return text.replace(WORDS, (word) => {
    const parted = word.normalize('NFD')
    return (parted.match(ACCENTS)?.length ?? 0) >= 2 ? parted.replace(ACCENTS, '').normalize('NFC') : word
  })
}

const ACCENTED = /[\u00c0-\u024f\u1e00-\u1eff]|[\u0300-\u036f]/
/** On Latin letters alone: other scripts need theirs. */
const ACCENTS = /(?<=[a-z]|[\u0300-\u036f])[\u0300-\u036f]/g
