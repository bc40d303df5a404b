import { describe, expect, test } from '@jest/globals'
import { recognise } from '../../../src/transfer/import/guess.ts'
import { twikoo } from '../../../src/transfer/import/readers/twikoo.ts'
import { read, withFile } from './read.ts'

const base = 'https://berita.example'

const comment = (fields: object = {}) => ({
  _id: '3f2a9c0e5b7d4a1c8e6f0b2d4c6a8e01',
  uid: 'e3b0c44298fc1c149afbf4c8996fb924',
  nick: 'Sari',
  mail: 'sari@example.org',
  mailMd5: '0c17bf66e649070167701d2d3cd71711',
  link: 'https://sari.example',
  ua: 'Mozilla/5.0',
  ip: '203.0.113.7',
  master: false,
  url: '/2026/kereta/',
  href: `${base}/2026/kereta/?from=beranda#twikoo`,
  comment: '<p>Halo <strong>semua</strong></p>\n',
  isSpam: false,
  like: ['u1', 'u2'],
  created: 1767225600123,
  updated: 1767312000000,
  ...fields,
})

describe('A Twikoo export', () => {
  test('gives threads and comments with every field, as its panel writes it', async () => {
    const text = JSON.stringify([comment()], null, 2)
    const { all, error } = await read(twikoo, text, { base })
    expect(error).toBeNull()
    expect(all).toEqual([
      { type: 'thread', at: { line: 2, column: 3 }, externalId: '/2026/kereta/', url: `${base}/2026/kereta/`, title: null },
      {
        type: 'comment',
        at: { line: 2, column: 3 },
        externalId: '3f2a9c0e5b7d4a1c8e6f0b2d4c6a8e01',
        threadExternalId: '/2026/kereta/',
        parentExternalId: null,
        status: 'approved',
        author: { name: 'Sari', email: 'sari@example.org', website: 'https://sari.example', ip: '203.0.113.7', isModerator: false },
        body: '<p>Halo <strong>semua</strong></p>',
        markup: 'html',
        createdAt: new Date('2026-01-01T00:00:00.123Z'),
        editedAt: null,
      },
    ])
    expect(await withFile(text, (file) => recognise({ file, wished: 'auto' }))).toBe('twikoo')
  })

  test('knows replies, the site’s own people and what was hidden', async () => {
    const { comments } = await read(
      twikoo,
      JSON.stringify([
        comment({ _id: 'b', pid: 'a', rid: 'root' }),
        comment({ _id: 'c', pid: '', rid: 'root', master: true }),
        comment({ _id: 'd', pid: null, rid: null, isSpam: true, mail: '' }),
      ]),
    )
    expect(comments).toMatchObject([
      { externalId: 'b', parentExternalId: 'a', status: 'approved' },
      { externalId: 'c', parentExternalId: 'root', author: { isModerator: true } },
      { externalId: 'd', parentExternalId: null, status: 'spam', author: { email: null } },
    ])
  })

  test('comes to the page that a comment was written on where no base is given', async () => {
    const { threads, skipped } = await read(
      twikoo,
      JSON.stringify([
        comment(),
        comment({ _id: 'b', url: 'kereta-malam', href: `${base}/kereta?x=1#c` }),
        comment({ _id: 'c', url: '/tanpa/', href: '' }),
      ]),
    )
    expect(threads.map(({ url }) => url)).toEqual([`${base}/2026/kereta/`, `${base}/kereta`])
    expect(skipped.map(({ reason }) => reason)).toEqual(['needs-base'])
  })

  test('is read as its databases write it, too: a comment on each line, in MongoDB’s own JSON', async () => {
    const lines = [
      comment({ _id: { $oid: '65920080aa11bb22cc33dd44' }, created: { $numberLong: '1767225600123' } }),
      comment({ _id: 'b', created: { $date: '2026-01-01T00:00:00.123Z' } }),
      comment({ _id: 'c', created: { $date: { $numberLong: '1767225600123' } } }),
    ]
    const text = [...lines.map((line) => JSON.stringify(line)), '{"_id": '].join('\n')
    const { comments, skipped } = await read(twikoo, text, { base })
    expect(comments.map(({ externalId, createdAt }) => [externalId, createdAt?.toISOString()])).toEqual([
      ['65920080aa11bb22cc33dd44', '2026-01-01T00:00:00.123Z'],
      ['b', '2026-01-01T00:00:00.123Z'],
      ['c', '2026-01-01T00:00:00.123Z'],
    ])
    expect(skipped).toMatchObject([{ at: { line: 4 } }])
    expect(await withFile(text, (file) => recognise({ file, wished: 'auto' }))).toBe('twikoo')
  })

  test('is refused where it is the page views, and says where the comments are', async () => {
    const counter = [{ _id: 'x', url: '/2026/kereta/', title: 'Kereta', time: 812, created: 1767225600123, updated: 1767225600123 }]
    const { error } = await read(twikoo, JSON.stringify(counter), { base })
    expect(error).toContain('In its panel, under Export, take the comments.')
  })
})
