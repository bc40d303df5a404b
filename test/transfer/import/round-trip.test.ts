import { expect, it } from '@jest/globals'
import { startApp } from '../../support/app.ts'
import { bring, exportOf, reportOf } from './bring.ts'

it.each(['sqlite', 'postgresql'] as const)('an export that was imported elsewhere is exported with the same bytes (%s)', async (kind) => {
  const from = await startApp({ kind })
  const to = await startApp({ kind })
  const owner = await from.keyFor('owner')
  await from.set({ mode: 'publish-all', holdWords: ['tahan'] })
  const one = await from.reply({ title: 'Kereta malam' })
  from.clock.advance(1)
  const parentId = one.body.comment.id as string
  await from.reply({ parentId, body: 'tahan 😀 שלום <b>tebal</b>' })
  from.clock.advance(1)
  await from.http.post(`/api/v1/moderation/comments/${parentId}/replies`).set(owner).send({ body: 'Terima kasih' })
  await from.http.post(`/api/v1/sites/default/comments/${parentId}/reports`).send({ browser: 'browser-of-reader-1', reason: 'kasar' })
  await from.http
    .patch(`/api/v1/sites/default/comments/${parentId}`)
    .set({ Authorization: `Bearer ${one.body.editToken}` })
    .send({ body: 'diubah tahan' })
  const text = await exportOf(from)

  const dry = await reportOf(to, { text, dryRun: true })
  expect(await to.deps.db.read.comment.count()).toBe(0)
  const report = await reportOf(to, { text })
  expect(report).toEqual({ ...dry, receipt: { ok: true, articles: [], comments: 3, here: { decided: 0, deleted: 0 } } })
  expect(report.comments).toEqual({ read: 3, new: 3, same: 0, changed: 0, kept: 0, skipped: 0 })
  expect(await exportOf(to)).toBe(text)

  const again = await reportOf(to, { text })
  expect(again.comments).toEqual({ read: 3, new: 0, same: 3, changed: 0, kept: 0, skipped: 0 })
  expect(await exportOf(to)).toBe(text)
  expect(await bring(from, { text })).toMatchObject({ state: 'done', report: { comments: { new: 0, same: 3 } } })
  expect(await exportOf(from)).toBe(text)
})
