import { REMOVED } from '../comments/comment.ts'
import type { Database } from '../database/connect.ts'
import type { Numbers } from './format.ts'
import { withoutDashes } from '../ids.ts'
import type { Selection } from './selection.ts'
import { type CommentPosition, placePages } from './thread-store.ts'

const ID_BYTES = 16

/**
 * Numbers for a thread's comments, from the given one on. Those that answer none come first, then level after level, so that a
 * parent's number is below its replies' also where a reply is dated before it: WordPress's importer goes by the numbers.
 *
 * Removed places get none; their replies are taken for replies to what the place answered, as WordPress does it. Ids are kept as
 * bytes: a million of them are 16 MB.
 */
export async function numberThread({
  db,
  selection,
  upTo,
  from,
  known,
}: {
  db: Pick<Database, 'rows'>
  selection: Selection
  upTo: string
  from: number
  /** Numbers that comments have already. */
  known?: ((id: string) => number | undefined) | undefined
}) {
  const levels: Level[] = []
  const above = new Map<string, Pick<CommentPosition, 'parentId' | 'depth'>>() // removed places
  for await (const places of placePages(db, selection, upTo)) {
    for (const { id, depth, status, parentId } of places) {
      if (status === REMOVED) above.set(id, { parentId, depth })
      else (levels[depth] ??= createLevel()).add(id)
    }
  }
  let count = 0
  const firsts = Array.from(levels, (level) => {
    const first = from + count + 1
    count += level?.size() ?? 0
    return first
  })
  const numberAt = (id: string, depth: number): number => {
    const already = known?.(id)
    if (already !== undefined) return already
    const index = levels[depth]?.indexOf(id) ?? -1
    return index < 0 ? 0 : (firsts[depth] ?? 0) + index
  }
  return {
    count,
    /** Null for a removed place. */
    of({ id, parentId, depth }: Pick<CommentPosition, 'id' | 'parentId' | 'depth'>): Numbers | null {
      if (above.has(id)) return null
      let [parent, level] = [parentId, depth - 1]
      for (let removed = above.get(parent ?? ''); removed; removed = above.get(parent ?? ''))
        [parent, level] = [removed.parentId, level - 1]
      return { number: numberAt(id, depth), parent: parent === null ? 0 : numberAt(parent, level) }
    },
  }
}

type Level = ReturnType<typeof createLevel>

/** Ids in their order, found by halving. */
function createLevel() {
  let bytes = Buffer.alloc(64 * ID_BYTES)
  let size = 0
  const at = (index: number) => bytes.subarray(index * ID_BYTES, (index + 1) * ID_BYTES)
  return {
    size: () => size,
    add(id: string) {
      if ((size + 1) * ID_BYTES > bytes.length) bytes = Buffer.concat([bytes], bytes.length * 2)
      bytes.write(withoutDashes(id), size * ID_BYTES, 'hex')
      size++
    },
    indexOf(id: string): number {
      const wanted = Buffer.from(withoutDashes(id), 'hex')
      let [low, high] = [0, size - 1]
      while (low <= high) {
        const middle = (low + high) >> 1
        const order = at(middle).compare(wanted)
        if (order === 0) return middle
        if (order < 0) low = middle + 1
        else high = middle - 1
      }
      return -1
    },
  }
}
