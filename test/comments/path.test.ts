import { describe, expect, it } from '@jest/globals'
import { idsInPath, PATH, pathBelow, pathOfRoot, rootInPath } from '../../src/comments/path.ts'
import { newId } from '../../src/ids.ts'

const ids = Array.from({ length: 12 }, (_value, nth) => newId(new Date(Date.UTC(2026, 0, 1, 0, nth))))
const pathTo = (level: number) => ids.slice(1, level).reduce(pathBelow, pathOfRoot(ids[0] ?? ''))

describe('the path of a comment', () => {
  it.each([1, 2, 10])('tells the ids from the root to itself, %d in all', (level) => {
    const path = pathTo(level)
    expect(path).toMatch(PATH)
    expect(idsInPath(path)).toEqual(ids.slice(0, level))
    expect(rootInPath(path)).toBe(ids[0])
  })

  it('knows ten levels, and below them the nine first and the comment', () => {
    expect(idsInPath(pathTo(12))).toEqual([...ids.slice(0, 9), ids[11]])
    expect(pathTo(12)).toMatch(PATH)
  })

  it('sorts a comment behind its parent, and before what answers another one later', () => {
    expect([pathOfRoot(ids[1] ?? ''), pathBelow(pathOfRoot(ids[0] ?? ''), ids[2] ?? ''), pathOfRoot(ids[0] ?? '')].toSorted()).toEqual([
      pathOfRoot(ids[0] ?? ''),
      pathBelow(pathOfRoot(ids[0] ?? ''), ids[2] ?? ''),
      pathOfRoot(ids[1] ?? ''),
    ])
  })
})
