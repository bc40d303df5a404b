import { matchOf, textOf, type WordEntry } from '../sites/word-lists.ts'
import { fold } from './fold.ts'
import { digitsAsLetters, hasLeet } from './leet.ts'
import { phraseFinder } from './phrases.ts'
import { read, type Reading, type Token } from './reading/reading.ts'

/** A text in the forms in which words are looked for. */
export interface Searched {
  /** Folded as it was typed, for what is looked for anywhere. */
  folded: string
  reading: Reading
}

export const searched = (text: string): Searched => ({ folded: fold(text), reading: read(text) })

/** What was found: an entry by its place in the list, and what it was found in. */
export interface Hit {
  index: number
  found: string
}

export interface WordFinder {
  find(text: Searched): Hit | null
}

/** Prepares a word list for search. The time of a search grows with the text alone, not with the list. */
export function wordFinder(entries: readonly WordEntry[]): WordFinder {
  const kept = entries.map((entry) => {
    const reading = read(textOf(entry))
    const words = reading.tokens.map(({ word }) => word)
    return { match: wayOf(entry, words), folded: fold(textOf(entry)).trim(), words }
  })
  const phrases = (way: Way, textFor: (entry: (typeof kept)[number]) => string) =>
    phraseFinder(kept.map((entry) => (entry.match === way ? textFor(entry) : '')))
  const anywhere = phrases('anywhere', ({ folded }) => folded)
  const insideAsLetters = phrases('anywhere', ({ folded }) => (PLAIN_WORD.test(folded) ? digitsAsLetters(folded) : ''))
  const squeezed = phrases('squeezed', ({ words }) => digitsAsLetters(words.join('')))
  const words = phrases('word', ({ words: all }) => ` ${all.join(' ')}`)
  const asLetters = phrases('word', ({ words: all }) => ` ${all.map(digitsAsLetters).join(' ')}`)
  const has = (way: Way) => kept.some(({ match }) => match === way)
  const literal = phrases('literal', ({ folded }) => folded)
  const hasLiteral = has('literal')
  const hasAnywhere = has('anywhere')
  const hasSqueezed = has('squeezed')
  const hasWords = has('word')

  return {
    find({ folded, reading }) {
      if (hasWords) {
        const { plain, disguised } = streamsOf(reading.tokens)
        for (const [finder, stream] of [[words, plain] as const, [asLetters, disguised] as const]) {
          if (stream === null) continue
          let found = ''
          const index = finder.find(stream.text, (entry, end) => {
            const last = stream.lastWord(end)
            if (last === null) return false
            const count = kept[entry]?.words.length ?? 1
            const range = stream.tokens.slice(last - count + 1, last + 1)
            if (stream.isChanged && !range.some(stream.isChanged)) return false
            found = range.map((token) => token.found).join(' ')
            return true
          })
          if (index !== null) return { index, found }
        }
      }
      if (hasLiteral) {
        for (const text of [folded, reading.text]) {
          const index = literal.find(text, (entry, end) => standsAlone({ text, entry: kept[entry]?.folded ?? '', end }))
          if (index !== null) return { index, found: kept[index]?.folded ?? '' }
        }
      }
      if (hasAnywhere) {
        for (const text of [folded, reading.text]) {
          let found = ''
          const index = anywhere.find(text, (entry, end) => {
            found = wordsAround({ text, start: end - (kept[entry]?.folded.length ?? 0), end })
            return true
          })
          if (index !== null) return { index, found }
        }
        for (const token of reading.tokens.filter(isDisguisable)) {
          const index = insideAsLetters.find(lettersOf(token))
          if (index !== null) return { index, found: token.found }
        }
      }
      if (hasSqueezed) {
        const index = squeezed.find(digitsAsLetters(reading.tokens.map(({ word }) => word).join('')))
        if (index !== null) return { index, found: kept[index]?.words.join('') ?? '' }
      }
      return null
    },
  }
}

/** `literal` is for addresses and parts of them, whose signs count. */
type Way = 'word' | 'literal' | 'anywhere' | 'squeezed'

/** Scripts that part no words by spaces, and entries without a letter, have no whole words. */
const wayOf = (entry: WordEntry, words: string[]): Way => {
  const match = matchOf(entry)
  if (match !== 'word') return match
  const text = textOf(entry)
  if (words.length === 0 || UNPARTED.test(text) || !/\p{L}/u.test(text)) return 'anywhere'
  return /[@./:]/.test(text) ? 'literal' : 'word'
}

/** Whether an entry that ends at a place of a text is part of no longer word there. */
function standsAlone({ text, entry, end }: { text: string; entry: string; end: number }): boolean {
  const isCut = (edge: string, beyond: string | undefined) => WORD.test(edge) && beyond !== undefined && WORD.test(beyond)
  return !isCut(entry.at(0) ?? '', text[end - entry.length - 1]) && !isCut(entry.at(-1) ?? '', text[end])
}

const WORD = /[\p{L}\p{N}]/u

const UNPARTED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u

interface Stream {
  /** The words, a space before each and behind the last. */
  text: string
  tokens: readonly Token[]
  /** The word that ends at a place in the text, or ends there but for an ending that Indonesian puts behind words; null for none. */
  lastWord: (end: number) => number | null
  isChanged?: (token: Token) => boolean
}

/** Whether a word may be another one, with its digits read as letters or its neighbours put to it. */
const isDisguisable = (token: Token): boolean => token.joined !== null || hasLeet(token.word)
const lettersOf = ({ word, joined }: Token): string => digitsAsLetters(joined ?? word)

/** The whole words that a part of a text belongs to, without signs around them. */
function wordsAround({ text, start, end }: { text: string; start: number; end: number }): string {
  const before = text.lastIndexOf(' ', start) + 1
  const behind = text.indexOf(' ', end)
  const words = text.slice(before, behind < 0 ? undefined : behind)
  return words.length > LONGEST_SHOWN ? text.slice(start, end) : words
}

const LONGEST_SHOWN = 60
/** Whose signs do not count. */
const PLAIN_WORD = /^[\p{L}\p{N}]{3,}$/u

/** The words as they read; and, where that is something else, with parts put together and digits taken as letters. */
function streamsOf(tokens: readonly Token[]): { plain: Stream; disguised: Stream | null } {
  const plain = streamOf(tokens, ({ word }) => word)
  if (!tokens.some(isDisguisable)) return { plain, disguised: null }
  const disguised = { ...streamOf(tokens, lettersOf), isChanged: isDisguisable }
  return { plain, disguised }
}

function streamOf(tokens: readonly Token[], textFor: (token: Token) => string): Stream {
  let text = ''
  const starts = new Map<number, number>()
  tokens.forEach((token, index) => {
    starts.set(text.length, index)
    text += ` ${textFor(token)}`
  })
  text += ' '
  const lastWord = (end: number): number | null => {
    const next = text.indexOf(' ', end)
    if (next > end && !ENDING.test(text.slice(end, next))) return null
    const start = text.lastIndexOf(' ', next - 1)
    return starts.get(start) ?? null
  }
  return { text, tokens, lastWord }
}

/** With them a word is still the word: my, your, his, and what stresses. `lah` reads `iah` where digits were taken as letters. */
const ENDING = /^(?:nya|ku|mu)?(?:[li]ah|kah|pun)?$/
