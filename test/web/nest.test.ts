import { type Branch, nest } from '../../src/web/embed/nest.ts'
import type { OwnComment } from '../../src/web/embed/kept.ts'

const comment = (id: string, depth: number) => ({ id, parentId: null, depth, removed: true as const })
const own = (id: string, parentId: string | null) => ({ id, parentId }) as OwnComment
const outline = (branches: Branch[]): unknown[] => branches.map(({ id, replies }) => (replies.length > 0 ? [id, outline(replies)] : id))

test('nests by depth, also when the page begins below a parent that it does not hold', () => {
  expect(outline(nest([comment('a', 0), comment('b', 1), comment('c', 2), comment('d', 1), comment('e', 0)], []))).toEqual([
    ['a', [['b', ['c']], 'd']],
    'e',
  ])
  expect(outline(nest([comment('c', 2), comment('d', 1), comment('e', 0), comment('f', 1)], []))).toEqual(['c', 'd', ['e', ['f']]])
})

test('puts what waits where it will be: below what it answers, the rest first and newest on top', () => {
  const waiting = [own('one', null), own('two', null), own('reply', 'b'), own('elsewhere', 'not on this page')]
  expect(outline(nest([comment('a', 0), comment('b', 1)], waiting))).toEqual(['elsewhere', 'two', 'one', ['a', [['b', ['reply']]]]])
})
