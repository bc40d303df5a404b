import { describe, expect, it } from '@jest/globals'
import { expectRecount } from '../../comments/recount.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { bring, reportOf } from './bring.ts'
import { type WxrComment, wxrFile } from './wxr-files.ts'

const rowsOf = async ({ deps }: TestApp) =>
  (
    await deps.db.read.comment.findMany({
      orderBy: [{ createdAt: 'asc' }, { name: 'asc' }],
      select: { name: true, body: true, thread: { select: { url: true } } },
    })
  ).map(({ name, body, thread }) => [thread.url, name, body])

const blog = (host: string, comments: WxrComment[], id = 7) =>
  wxrFile([{ id, link: `https://${host}/artikel/`, comments }], `https://${host}`)

describe.each(['sqlite', 'postgresql'] as const)('Whose a number is (%s)', (kind) => {
  it('tells two blogs apart that both number from 1, and knows each again', async () => {
    const app = await startApp({ kind })
    const a = blog('bola.news.example', [{ id: 1, author: 'Ani', text: 'blog A' }])
    const b = blog('tekno.news.example', [{ id: 1, author: 'Budi', text: 'blog B' }])
    await reportOf(app, { text: a, format: 'wxr' })
    expect(await reportOf(app, { text: b, format: 'wxr', dryRun: true })).toMatchObject({ comments: { new: 1 }, clashes: [] })
    expect(await reportOf(app, { text: b, format: 'wxr' })).toMatchObject({ comments: { new: 1, same: 0 }, receipt: { ok: true } })
    expect(await rowsOf(app)).toEqual([
      ['https://bola.news.example/artikel/', 'Ani', 'blog A'],
      ['https://tekno.news.example/artikel/', 'Budi', 'blog B'],
    ])
    for (const text of [a, b]) expect((await reportOf(app, { text, format: 'wxr' })).comments).toMatchObject({ new: 0, same: 1 })
    await expectRecount([app])
  })

  it('takes a blog for the same whatever its scheme, www. and closing slash, and after it moved', async () => {
    const app = await startApp({ kind })
    const items = (host: string) => [{ id: 7, link: `${host}/artikel/`, comments: [{ id: 1 }] }]
    await reportOf(app, { text: wxrFile(items('https://news.example'), 'https://news.example'), format: 'wxr' })
    for (const host of ['http://www.news.example', 'https://NEWS.example'])
      expect((await reportOf(app, { text: wxrFile(items(host), `${host}/`), format: 'wxr' })).comments).toMatchObject({ new: 0, same: 1 })
    const moved = { from: 'https://old.example', base: 'https://news.example' }
    const text = wxrFile(items('https://old.example'), 'https://old.example')
    expect((await reportOf(app, { text, format: 'wxr', options: moved })).comments).toMatchObject({ new: 0, same: 1 })
  })

  it('takes over what changed there, even another article and author', async () => {
    const app = await startApp({ kind })
    await reportOf(app, { text: blog('news.example', [{ id: 1, text: 'dahulu' }]), format: 'wxr' })
    const changed = wxrFile([{ id: 9, link: 'https://news.example/lain/', comments: [{ id: 1, author: 'Citra', text: 'kini' }] }])
    expect((await reportOf(app, { text: changed, format: 'wxr' })).comments).toMatchObject({ new: 0, changed: 1 })
    expect(await rowsOf(app)).toEqual([['https://news.example/artikel/', 'Ani', 'kini']])
  })

  it('goes by article and author for what came in before origins were kept', async () => {
    const app = await startApp({ kind })
    const before = [1, 2, 3].map((id) => ({ id, text: `teks ${id}` }))
    await reportOf(app, { text: blog('bola.news.example', before), format: 'wxr' })
    await app.deps.db.write((tx) => tx.externalId.updateMany({ data: { origin: '' } }))
    const owner = await app.keyFor('owner')
    const gone = await app.deps.db.read.externalId.findFirstOrThrow({ where: { name: '3' } })
    await app.http.delete(`/api/v1/moderation/comments/${gone.commentId}`).set(owner).expect(204)

    const other = [1, 2, 3].map((id) => ({ id, author: 'Budi', text: `lain ${id}` }))
    const report = await reportOf(app, { text: blog('tekno.news.example', other), format: 'wxr' })
    expect(report.comments).toMatchObject({ new: 3, same: 0, changed: 0, kept: 0 })
    expect(report.clashes).toMatchObject([{ code: 'clash-here', count: 3 }])

    const again = [
      { id: 1, text: 'teks 1' },
      { id: 2, text: 'diubah' },
      { id: 3, text: 'teks 3' },
    ]
    expect((await reportOf(app, { text: blog('bola.news.example', again), format: 'wxr' })).comments).toMatchObject({
      new: 0,
      same: 2,
      changed: 1,
    })
    const { externalId } = app.deps.db.read
    expect(await externalId.count({ where: { origin: 'bola.news.example' } })).toBe(3)
    expect(await externalId.count({ where: { origin: '' } })).toBe(0)
    await expectRecount([app])
  })

  it('keeps comments of merged posts and merged blogs under the article that they stand under', async () => {
    const app = await startApp({ kind })
    const text = wxrFile(
      [
        {
          id: 7,
          link: 'https://bola.news.example/a/',
          comments: [
            { id: 1, text: 'A satu' },
            { id: 2, text: 'A dua', parent: 1 },
          ],
        },
        {
          id: 7,
          link: 'https://tekno.news.example/b/',
          comments: [
            { id: 1, author: 'Budi', text: 'B satu' },
            { id: 3, author: 'Budi', text: 'B tiga', parent: 1 },
          ],
        },
      ],
      null,
    )
    const report = await reportOf(app, { text, format: 'wxr' })
    expect(report).toMatchObject({ comments: { read: 4, new: 4, skipped: 0 }, orphans: [], clashes: [], receipt: { ok: true } })
    const replies = await app.deps.db.read.comment.findMany({
      where: { parentId: { not: null } },
      select: { body: true, threadId: true, parentId: true },
    })
    for (const { threadId, parentId } of replies)
      expect(await app.deps.db.read.comment.findUnique({ where: { id: parentId ?? '' } })).toMatchObject({ threadId })
    expect((await reportOf(app, { text, format: 'wxr' })).comments).toMatchObject({ new: 0, same: 4 })
  })

  it('takes a number that stands under two articles of one blog for two comments, names them, and knows them again', async () => {
    const app = await startApp({ kind })
    const items = [1, 2].map((n) => ({
      id: n,
      link: `https://news.example/${n}/`,
      comments: [{ id: 5, author: `Pembaca ${n}`, text: `teks ${n}` }],
    }))
    const report = await reportOf(app, { text: wxrFile(items), format: 'wxr' })
    expect(report).toMatchObject({
      comments: { read: 2, new: 2, skipped: 0 },
      clashes: [{ code: 'clash-articles', count: 2 }],
    })
    expect((await reportOf(app, { text: wxrFile(items), format: 'wxr' })).comments).toMatchObject({ new: 0, same: 2 })
    expect((await reportOf(app, { text: wxrFile(items.slice(1)), format: 'wxr' })).comments).toMatchObject({ new: 0, same: 1 })
    await expectRecount([app])
  })

  it('lets a table count anew under each article, in one file or in one for each', async () => {
    const app = await startApp({ kind })
    const row = (article: number, id: number, name: string) => `${id},https://news.example/${article},${name},teks ${article}-${id}`
    const table = (...rows: string[]) => ['id,url,authorName,body', ...rows].join('\n')
    const first = [row(1, 1, 'Ani'), row(1, 2, 'Budi')]
    const second = [row(2, 1, 'Citra'), row(2, 2, 'Dewi')]
    expect((await reportOf(app, { text: table(...first), format: 'csv' })).comments).toMatchObject({ new: 2 })
    expect((await reportOf(app, { text: table(...second), format: 'csv' })).comments).toMatchObject({ new: 2, changed: 0 })
    expect((await reportOf(app, { text: table(...first, ...second), format: 'csv' })).comments).toMatchObject({ new: 0, same: 4 })
    expect(await app.deps.db.read.comment.count()).toBe(4)
  })

  it('leads old numbers to the comment of the blog that is asked for', async () => {
    const app = await startApp({ kind })
    for (const host of ['bola.news.example', 'tekno.news.example'])
      expect(await bring(app, { text: blog(host, [{ id: 417, text: host }]), format: 'wxr' })).toMatchObject({ state: 'done' })
    for (const host of ['bola.news.example', 'tekno.news.example']) {
      const { headers } = await app.http
        .get('/sites/default/comments/417')
        .query({ origin: `https://www.${host}/` })
        .expect(302)
      expect(headers['location']).toContain(encodeURIComponent(`https://${host}/artikel/`))
    }
  })
})
