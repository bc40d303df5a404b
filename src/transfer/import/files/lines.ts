import { textOf } from './text.ts'
import { LONG, LONGEST, LONGEST_BYTES, MOST_DEPTH } from './limits.ts'
import { unreadable } from './unreadable.ts'
import type { Reason } from '../reasons.ts'

/** The lines of a text file, without those that are empty. @throws UnreadableFile */
export async function* linesOf({ file }: { file: string }): AsyncGenerator<{ text: string; line: number }, void> {
  let waiting: string[] = []
  let length = 0
  let line = 1
  for await (const piece of textOf({ file })) {
    const [first = '', ...rest] = piece.split('\n')
    waiting.push(first)
    length += first.length
    for (const next of rest) {
      const text = waiting.join('')
      if (text.trim() !== '') yield { text, line }
      line++
      waiting = [next]
      length = next.length
    }
    if (length > LONGEST_BYTES) throw unreadable(`A single line is longer than ${LONGEST}.`, { line })
  }
  const text = waiting.join('')
  if (text.trim() !== '') yield { text, line }
}

/** One line of a file with a JSON document on each; why not, when it is none or none of a reasonable size. */
export function readJsonLine(text: string, { longest = LONG } = {}): { value: unknown } | { reason: Reason } {
  if (text.length > longest) return { reason: 'too-long' }
  if (text.length > 64 * 1024 && depthOf(text) > MOST_DEPTH) return { reason: 'too-deep' }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return { reason: mistakeIn(error) }
  }
}

const mistakeIn = (error: unknown): Reason => `bad-json:${(error as Error).message.replace(/\s*\(.*$|, ".*$/s, '')}`

/** How deep brackets nest in a JSON text, whatever stands in its strings. */
function depthOf(text: string): number {
  let depth = 0
  let most = 0
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') most = Math.max(most, ++depth)
    else if (token === ']' || token === '}') depth--
  }
  return most
}
