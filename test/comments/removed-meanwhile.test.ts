import { expect, test } from '@jest/globals'
import { connect } from '../../src/database/connect.ts'
import { startApp, type TestApp } from '../support/app.ts'

const editors = {
  author: (app: TestApp, { id, editToken }: Sent) =>
    app.http.patch(`/api/v1/sites/default/comments/${id}`).set('Authorization', `Bearer ${editToken}`).send({ body: 'Dua' }),
  moderator: async (app: TestApp, { id }: Sent) =>
    app.http
      .patch(`/api/v1/moderation/comments/${id}`)
      .set(await app.keyFor('moderator', 'default'))
      .send({ body: 'Dua', version: 1 }),
}
interface Sent {
  id: string
  editToken: string
}

test.each([
  ['author', 409],
  ['moderator', 404], // there is no current comment to show
] as const)('an edit by the %s is refused when another replica just removes the comment', async (who, status) => {
  const app = await startApp({ kind: 'postgresql' })
  const { comment, editToken } = (await app.reply().expect(201)).body as { comment: { id: string }; editToken: string }
  const replica = await connect({ url: app.deps.config.databaseUrl })
  const edited = await replica.write(async (tx) => {
    await tx.comment.delete({ where: { id: comment.id } })
    const edit = Promise.resolve(editors[who](app, { id: comment.id, editToken }))
    while (!(await isAnyWaiting(app))); // the edit has seen the comment, and waits for its row
    return { edit }
  })
  expect((await edited.edit).status).toBe(status)
  expect(await app.deps.db.read.revision.count()).toBe(0)
  await replica.close()
})

async function isAnyWaiting({ deps }: TestApp): Promise<boolean> {
  const waiting = await deps.db.read.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return waiting.length > 0
}
