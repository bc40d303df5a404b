import { readChunk, type Token } from './chunk.ts'

export type { Token } from './chunk.ts'

/** A text as a person reads it. */
export interface Reading {
  /** The words as they read, parted by spaces: what was disguised is plain, what was set apart is together. */
  text: string
  /** In their order; see Token. */
  tokens: Token[]
  /** Letters that are no letters, or are laid over: how many there are. */
  disguised: number
  /** Letters and digits that are what they look like. */
  plain: number
  /** The longest row of letters that stand alone, each apart from the next. */
  spelled: number
}

/** Beyond it no text is read: far more than what any moderator would look for words in. */
const LONGEST = 20_000
/** Letters set apart that make a word. */
const FEWEST = 3

/**
 * Reads a text as a person does: letters of other alphabets and styles that look like Latin ones, letters with something laid over them, set
 * apart from each other, parted by what nobody sees. Never throws; the time grows with the length of the text alone.
 */
export function read(text: string): Reading {
  const tokens: Token[] = []
  const words: string[] = []
  let disguised = 0
  let plain = 0
  let spelled = 0
  let row: Token[] = []

  const endRow = () => {
    if (row.length >= FEWEST) {
      const word = row.map((one) => one.word).join('')
      tokens.push({ word, joined: null, found: row.map(({ found }) => found).join(' ') })
      words.push(word)
      if (LETTER.test(word)) spelled = Math.max(spelled, row.length)
    } else {
      for (const token of row) {
        tokens.push(token)
        words.push(token.word)
      }
    }
    row = []
  }

  const short = text.slice(0, LONGEST)
  const mostlyLatin = (short.match(LATIN)?.length ?? 0) * 2 >= (short.match(LETTERS)?.length ?? 0)
  for (const [chunk] of short.matchAll(CHUNK)) {
    const part = readChunk(chunk, { mostlyLatin })
    disguised += part.disguised
    plain += part.plain
    spelled = Math.max(spelled, part.spelled)
    const [first] = part.tokens
    if (part.tokens.length === 1 && first && [...first.word].length === 1) {
      row.push(first)
      continue
    }
    endRow()
    tokens.push(...part.tokens)
    words.push(part.text)
  }
  endRow()
  return { text: words.join(' '), tokens, disguised, plain, spelled }
}

const CHUNK = /\S{1,200}/gu
const LATIN = /[A-Za-z]/g
const LETTERS = /\p{L}/gu
const LETTER = /\p{L}/u
