import { textOf } from './text.ts'
import { TOO_LONG } from './found.ts'
import { LONG, LONGEST, LONGEST_BYTES, MOST_DEPTH } from './limits.ts'
import { unreadable } from './unreadable.ts'

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

/** One line of a file with a JSON document on each; a reason, in plain English, when it is none or none of a reasonable size. */
export function readJsonLine(text: string, { longest = LONG } = {}): { value: unknown } | { reason: string } {
  if (text.length > longest) return { reason: TOO_LONG }
  if (text.length > 64 * 1024 && depthOf(text) > MOST_DEPTH) return { reason: `it is nested more than ${MOST_DEPTH} deep` }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return { reason: `it is not well-formed JSON: ${(error as Error).message.replace(/\s*\(.*$|, ".*$/s, '')}` }
  }
}

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
