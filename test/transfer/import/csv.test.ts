import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { csv as written } from '../../../src/transfer/csv.ts'
import { csv } from '../../../src/transfer/import/readers/csv.ts'
import { NEEDS_BASE, read } from './read.ts'

const ours = 'id,url,title,parentId,status,authorName,authorEmail,authorWebsite,body,createdAt,editedAt'

describe('A CSV', () => {
  test('of ours gives a thread for each address and every field of its comments', async () => {
    const row =
      '"a","https://berita.example/1","Satu","b","spam","Sari","sari@example.org","https://sari.example","Baik","2026-03-01T08:00:00.000Z","2026-03-01T08:05:00.000Z"'
    const { all, error } = await read(csv, `${ours}\r\n${row}\r\n`)
    expect(error).toBeNull()
    expect(all).toEqual([
      { type: 'thread', at: { line: 2 }, externalId: 'https://berita.example/1', url: 'https://berita.example/1', title: 'Satu' },
      {
        type: 'comment',
        at: { line: 2 },
        externalId: 'a',
        threadExternalId: 'https://berita.example/1',
        parentExternalId: 'b',
        createdAt: new Date('2026-03-01T08:00:00Z'),
        status: 'spam',
        author: { name: 'Sari', email: 'sari@example.org', website: 'https://sari.example', ip: null },
        body: 'Baik',
        markup: 'typed',
        editedAt: new Date('2026-03-01T08:05:00Z'),
      },
    ])
  })

  test('of ours gives back every body as it was, formulas too', async () => {
    const special = fc.string({ unit: fc.constantFrom('=', '+', "'", '"', ',', ';', '\n', '\r\n', ' ', '＝', '@', '-', 'a', '😀', '<b>') })
    const body = fc.oneof(special, fc.string({ unit: 'grapheme' })).map((text) => text.trim())
    await fc.assert(
      fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 5 }), fc.boolean(), async (bodies, bom) => {
        const writer = written.open({ header: { emails: false } as never, site: {} as never, bom })
        const rows = bodies.map((text, at) =>
          writer.comment(
            { id: `${at}`, url: 'https://a.example/', status: 'approved', author: { name: 'x', website: null }, body: text } as never,
            null,
          ),
        )
        const { comments, error } = await read(csv, `${writer.begin()}${rows.join('')}`)
        expect([error, comments.map((comment) => comment.body)]).toEqual([null, bodies])
      }),
      { numRuns: 50 },
    )
  })

  test.each([',', ';', '\t', '|'])('is parted by %j, whatever stands in quotes', async (sign) => {
    const table = [
      ['url', 'body', '"a,;\t|b"'],
      ['https://a.example/', '"satu, dua; tiga"', ''],
      ['https://a.example/', 'x', ''],
    ]
    const { comments } = await read(csv, `\ufeff${table.map((row) => row.join(sign)).join('\n')}`)
    expect(comments.map(({ body, at }) => [body, at.line])).toEqual([
      ['satu, dua; tiga', 2],
      ['x', 3],
    ])
  })

  test("is read behind Excel's line about the separator, and over empty lines and line breaks in cells", async () => {
    const { comments } = await read(csv, 'sep=;\r\nurl;body\r\n\r\nhttps://a.example/;"satu\r\ndua"\r\nhttps://a.example/;tiga\r\n')
    expect(comments.map(({ body, at }) => [body, at.line])).toEqual([
      ['satu\r\ndua', 4],
      ['tiga', 6],
    ])
  })

  test('of anybody is read by the names of its columns, in whatever case', async () => {
    const columns = { url: 'Page', body: 'text', authorName: 'Who', createdAt: 'when' }
    const { comments } = await read(csv, 'Page,TEXT,who,When\nhttps://a.example/,Halo,Sari,2020-01-02 03:04:05\n', { columns })
    expect(comments[0]).toMatchObject({
      body: 'Halo',
      status: 'approved',
      author: { name: 'Sari', email: null },
      createdAt: new Date('2020-01-02T03:04:05Z'),
    })
  })

  test('without ids knows a comment again by what it says', async () => {
    const rows = 'url,body\nhttps://a.example/,Halo\nhttps://a.example/,Lain\n'
    const ids = async () => (await read(csv, rows)).comments.map(({ externalId }) => externalId)
    expect(new Set(await ids()).size).toBe(2)
    expect(await ids()).toEqual(await ids())
  })

  test.each([
    ['removed', 'removed'],
    ['Published', 'approved'],
    ['trash', 'rejected'],
    ['', 'approved'],
    ['hmm', 'pending'],
  ])('takes the state "%s" for %s', async (word, status) => {
    expect((await read(csv, `url,body,status\nhttps://a.example/,x,${word}\n`)).comments[0]?.status).toBe(status)
  })

  test('has rows skipped with the reason: without address, too many cells, too long', async () => {
    const rows = ['/a,x', 'https://a.example/,x,y', `https://a.example/,${'x'.repeat(1_100_000)}`, 'https://a.example/,baik']
    const { skipped, comments } = await read(csv, `url,body\n${rows.join('\n')}\n`)
    expect(skipped.map(({ at, reason }) => [at.line, reason])).toEqual([
      [2, NEEDS_BASE],
      [3, 'too-many-cells'],
      [4, 'too-long'],
    ])
    expect(comments.map(({ body }) => body)).toEqual(['baik'])
  })

  test.each([
    ['There is no column "body". The columns are: url, text. (line 1)', 'url,text\n'],
    ['A quoted cell that begins here has no end', 'url,body\nhttps://a.example/,x\nhttps://a.example/,"y\n'],
    ['(line 3)', 'url,body\nhttps://a.example/,x\nhttps://a.example/,"y\n'],
    ['The file is empty:', ''],
    ['a WordPress export', '<rss xmlns:wp="http://wordpress.org/export/1.2/">'],
    ['UTF-16', Buffer.from('\ufeffurl,body\n', 'utf16le')],
    [
      'the byte e9 is no character here. Save it as UTF-8 and try again. (line 2, column 21)',
      Buffer.from('url,body\nhttps://a.example/,x\u00e9', 'latin1'),
    ],
    ['A single row has too many cells.', `url,body\n${','.repeat(300_000)}`],
    ['more than 10,000 empty lines', `url,body\n${'\n'.repeat(20_000)}`],
    ['has more than 1000 cells', `${'a,'.repeat(2000)}\n`],
  ])('is refused: %s', async (what, bytes) => {
    expect((await read(csv, bytes)).error).toContain(what)
  })

  test('is refused for a column that was named and is not there', async () => {
    expect((await read(csv, 'url,body\n', { columns: { authorName: 'Nama' } })).error).toContain('There is no column "Nama"')
  })
})
