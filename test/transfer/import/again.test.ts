import { expect, it } from '@jest/globals'
import { expectRecount } from '../../comments/recount.ts'
import { startApp } from '../../support/app.ts'
import { reportOf } from './bring.ts'
import { comment, fileOf, idAt, thread } from './lines.ts'

it.each(['sqlite', 'postgresql'] as const)(
  'a file that comes again brings what changed there, and never undoes what was decided here (%s)',
  async (kind) => {
    const app = await startApp({ kind })
    const owner = await app.keyFor('owner')
    const before = [10, 20, 30, 40].map((second) => comment(second))
    await reportOf(app, { text: fileOf([thread(0), ...before]) })
    await app.http
      .post(`/api/v1/moderation/comments/${idAt(20)}/decisions`)
      .set(owner)
      .send({ decision: 'reject' })
    await app.http.delete(`/api/v1/moderation/comments/${idAt(30)}`).set(owner)

    const changed = { body: 'Diubah di sana', html: '<p>Diubah di sana</p>' }
    const after = fileOf([thread(0), comment(10, changed), comment(20, changed), comment(30, changed), comment(40), comment(50)])
    const dry = await reportOf(app, { text: after, dryRun: true })
    const report = await reportOf(app, { text: after })
    expect(report).toEqual({ ...dry, receipt: { ok: true, articles: [], comments: 5, here: { decided: 1, deleted: 1 } } })
    expect(report.comments).toEqual({ read: 5, new: 1, same: 2, changed: 1, kept: 1, skipped: 0 })
    const { read } = app.deps.db
    expect(await read.comment.findMany({ orderBy: { id: 'asc' }, select: { id: true, body: true, status: true } })).toEqual([
      { id: idAt(10), body: 'Diubah di sana', status: 'approved' },
      { id: idAt(20), body: 'Komentar 20', status: 'rejected' },
      { id: idAt(40), body: 'Komentar 40', status: 'approved' },
      { id: idAt(50), body: 'Komentar 50', status: 'approved' },
    ])
    expect(await read.history.findMany({ where: { commentId: idAt(10) } })).toMatchObject([{ action: 'import', actorName: 'import' }])
    await expectRecount([app])
    expect((await reportOf(app, { text: after })).comments).toMatchObject({ new: 0, same: 4, changed: 0, kept: 1 })
  },
)

it('copies of a history in one database have ids of their own, in the same order', async () => {
  const app = await startApp()
  await app.deps.sites.create({ key: 'salinan', name: 'Salinan', locale: 'id' })
  const text = fileOf([thread(0), comment(10), comment(11, { parentId: idAt(10) })])
  await reportOf(app, { text })
  expect(await reportOf(app, { text, site: 'salinan' })).toMatchObject({ comments: { new: 2 } })
  const { id: siteId } = await app.deps.sites.byKey('salinan')
  const copies = await app.deps.db.read.comment.findMany({ where: { siteId }, orderBy: { id: 'asc' } })
  expect(copies.map(({ body }) => body)).toEqual(['Komentar 10', 'Komentar 11'])
  expect(copies[1]?.parentId).toBe(copies[0]?.id)
  expect(copies.map(({ id }) => id)).not.toContain(idAt(10))
  expect((await reportOf(app, { text, site: 'salinan' })).comments).toMatchObject({ new: 0, same: 2 })
})

it('old permanent links lead to the comment', async () => {
  const app = await startApp()
  await reportOf(app, { text: fileOf([thread(0), comment(10), comment(11, { status: 'pending' })]) })
  const { id: siteId } = await app.deps.sites.byKey('default')
  await app.deps.db.write((tx) =>
    tx.externalId.createMany({
      data: [
        { siteId, name: '417', source: 'wxr', commentId: idAt(10), hash: '', version: 1 },
        { siteId, name: '418', source: 'wxr', commentId: idAt(11), hash: '', version: 1 },
      ],
    }),
  )
  const place = `/sites/default/thread?url=https%3A%2F%2Fberita.example%2F0&at=${idAt(10)}#comment-${idAt(10)}`
  for (const name of ['417', 'comment-417', idAt(10)])
    expect((await app.http.get(`/sites/default/comments/${name}`).expect(302)).headers['location']).toBe(place)
  expect((await app.http.get(place.split('#', 1)[0] ?? '')).text).toContain(`id="comment-${idAt(10)}"`)
  for (const name of ['418', '419', idAt(11), '417?format=ndjson']) await app.http.get(`/sites/default/comments/${name}`).expect(404)
  await app.set({ pagesRenderComments: true })
  expect((await app.http.get('/sites/default/comments/417')).headers['location']).toBe(`https://berita.example/0#comment-${idAt(10)}`)
})
