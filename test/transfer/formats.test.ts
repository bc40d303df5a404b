import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { csv } from '../../src/transfer/csv.ts'
import { json } from '../../src/transfer/json.ts'
import { ndjson } from '../../src/transfer/ndjson.ts'
import type { CommentRecord, HeaderRecord } from '../../src/transfer/records.ts'
import { readCsv } from './read-csv.ts'

const header: HeaderRecord = {
  format: 'balas',
  version: 1,
  emails: true,
  filter: { status: null, since: null, until: null, url: null },
  snapshot: '/',
}

const site = { name: 'Blog', locale: 'id', timeZone: 'Asia/Jakarta', origin: null, maxDepth: 5 }

const commentOf = ({ name, body }: { name: string; body: string }): CommentRecord => ({
  id: '019cc000-0000-7000-8000-000000000001',
  threadId: '019cc000-0000-7000-8000-000000000000',
  url: 'https://blog.example/1',
  parentId: null,
  status: 'approved',
  author: { name, website: null, email: 'sari@example.org' },
  moderatorId: null,
  pageTitle: null,
  body,
  html: body,
  createdAt: '2026-03-01T08:00:00.000Z',
  editedAt: null,
  version: 1,
  sanitizer: 1,
  reports: [],
  verdicts: [],
  revisions: [],
  history: [],
})

function write(format: 'ndjson' | 'json' | 'csv', comments: CommentRecord[], { bom = false, emails = true } = {}): string {
  const writer = { ndjson, json, csv }[format].open({ header: { ...header, emails }, bom, site })
  return [
    writer.begin(),
    ...comments.map((comment) => writer.comment(comment, null)),
    writer.end({ count: comments.length, sha256: '' }),
  ].join('')
}

/** The cells of the first comment by the names in the header row. */
function cells(text: string): Record<string, string | undefined> {
  const [names, first] = readCsv(text)
  return Object.fromEntries((names ?? []).map((name, at) => [name, first?.[at]]))
}

const bodyCell = (body: string) => cells(write('csv', [commentOf({ name: 'Sari', body })]))['body']

// Whatever people type, and more of what is special to the formats than chance would give.
const typed = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      "'",
      ',',
      ';',
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      ' ',
      '\u00a0',
      '\u3000',
      '＝',
      '﹫',
      '\u2028',
      '😀',
      '\u202e',
      'é',
      '\\',
      'a',
    ),
  }),
)

describe('CSV', () => {
  test.each([
    '=1+1',
    '+62 812',
    '-1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    '＝1+1',
    '＋1',
    '－1',
    '＠x',
    '﹦1',
    '  =1',
    '\u00a0=1',
    '\u3000＝1',
    '\n=1',
    ' \t=1',
    "=cmd|' /C calc'!A0",
    '="a""b"',
  ])('puts an apostrophe before %j', (body) => expect(bodyCell(body)).toBe(`'${body}`))

  test.each(['a=1', 'Terima kasih - bagus', "'kutipan'", '5 + 5', '<b>=</b>', ''])('leaves %j as it is', (body) =>
    expect(bodyCell(body)).toBe(body),
  )

  test('keeps quotes, commas, line breaks, emoji and right-to-left text within their cells', () => {
    const body = 'Dia bilang: "halo, dunia"\r\nbaris dua 😀👨‍👩‍👧\nשלום مرحبا; é'
    expect(bodyCell(body)).toBe(body)
  })

  test('never lets a cell begin with what a spreadsheet runs, and loses nothing', () => {
    fc.assert(
      fc.property(typed, typed, (name, body) => {
        const read = cells(write('csv', [commentOf({ name, body })]))
        for (const [column, given] of Object.entries({ authorName: name, body })) {
          const cell = read[column] ?? ''
          expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠\t\r\n]/)
          expect(/^'+\s*[\t\r\n=+\-@＝＋－＠﹦﹢﹣﹫]/.test(cell) ? cell.slice(1) : cell).toBe(given)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('has a byte order mark only when asked, and a column of addresses only with addresses', () => {
    const comment = commentOf({ name: 'Sari', body: 'x' })
    expect(write('csv', [comment]).startsWith('"id",')).toBe(true)
    expect(write('csv', [comment], { bom: true }).startsWith('\ufeff"id",')).toBe(true)
    expect(cells(write('csv', [comment]))['authorEmail']).toBe('sari@example.org')
    expect(write('csv', [comment], { emails: false })).not.toMatch(/authorEmail|sari@/)
  })
})

test('a comment comes back from an NDJSON line as it went in, one line each, whatever is in it', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ name: typed, body: typed })), (given) => {
      const comments = given.map(commentOf)
      const lines = write('ndjson', comments).split('\n')
      expect(lines.pop()).toBe('')
      expect(lines.slice(1, -1).map((line) => JSON.parse(line))).toEqual(comments.map((comment) => ({ type: 'comment', ...comment })))
      expect(JSON.parse(lines[0] ?? '')).toEqual({ type: 'header', ...header })
    }),
  )
})

test('JSON is one document, also without threads and comments', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ name: typed, body: typed }), { maxLength: 5 }), (given) => {
      const comments = given.map(commentOf)
      expect(JSON.parse(write('json', comments))).toEqual({ ...header, threads: [], comments, count: comments.length })
    }),
  )
})
