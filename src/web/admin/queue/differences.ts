export interface Piece {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** Beyond it the table of the longest common subsequence is too big for a glance: the whole middle counts as changed. */
const MOST_CELLS = 1_000_000

/**
 * What changed from one text to the other, word by word.
 *
 * @example differences('a b c', 'a d c') // same 'a ', removed 'b', added 'd', same ' c'
 */
export function differences(before: string, after: string): Piece[] {
  const old = words(before)
  const now = words(after)
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start++
  let end = 0
  while (end < old.length - start && end < now.length - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++
  const pieces: Piece[] = [{ kind: 'same', text: old.slice(0, start).join('') }]
  pieces.push(...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)))
  pieces.push({ kind: 'same', text: old.slice(old.length - end).join('') })
  return joined(pieces)
}

const words = (text: string) => text.match(/\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? []

function middle(old: string[], now: string[]): Piece[] {
  const changed: Piece[] = [
    { kind: 'removed', text: old.join('') },
    { kind: 'added', text: now.join('') },
  ]
  if (old.length * now.length > MOST_CELLS) return changed
  const width = now.length + 1
  const length = new Uint32Array((old.length + 1) * width) // of the longest common subsequence from here on
  const at = (row: number, column: number) => length[row * width + column] ?? 0
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      length[row * width + column] =
        old[row] === now[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const pieces: Piece[] = []
  let row = 0
  let column = 0
  while (row < old.length || column < now.length) {
    if (row < old.length && old[row] === now[column]) {
      pieces.push({ kind: 'same', text: old[row++] ?? '' })
      column++
    } else if (column >= now.length || (row < old.length && at(row + 1, column) >= at(row, column + 1))) {
      pieces.push({ kind: 'removed', text: old[row++] ?? '' })
    } else pieces.push({ kind: 'added', text: now[column++] ?? '' })
  }
  return pieces
}

/** Neighbours of one kind as one piece. */
function joined(pieces: Piece[]): Piece[] {
  const result: Piece[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    if (last?.kind === piece.kind) last.text += piece.text
    else if (piece.text) result.push({ ...piece })
  }
  return result
}
