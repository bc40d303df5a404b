import type { Problem } from '../../../errors.ts'
import { type Place, UnreadableFile } from '../source.ts'

/** The error for a file that cannot be read on from a place in it. The place is in the sentence, and in `line` and `column` for programs. */
export function unreadable(reason: string, at: Place = {}): Problem {
  const { line, column } = at
  if (line === undefined) return UnreadableFile(reason)
  const place = column === undefined ? `line ${line}` : `line ${line}, column ${column}`
  return UnreadableFile(`${reason} (${place})`, { members: { line, ...(column !== undefined && { column }) } })
}
