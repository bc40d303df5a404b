import { describe, expect, test } from '@jest/globals'
import { recognise } from '../../../src/transfer/import/guess.ts'
import { isso } from '../../../src/transfer/import/readers/isso.ts'
import { read, withFile } from './read.ts'

const base = 'https://berita.example'

const comment = (id: number, fields: object = {}) => ({
  id,
  author: 'Sari',
  email: 'sari@example.org',
  website: 'https://sari.example',
  remote_addr: '203.0.113.0',
  created: '2026-01-01 08:00:00',
  text: 'Halo *semua*',
  ...fields,
})

describe("Isso's JSON", () => {
  test('gives threads and comments, whose numbers count within their thread', async () => {
    const text = JSON.stringify([
      { id: '/satu/', title: 'Satu', comments: [comment(1), comment(2, { parent: 1 })] },
      { comments: [comment(1, { author: '', email: null, website: '' })], title: '', id: 'https://lain.example/dua' },
      { id: '/kosong/', title: 'Kosong', comments: [] },
    ])
    const { threads, comments, error } = await read(isso, text, { base })
    expect(error).toBeNull()
    expect(threads.map(({ externalId, url, title }) => [externalId, url, title])).toEqual([
      ['/satu/', `${base}/satu/`, 'Satu'],
      ['https://lain.example/dua', 'https://lain.example/dua', null],
      ['/kosong/', `${base}/kosong/`, 'Kosong'],
    ])
    expect(comments[0]).toEqual({
      type: 'comment',
      at: { line: 1, column: text.indexOf('{"id":1,') + 1 },
      externalId: '/satu/ 1',
      threadExternalId: '/satu/',
      parentExternalId: null,
      status: 'approved',
      author: { name: 'Sari', email: 'sari@example.org', website: 'https://sari.example', ip: '203.0.113.0' },
      body: 'Halo *semua*',
      markup: 'markdown',
      createdAt: new Date('2026-01-01T08:00:00Z'),
      editedAt: null,
    })
    expect(comments.slice(1)).toMatchObject([
      { externalId: '/satu/ 2', parentExternalId: '/satu/ 1' },
      {
        externalId: 'https://lain.example/dua 1',
        threadExternalId: 'https://lain.example/dua',
        author: { name: '', email: null, website: null },
      },
    ])
    expect(await withFile(text, (file) => recognise({ file, wished: 'auto' }))).toBe('isso')
  })

  test('has what cannot be placed skipped', async () => {
    const text = JSON.stringify([
      { id: '/satu/', title: 'Satu', comments: [comment(1)] },
      { title: 'Tanpa alamat', comments: [comment(1)] },
      { id: `${base}/tiga`, title: 'Tiga', comments: [{ ...comment(1), id: null }, comment(2, { text: 'x'.repeat(1_100_000) })] },
    ])
    const { skipped, comments } = await read(isso, text)
    expect(skipped.map(({ externalId, reason }) => [externalId, reason])).toEqual([
      ['/satu/ 1', 'needs-base'],
      [' 1', 'no-address'],
      [null, 'no-id'],
      [`${base}/tiga 2`, 'too-long'],
    ])
    expect(comments).toEqual([])
  })

  test('that is no array of threads is refused, and says what to give instead', async () => {
    expect((await read(isso, '{"threads":[]}')).error).toContain("give Isso's comments.db")
    expect((await read(isso, '[{"id":"/a","comments":[{"id":1,"remote_addr":""')).error).toContain('cut off')
  })
})
