import { expect, test } from '@jest/globals'
import { groupAlike } from '../../src/repair/splits.ts'

const thread = (url: string, { title = null, count = 1 }: { title?: string | null; count?: number } = {}) => ({
  id: url,
  url,
  title,
  count,
  createdAt: new Date('2026-11-23T05:00:00Z'),
})
const TITLE = 'Rusia dan AS dukung perdamaian di Suriah'

test.each([
  ['another host', ['host'], thread('https://lama.example/2015/12/suriah'), thread('https://berita.example/2015/12/suriah')],
  [
    'an escape, case and ending',
    ['spelling'],
    thread('https://b.example/Berita/Kopi%20susu.html'),
    thread('https://b.example/berita/kopi susu/'),
  ],
  ['an index file', ['spelling'], thread('https://b.example/berita/index.php'), thread('https://b.example/berita')],
  [
    'a query, by the title',
    ['query', 'title'],
    thread('https://b.example/a?lang=id', { title: TITLE }),
    thread('https://b.example/a', { title: TITLE }),
  ],
  [
    'another folder, by the slug',
    ['slug'],
    thread('https://b.example/2015/12/rusia-dan-as'),
    thread('https://b.example/dunia/rusia-dan-as'),
  ],
  [
    'another slug, by the title',
    ['title'],
    thread('https://b.example/?p=17', { title: TITLE }),
    thread('https://b.example/suriah', { title: `${TITLE}!` }),
  ],
])('threads are alike but for %s', (_what, reasons, one, other) => {
  const [found, ...more] = groupAlike([one, other])
  expect(found?.reasons).toEqual(reasons)
  expect(new Set(found?.threads)).toEqual(new Set([one, other]))
  expect(more).toEqual([])
})

test.each([
  ['numbered articles', thread('https://b.example/?p=1'), thread('https://b.example/?p=2')],
  [
    'numbered articles of one program',
    thread('https://b.example/baca.php?id=1', { title: 'Kereta malam ke Bandung' }),
    thread('https://b.example/baca.php?id=2', { title: 'Kopi susu di Jakarta' }),
  ],
  ['front pages', thread('https://a.example/'), thread('https://b.example/')],
  ['short titles', thread('https://b.example/a', { title: 'Berita' }), thread('https://b.example/b', { title: 'Berita' })],
])('%s are not', (_what, one, other) => {
  expect(groupAlike([one, other])).toEqual([])
})

test('a title that many articles share says nothing', () => {
  const threads = Array.from({ length: 13 }, (_, n) => thread(`https://b.example/${n}`, { title: 'Surat pembaca hari ini' }))
  expect(groupAlike(threads)).toEqual([])
  expect(groupAlike(threads.slice(1))).toHaveLength(1)
})

test('groups that share a thread are one, led by the thread with the most comments', () => {
  const [a, b, c] = [
    thread('https://lama.example/dunia/suriah-damai', { count: 2 }),
    thread('https://berita.example/dunia/suriah-damai', { title: TITLE, count: 7 }),
    thread('https://berita.example/?p=17', { title: TITLE, count: 3 }),
  ]
  expect(groupAlike([a, b, c])).toMatchObject([
    { reasons: ['host', 'slug', 'title'], into: b.id, threads: [{ id: b.id }, { id: c.id }, { id: a.id }] },
  ])
})
