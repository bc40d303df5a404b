import { expect, it } from '@jest/globals'
import { expectRecount } from '../../comments/recount.ts'
import { startApp } from '../../support/app.ts'
import { textOf } from '../history.ts'
import { exportOf, reportOf } from './bring.ts'
import { comment, fileOf, idAt, thread } from './lines.ts'
import { wxrFile } from './wxr-files.ts'

const COMMENTS = 2000
const ARTICLES = 40

/** A history with everything in it: removed places with replies, revisions, reports, verdicts and decisions. */
const history = () =>
  fileOf([
    ...Array.from({ length: ARTICLES }, (_, n) => thread(n)),
    ...Array.from({ length: COMMENTS }, (_, n) => {
      const second = 100 + n
      const isReply = n >= ARTICLES && n % 3 > 0
      const isPlace = n < 400 && n % 50 === 7
      return comment(second, {
        threadId: idAt(n % ARTICLES),
        url: `https://berita.example/${n % ARTICLES}`,
        parentId: isReply ? idAt(second - ARTICLES) : null,
        status: isPlace ? 'removed' : ((['approved', 'approved', 'pending', 'spam', 'rejected'] as const)[n % 5] ?? 'approved'),
        ...(isPlace && { author: { name: '', website: null, email: null }, body: '', html: '' }),
        ...(n % 7 === 0 && {
          verdicts: [{ check: 'links', outcome: 'hold', reason: '2 links', facts: { count: 2 } }],
          history: [
            {
              id: idAt(5000 + n),
              at: '2026-03-02T08:00:00.000Z',
              actor: 'Dewi',
              actorId: 'user:1',
              action: 'approve',
              from: 'pending',
              to: 'approved',
              reason: n % 2 ? 'sesuai' : null,
              version: 2,
              revisionId: null,
              batchId: null,
            },
          ],
        }),
        ...(n % 11 === 0 && {
          reports: [{ id: idAt(8000 + n), reason: 'kasar', dismissed: n % 5 > 1 || n % 2 === 0, createdAt: '2026-03-03T08:00:00.000Z' }],
        }),
        ...(n % 13 === 0 && {
          revisions: [
            {
              id: idAt(12_000 + n),
              state: 'dropped' as const,
              body: 'draf',
              html: '<p>draf</p>',
              sanitizer: 1,
              replacedBody: null,
              replacedHtml: null,
              verdicts: [],
              createdAt: '2026-03-04T08:00:00.000Z',
            },
          ],
        }),
      })
    }),
  ])

it('two thousand comments with all that was done go from SQLite to PostgreSQL and back with the same bytes, and are known again there', async () => {
  const one = await startApp()
  const two = await startApp({ kind: 'postgresql' })
  const three = await startApp()
  const owner = await one.keyFor('owner')
  await reportOf(one, { text: history() })
  const old = wxrFile(
    [1, 2].map((n) => ({
      id: n,
      link: `https://lama.example/${n}/`,
      comments: [1, 2, 3].map((id) => ({ id: n * 10 + id, text: `lama ${n}-${id}` })),
    })),
    'https://lama.example',
  )
  await reportOf(one, { text: old, format: 'wxr' })
  const pairs = [
    { from: 'https://lama.example/?p=1', to: 'https://lama.example/1/' },
    { from: 'https://lama.example/arsip/dua', to: 'https://lama.example/2/' },
  ]
  await one.set({ keptParameters: ['p'] })
  for (const app of [two, three]) await app.set({ keptParameters: ['p'] })
  await one.http.post('/api/v1/sites/default/redirects').set(owner).send({ pairs }).expect(200)
  const nameOf = async (name: string) => (await one.deps.db.read.externalId.findFirstOrThrow({ where: { name, source: 'wxr' } })).commentId
  await one.http
    .delete(`/api/v1/moderation/comments/${await nameOf('13')}`)
    .set(owner)
    .expect(204)
  await one.http
    .post(`/api/v1/moderation/comments/${await nameOf('21')}/decisions`)
    .set(owner)
    .send({ decision: 'reject' })
    .expect(200)

  const first = await exportOf(one)
  expect(first.match(/^\{"type":"external",/gm)).toHaveLength(6)
  expect(first.match(/^\{"type":"redirect",/gm)).toHaveLength(2)
  expect(await reportOf(two, { text: first })).toMatchObject({
    comments: { read: COMMENTS + 5, new: COMMENTS + 5 },
    redirects: { read: 2, new: 2, same: 0, skipped: [] },
    receipt: { ok: true, articles: [] },
  })
  const second = await exportOf(two)
  expect(second).toBe(first)
  await reportOf(three, { text: second })
  expect(await exportOf(three)).toBe(first)
  expect((await reportOf(three, { text: second })).redirects).toEqual({ read: 2, new: 0, same: 2, skipped: [] })

  for (const app of [two, three]) {
    await expectRecount([app])
    expect((await reportOf(app, { text: old, format: 'wxr' })).comments).toMatchObject({ read: 6, new: 0, same: 6 })
    const { headers } = await app.http.get('/sites/default/comments/comment-12').expect(302)
    expect(headers['location']).toContain(encodeURIComponent('https://lama.example/1/'))
    const { body } = await app.http.get('/api/v1/sites/default/thread').query({ url: 'https://lama.example/?p=1' })
    expect(body).toMatchObject({ url: 'https://lama.example/1/', count: 2 })
  }
})

it('reads version 1, and skips types of a newer version', async () => {
  const app = await startApp()
  const text = fileOf([thread(0), comment(10), { type: 'vote', id: idAt(10), up: 3 }])
  expect((await reportOf(app, { text })).comments).toMatchObject({ read: 1, new: 1, skipped: 0 })
  const old = fileOf([thread(0), comment(11)], {}, '/', 1)
  expect((await reportOf(app, { text: old })).comments).toMatchObject({ read: 1, new: 1 })
})

it('a part of a history tells nothing of names and redirects', async () => {
  const app = await startApp()
  await reportOf(app, {
    text: wxrFile([{ id: 1, link: 'https://lama.example/1/', comments: [{ id: 1 }] }], 'https://lama.example'),
    format: 'wxr',
  })
  const site = await app.deps.sites.byKey('default')
  const part = await textOf((await app.deps.exports.begin(site, { format: 'ndjson', emails: false, status: 'approved' })).stream)
  expect(part).toContain('"type":"comment"')
  expect(part).not.toContain('"type":"external"')
})
