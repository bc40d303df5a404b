import type { WordEntry } from '../../../sites/word-lists.ts'

/** An entry as a line: `word`, `*anywhere*`, `~squeezed~`. */
export const wordLine = (entry: WordEntry): string => {
  if (typeof entry === 'string') return entry
  const sign = { word: '', anywhere: '*', squeezed: '~' }[entry.match]
  return `${sign}${entry.text}${sign}`
}

/** The entries that lines stand for. */
export const wordsOf = (text: string): WordEntry[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, sign, inside] = /^([*~])(.+)\1$/.exec(line) ?? []
      if (inside === undefined) return { text: line, match: 'word' }
      return { text: inside.trim(), match: sign === '*' ? 'anywhere' : 'squeezed' }
    })
