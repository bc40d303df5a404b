import { describe, expect, it } from '@jest/globals'
import { startApp } from '../../support/app.ts'
import { reportOf } from './bring.ts'
import { wxrFile } from './wxr-files.ts'

const SECRET = 'Rencana rahasia redaksi'
const item = (id: number, fields: object) => ({
  id,
  link: `https://news.example/${id}/`,
  title: SECRET,
  comments: [{ id: id * 10, author: 'Ani', email: 'ani@example.com', text: `rahasia ${id}` }],
  ...fields,
})

const HIDDEN = [
  ['private', { status: 'private' }],
  ['draft', { status: 'draft' }],
  ['pending', { status: 'pending' }],
  ['future', { status: 'future' }],
  ['trash', { status: 'trash' }],
  ['password', { password: 'kunci' }],
  ['other', { status: 'arsip-dalam' }],
] as const

describe.each(['sqlite', 'postgresql'] as const)('Posts that the public cannot read (%s)', (kind) => {
  it('bring their comments in as rejected, with the reason, and show their titles to nobody', async () => {
    const app = await startApp({ kind })
    const owner = await app.keyFor('owner')
    const items = [
      ...HIDDEN.map(([, fields], n) => item(n + 1, fields)),
      item(20, { title: 'Berita umum' }),
      item(21, { status: 'inherit', title: 'Foto' }),
    ]
    const report = await reportOf(app, { text: wxrFile(items), format: 'wxr' })
    expect(report).toMatchObject({ comments: { read: 9, new: 9 }, receipt: { ok: true } })
    expect(report.hidden.map(({ count }) => count)).toEqual(HIDDEN.map(() => 1))

    const rows = await app.deps.db.read.comment.findMany({ orderBy: { body: 'asc' }, select: { body: true, status: true, verdicts: true } })
    for (const [n, [code]] of HIDDEN.entries())
      expect(rows.find(({ body }) => body === `rahasia ${n + 1}`)).toMatchObject({
        status: 'rejected',
        verdicts: [{ check: 'import', outcome: 'reject', code: `post-${code}`, reason: expect.stringContaining('there') }],
      })
    expect(rows.filter(({ status }) => status === 'approved').map(({ body }) => body)).toEqual(['rahasia 20', 'rahasia 21'])

    const urls = items.map(({ link }) => link)
    const pages = await Promise.all([
      app.http.get('/api/v1/sites/default/feed.atom'),
      app.http.get('/api/v1/sites/default/counts').query({ url: urls }),
      ...urls
        .slice(0, HIDDEN.length)
        .flatMap((url) => [
          app.http.get('/api/v1/sites/default/thread').query({ url }),
          app.http.get('/sites/default/thread').query({ url }),
          app.http.get('/api/v1/sites/default/feed.atom').query({ url }),
        ]),
    ])
    for (const { text } of pages) expect(text).not.toContain(SECRET)
    expect(pages[1]?.body.counts).toMatchObject({ [urls[0] ?? '']: 0, 'https://news.example/20/': 1 })
    const { body } = await app.http.get('/api/v1/moderation/comments').query({ status: 'rejected' }).set(owner)
    expect(body.comments).toHaveLength(HIDDEN.length)
  })

  it('hide what belongs to them too, wherever in the file it stands', async () => {
    const app = await startApp({ kind })
    const attachment = (id: number, post: number) => item(id, { status: 'inherit', type: 'attachment', post })
    const report = await reportOf(app, {
      text: wxrFile([
        attachment(1, 6), // before its post
        attachment(2, 7),
        item(6, { status: 'private' }),
        item(7, { title: 'Berita umum' }),
        attachment(3, 6),
        attachment(4, 7),
        attachment(5, 99),
      ]),
      format: 'wxr',
    })
    expect(report).toMatchObject({ comments: { read: 7, new: 7 }, receipt: { ok: true } })
    expect(report.hidden.map(({ count }) => count)).toEqual([3, 1])
    const rows = await app.deps.db.read.comment.findMany({ orderBy: { body: 'asc' }, select: { body: true, status: true } })
    expect(rows.filter(({ status }) => status === 'approved').map(({ body }) => body)).toEqual(['rahasia 2', 'rahasia 4', 'rahasia 7'])
    const threads = await app.deps.db.read.thread.findMany({ where: { title: { not: null } }, select: { url: true } })
    expect(threads.map(({ url }) => url).toSorted()).toEqual([2, 4, 7].map((id) => `https://news.example/${id}/`))
  })

  it('let them appear once the post did', async () => {
    const app = await startApp({ kind })
    await reportOf(app, { text: wxrFile([item(1, { status: 'draft' })]), format: 'wxr' })
    const report = await reportOf(app, { text: wxrFile([item(1, { title: 'Terbit' })]), format: 'wxr' })
    expect(report).toMatchObject({ comments: { changed: 1 }, hidden: [], receipt: { ok: true } })
    const { body } = await app.http.get('/api/v1/sites/default/thread').query({ url: 'https://news.example/1/' })
    expect(body).toMatchObject({ title: 'Terbit', count: 1 })
  })
})

it('know a post by what stands behind its comments too', async () => {
  const app = await startApp()
  const text = wxrFile([item(1, { status: null })]).replace('</item>', '<wp:status>private</wp:status></item>')
  expect((await reportOf(app, { text, format: 'wxr' })).hidden).toMatchObject([{ count: 1 }])
})
