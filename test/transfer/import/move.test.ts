import { expect, test } from '@jest/globals'
import { createMove } from '../../../src/transfer/import/move.ts'

const base = 'https://baru.example'

test.each([
  ['https://lama.example', 'https://lama.example/a/?p=1#x', `${base}/a/?p=1#x`],
  ['https://lama.example', 'http://www.Lama.example/a', `${base}/a`],
  ['http://www.lama.example/', 'https://lama.example', `${base}/`],
  ['https://lama.example', 'https://lama.example.evil.com/a', null],
  ['https://lama.example', 'https://evil.com/https://lama.example/a', null],
  ['https://lama.example', 'https://lama.example:8080/a', null],
  ['https://lama.example/blog', 'https://lama.example/blog/a', `${base}/a`],
  ['https://lama.example/blog', 'https://lama.example/blog?p=3', `${base}?p=3`],
  ['https://lama.example/blog', 'https://lama.example/blogging/a', null],
  ['https://lama.example/caf%c3%a9', 'https://lama.example/café/a', `${base}/a`],
  ['https://lama.example', 'tidak ada', null],
])('from %s, %s goes to %s', (from, address, moved) => {
  expect(createMove({ from, base })(address)).toBe(moved)
})

test('nothing goes anywhere where nothing was asked for', () => {
  expect(createMove({})('https://lama.example/a')).toBeNull()
})
