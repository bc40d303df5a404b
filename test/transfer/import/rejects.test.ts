import { describe, expect, it } from '@jest/globals'
import { startApp, type TestApp } from '../../support/app.ts'
import { bring, reportOf } from './bring.ts'
import { comment, fileOf, idAt, thread } from './lines.ts'
import { wxrFile } from './wxr-files.ts'

const IMPORTS = '/api/v1/sites/default/imports'

type Line = Record<string, unknown> & { type: string; code?: string; id?: string; thread?: { url: string } }

async function skippedOf({ http }: TestApp, headers: Record<string, string>, id: string) {
  const answer = await http
    .get(`${IMPORTS}/${id}/skipped`)
    .set(headers)
    .buffer(true)
    .parse(asText as never)
  return { status: answer.status, headers: answer.headers, lines: linesIn(String(answer.body)) }
}

const asText = (answer: NodeJS.ReadableStream, done: (error: Error | null, text: string) => void) => {
  let text = ''
  answer.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
  answer.on('end', () => done(null, text))
}

const linesIn = (text: string): Line[] =>
  text.startsWith('{"type":"header"')
    ? text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Line)
    : []
const fileIn = (lines: Line[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('')

const items = (text: string, host = 'old.example') => [
  {
    id: 7,
    link: 'https://news.example/artikel/',
    comments: [
      { id: 1, email: 'ani@pembaca.example' },
      { id: 2, text, email: 'budi@pembaca.example', parent: 1 },
      { id: 1, text: 'dua kali' },
      { id: '', text: 'tanpa id' },
    ],
  },
  { id: 8, link: `https://${host}/lain/`, comments: [{ id: 3, text: 'di host lain' }] },
]
const pingback = (file: string) => file.replace('<wp:comment_type>comment', '<wp:comment_type>pingback')

describe.each(['sqlite', 'postgresql'] as const)('What an import leaves out (%s)', (kind) => {
  it('is a list that holds every record with its reason; mended, it comes in as if it had come with its file', async () => {
    const app = await startApp({ kind })
    const owner = await app.keyFor('owner')
    await app.deps.sites.change(await app.deps.sites.byKey('default'), { allowedOrigins: ['https://news.example'] })
    const ping = { id: 9, link: 'https://news.example/ping/', comments: [{ id: 4, text: 'tautan' }] }
    const original = pingback(wxrFile([ping, ...items('<!-- kosong -->')]))
    const first = await bring(app, { text: original, format: 'wxr' })
    expect(first.report?.comments).toMatchObject({ read: 6, new: 1, skipped: 5 })

    const { headers, lines } = await skippedOf(app, owner, first.id)
    expect(headers).toMatchObject({
      'content-type': expect.stringContaining('application/x-ndjson'),
      'content-disposition': expect.stringContaining('attachment'),
      'cache-control': 'no-store',
    })
    const [header, ...records] = lines
    expect(header).toMatchObject({ type: 'header', format: 'balas-rejects', source: 'wxr', import: first.id })
    expect(records).toHaveLength(5)
    const by = (code: string) => records.find((record) => record.code === code) as Line
    expect(by('empty')).toMatchObject({
      id: '2',
      reason: expect.stringContaining('nothing to read'),
      thread: { id: '7', url: 'https://news.example/artikel/', title: 'Artikel 7' },
      parentId: '1',
      status: 'approved',
      author: { name: 'Ani', email: 'budi@pembaca.example' },
      markup: 'typed',
      createdAt: '2020-01-01T00:00:00.000Z',
    })
    expect(by('foreign-host')).toMatchObject({ id: '3', body: 'di host lain', thread: { url: 'https://old.example/lain/' } })
    expect(by('pingback')).toMatchObject({ id: '4', body: 'tautan', thread: { url: 'https://news.example/ping/' } })
    expect(by('twice')).toMatchObject({ id: '1', body: 'dua kali' })
    expect(by('no-id')).toMatchObject({ id: null, body: 'tanpa id', thread: { url: 'https://news.example/artikel/' } })

    const unmended = await bring(app, { text: fileIn(lines), format: 'auto' })
    expect(unmended).toMatchObject({ state: 'done', format: 'wxr', report: { comments: { read: 5, new: 0, skipped: 5 } } })
    expect((await skippedOf(app, owner, unmended.id)).lines.map(({ code }) => code).toSorted()).toEqual(
      records.map(({ code }) => code).toSorted(),
    )

    const mended = lines.map((line) => {
      if (line.code === 'empty') return { ...line, body: 'sekarang ada' }
      if (line.code === 'no-id') return { ...line, id: '5' }
      if (line.code === 'foreign-host') return { ...line, thread: { ...line.thread, url: 'https://news.example/lain/' } }
      return line
    })
    const second = await reportOf(app, { text: fileIn(mended), format: 'auto' })
    expect(second).toMatchObject({ comments: { read: 5, new: 3, skipped: 2 }, receipt: { ok: true }, orphans: [] })
    const rows = await app.deps.db.read.comment.findMany({ orderBy: { body: 'asc' }, select: { body: true, depth: true, status: true } })
    expect(rows).toEqual([
      { body: 'Komentar 1', depth: 0, status: 'approved' },
      { body: 'di host lain', depth: 0, status: 'approved' },
      { body: 'sekarang ada', depth: 1, status: 'approved' },
      { body: 'tanpa id', depth: 0, status: 'approved' },
    ])

    // The same comments in a file of their own, once what was wrong is right there too.
    const again = await reportOf(app, { text: pingback(wxrFile([ping, ...items('sekarang ada', 'news.example')])), format: 'wxr' })
    expect(again.comments).toMatchObject({ read: 6, new: 0, same: 3, changed: 0, skipped: 3 })
  })

  it('is kept for 30 days, for owners alone, and goes with an import that is cancelled', async () => {
    const app = await startApp({ kind })
    const owner = await app.keyFor('owner')
    const done = await bring(app, { text: fileOf([thread(0), comment(10), '{"type":"comment",']) })
    expect((await skippedOf(app, owner, done.id)).lines).toMatchObject([
      { format: 'balas-rejects', source: 'ndjson' },
      { code: 'bad-json', at: { line: 4 }, raw: '{"type":"comment",\n' },
    ])
    expect((await skippedOf(app, await app.keyFor('moderator', 'default'), done.id)).status).toBe(403)
    app.clock.advance(31 * 86_400)
    await app.deps.importQueue.tidy()
    const later = await app.keyFor('owner')
    expect((await skippedOf(app, later, done.id)).status).toBe(404)

    const begun = await app.http
      .post(IMPORTS)
      .set(later)
      .type('application/x-ndjson')
      .send(fileOf([thread(0), comment(11)]))
    const { id } = (begun.body as { import: { id: string } }).import
    await app.http.delete(`${IMPORTS}/${id}`).set(later).expect(204)
    await app.deps.importQueue.drainOnce()
    expect((await skippedOf(app, later, id)).status).toBe(404)
    expect(await app.deps.files.list({ area: 'rejects' })).toEqual([])
  })
})

it("holds our own file's records as they stood, which come in mended with all that was done about them", async () => {
  const app = await startApp()
  const owner = await app.keyFor('owner')
  const verdicts = [{ check: 'links', outcome: 'hold', reason: 'has 3 links' }]
  const text = fileOf([
    thread(0),
    comment(10, { html: '<p>a</p><script>alert(1)</script>', verdicts }),
    comment(11, { status: 'odd' as 'spam', parentId: idAt(10) }),
    comment(12, { threadId: idAt(1), url: 'https://berita.example/1' }),
  ])
  const first = await bring(app, { text })
  expect(first.report?.comments).toMatchObject({ read: 3, new: 0, skipped: 3 })
  const { lines } = await skippedOf(app, owner, first.id)
  expect(lines.slice(1).map(({ code, id }) => [code, id])).toEqual(
    expect.arrayContaining([
      ['unclean-html', idAt(10)],
      ['bad-field', idAt(11)],
    ]),
  )
  const mended = lines.map((line) => {
    const own = { ...(line['own'] as Record<string, unknown> | undefined) }
    if (line.code === 'unclean-html') return { ...line, own: { ...own, html: '<p>a</p>' } }
    if (line.code === 'bad-field') return { ...line, own: { ...own, status: 'spam' } }
    return line
  })
  expect((await reportOf(app, { text: fileIn(mended), format: 'rejects' })).comments).toMatchObject({ read: 3, new: 3, skipped: 0 })
  expect(await app.deps.db.read.comment.findUnique({ where: { id: idAt(10) } })).toMatchObject({ verdicts, status: 'approved' })
  expect(await app.deps.db.read.comment.findUnique({ where: { id: idAt(11) } })).toMatchObject({ parentId: idAt(10), status: 'spam' })
})

it('has what cannot be read at all by its beginning, and refuses a list without its first line', async () => {
  const app = await startApp()
  const owner = await app.keyFor('owner')
  const done = await bring(app, { text: `url,body\nhttps://news.example/,${'x'.repeat(1_200_000)}\n`, format: 'csv' })
  const { lines } = await skippedOf(app, owner, done.id)
  expect(lines).toMatchObject([{ source: 'csv' }, { code: 'too-long', at: { line: 2 } }])
  expect(String(lines[1]?.['raw']).length).toBe(4000)
  expect((await reportOf(app, { text: fileIn(lines), format: 'auto' })).skipped).toMatchObject([{ code: 'too-long', count: 1 }])
  await expect(bring(app, { text: fileIn(lines.slice(1)), format: 'rejects' })).rejects.toThrow(/first line/)
})
