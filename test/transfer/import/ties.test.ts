import { expect, it } from '@jest/globals'
import { expectRecount } from '../../comments/recount.ts'
import { startApp } from '../../support/app.ts'
import { reportOf } from './bring.ts'
import { comment, fileOf, idAt, thread } from './lines.ts'

it.each(['sqlite', 'postgresql'] as const)(
  'replies find what they answer, whatever the order; counts and places are right (%s)',
  async (kind) => {
    const app = await startApp({ kind })
    const text = fileOf([
      comment(12, { parentId: idAt(11) }),
      comment(11, { parentId: idAt(10) }),
      comment(10, { status: 'removed', author: { name: '', website: null }, body: '', html: '' }),
      comment(20, { parentId: idAt(999) }),
      comment(30, { parentId: idAt(31), status: 'pending' }),
      comment(31, { parentId: idAt(30), status: 'spam' }),
      comment(40, { threadId: idAt(1), url: 'https://berita.example/1' }),
      comment(41, { parentId: idAt(40) }),
      comment(50, { parentId: idAt(50) }),
      thread(0),
      thread(1),
      thread(2, { open: false }),
    ])
    const report = await reportOf(app, { text })
    expect(report.comments).toEqual({ read: 9, new: 9, same: 0, changed: 0, kept: 0, skipped: 0 })
    expect(report.threads).toEqual({ read: 3, new: 3, same: 0 })
    expect(report.retied).toBe(2)
    expect(report.orphans.map(({ code, examples }) => [code, examples.map(({ id, line }) => [id, line])])).toEqual([
      ['parent-missing', [[idAt(20), 5]]],
      ['parent-loop', [[idAt(30), 6]]],
      ['parent-elsewhere', [[idAt(41), 9]]],
      ['parent-self', [[idAt(50), 10]]],
    ])
    expect(report.articles.map(({ url, comments }) => [url, comments])).toEqual([
      ['https://berita.example/0', 8],
      ['https://berita.example/1', 1],
      ['https://berita.example/2', 0],
    ])
    await expectRecount([app])
    const { body } = await app.http.get('/api/v1/sites/default/thread').query({ url: 'https://berita.example/0' })
    expect((body.comments as { id: string; depth: number }[]).map(({ id, depth }) => [id, depth])).toEqual([
      [idAt(10), 0],
      [idAt(11), 1],
      [idAt(12), 2],
      [idAt(20), 0],
      [idAt(41), 0],
      [idAt(50), 0],
    ])
    expect(app.mails).toEqual([])
    expect(await app.deps.db.read.delivery.count()).toBe(0)
  },
)

it('a later file continues an earlier one, and native comments keep their counts', async () => {
  const app = await startApp()
  await app.set({ mode: 'publish-all' })
  await app.reply({ url: 'https://berita.example/0' })
  await reportOf(app, { text: fileOf([thread(0), comment(10, { status: 'rejected' })]) })
  const report = await reportOf(app, {
    text: fileOf([thread(0), comment(11, { parentId: idAt(10) }), comment(12, { parentId: idAt(11) })]),
  })
  expect(report).toMatchObject({ comments: { new: 2 }, orphans: [], threads: { new: 0, same: 1 } })
  await expectRecount([app])
  expect(await app.deps.db.read.comment.findUnique({ where: { id: idAt(10) } })).toMatchObject({ shown: true, shownReplies: 1 })
})

it('articles elsewhere are left out, unless the site says that it moved', async () => {
  const app = await startApp()
  const { deps } = app
  await deps.sites.change(await deps.sites.byKey('default'), { allowedOrigins: ['https://baru.example'] })
  const text = fileOf([thread(0), comment(10)])
  expect(await reportOf(app, { text })).toMatchObject({
    comments: { read: 1, new: 0, skipped: 1 },
    skipped: [{ code: 'foreign-host', reason: expect.stringContaining('not the site’s'), count: 1, examples: [{ id: idAt(10), line: 3 }] }],
    hosts: [{ host: 'berita.example', articles: 1, foreign: 1 }],
    moved: null,
  })
  const elsewhere = { from: 'https://berita.example/blog', base: 'https://baru.example' }
  expect(await reportOf(app, { text, options: elsewhere, dryRun: true })).toMatchObject({ comments: { skipped: 1 }, moved: 0 })
  const options = { from: 'http://www.berita.example', base: 'https://baru.example' }
  expect(await reportOf(app, { text, options })).toMatchObject({ comments: { new: 1 }, moved: 1 })
  expect(await deps.db.read.thread.findMany()).toMatchObject([{ key: 'https://baru.example/0' }])
})
