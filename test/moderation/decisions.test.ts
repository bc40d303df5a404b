import { describe, expect, test } from '@jest/globals'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'

interface Moderated {
  id: string
  status: string
  version: number
  html: string
  edit: { html: string } | null
  history: { action: string; actor: string; from: string; to: string }[]
}

async function withKey(app: TestApp) {
  const key = await app.keyFor('owner')
  const get = async (id: string): Promise<Moderated> =>
    (await app.http.get(`/api/v1/moderation/comments/${id}`).set(key)).body.comment as Moderated
  const decide = (id: string, decision: string, version?: number) =>
    app.http.post(`/api/v1/moderation/comments/${id}/decisions`).set(key).send({ decision, version })
  const held = async (fields = {}): Promise<string> => (await app.reply(fields)).body.comment.id as string
  const thread = async () =>
    (await app.http.get('/api/v1/sites/default/thread').query({ url: ARTICLE })).body as {
      count: number
      comments: { id: string; html?: string; removed?: true }[]
    }
  const counts = async () => (await app.http.get('/api/v1/moderation/counts').set(key)).body as Record<string, number>
  return { key, get, decide, held, thread, counts }
}

describe.each(['sqlite', 'postgresql'] as const)('deciding on %s', (kind) => {
  test('moves a comment through every status, and counts and thread move with it', async () => {
    const app = await startApp({ kind })
    const { decide, held, thread, counts, get } = await withKey(app)
    const id = await held()
    for (const [decision, status, shown] of [
      ['approve', 'approved', 1],
      ['reject', 'rejected', 0],
      ['spam', 'spam', 0],
      ['hold', 'pending', 0],
      ['approve', 'approved', 1],
    ] as const) {
      expect((await decide(id, decision)).body.comment.status).toBe(status)
      expect(await counts()).toEqual({ pending: 0, approved: 0, rejected: 0, spam: 0, [status]: 1 })
      expect((await thread()).count).toBe(shown)
      expect((await thread()).comments).toHaveLength(shown)
    }
    expect((await get(id)).history.map(({ action }) => action)).toEqual(['submit', 'approve', 'reject', 'spam', 'hold', 'approve'])
  })

  test('tells a stale version from a current one, shows what won, and changes nothing the second time', async () => {
    const app = await startApp({ kind })
    const { decide, held, get } = await withKey(app)
    const id = await held()
    expect((await decide(id, 'approve', 1)).status).toBe(200)
    const stale = await decide(id, 'spam', 1)
    expect(stale.status).toBe(409)
    expect(stale.body).toMatchObject({ status: 409, comment: { id, status: 'approved', version: 2 } })
    expect((await decide(id, 'approve')).status).toBe(200)
    expect((await get(id)).version).toBe(2)
  })

  test('of two moderators at the same moment one wins, and the other is told', async () => {
    const app = await startApp({ kind })
    const { decide, held, get } = await withKey(app)
    const id = await held()
    const answers = await Promise.all([decide(id, 'approve', 1), decide(id, 'reject', 1)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await get(id)).history).toHaveLength(2)
  })

  test('an edit of a public comment waits as a revision: approve publishes it, reject drops it', async () => {
    const app = await startApp({ kind })
    const { decide, thread, get } = await withKey(app)
    const sent = (await app.reply({ body: 'Pertama' })).body as { comment: { id: string }; editToken: string }
    const { id } = sent.comment
    await decide(id, 'approve')
    const edit = (body: string) =>
      app.http.patch(`/api/v1/sites/default/comments/${id}`).set('Authorization', `Bearer ${sent.editToken}`).send({ body })
    expect((await edit('Kedua')).body.comment).toMatchObject({ status: 'approved', html: '<p>Pertama</p>' })
    expect(await get(id)).toMatchObject({ status: 'approved', html: '<p>Pertama</p>', edit: { html: '<p>Kedua</p>' } })
    await decide(id, 'reject')
    expect((await thread()).comments).toMatchObject([{ html: '<p>Pertama</p>' }])
    await edit('Ketiga')
    await decide(id, 'approve')
    expect((await thread()).comments).toMatchObject([{ html: '<p>Ketiga</p>' }])
    expect(await get(id)).toMatchObject({ edit: null })
  })

  test('a batch decides many and is undone at once; unknown ids and what changed since are named', async () => {
    const app = await startApp({ kind })
    const { key, decide, held, counts, get } = await withKey(app)
    const ids = [await held(), await held(), await held()]
    const unknown = '01a20ae5-0000-7000-8000-000000000000'
    const batch = await app.http
      .post('/api/v1/moderation/decisions')
      .set(key)
      .send({ ids: [...ids, unknown], decision: 'spam', reason: 'jualan' })
    expect(batch.body).toMatchObject({ decided: 3, conflicts: [{ id: unknown }] })
    expect(await counts()).toEqual({ pending: 0, approved: 0, rejected: 0, spam: 3 })
    await decide(ids[0] ?? '', 'approve')
    const undone = await app.http.post(`/api/v1/moderation/batches/${batch.body.batch as string}/undo`).set(key)
    expect(undone.body).toMatchObject({ undone: 2, conflicts: [{ id: ids[0] }] })
    expect(await counts()).toEqual({ pending: 2, approved: 1, rejected: 0, spam: 0 })
    expect((await get(ids[1] ?? '')).history.at(-1)).toMatchObject({ action: 'undo', from: 'spam', to: 'pending' })
    const tooMany = await app.http
      .post('/api/v1/moderation/decisions')
      .set(key)
      .send({ ids: Array.from({ length: 501 }, () => unknown), decision: 'spam' })
    expect(tooMany.status).toBe(422)
  })

  test('a comment with public replies leaves its place when it goes, and every trace of its words', async () => {
    const app = await startApp({ kind })
    const { key, decide, held, thread } = await withKey(app)
    const parent = await held({ name: 'Namanya Rahasia', body: 'Kata-kata yang hilang' })
    await decide(parent, 'approve')
    const answer = await app.http.post(`/api/v1/moderation/comments/${parent}/replies`).set(key).send({ body: 'Terima kasih' })
    expect(answer.status).toBe(201)
    expect((await app.http.delete(`/api/v1/moderation/comments/${parent}`).set(await app.keyFor('moderator'))).status).toBe(403)
    expect((await app.http.delete(`/api/v1/moderation/comments/${parent}`).set(key)).status).toBe(204)
    expect((await thread()).comments).toMatchObject([
      { id: parent, removed: true },
      { id: answer.body.comment.id, byModerator: true, depth: 1 },
    ])
    const dump = JSON.stringify([
      await app.deps.db.read.comment.findMany(),
      await app.deps.db.read.revision.findMany(),
      await app.deps.db.read.history.findMany(),
    ])
    expect(dump).not.toMatch(/Namanya Rahasia|Kata-kata yang hilang/i)
    expect((await app.http.delete(`/api/v1/moderation/comments/${answer.body.comment.id as string}`).set(key)).status).toBe(204)
    expect((await thread()).comments).toEqual([])
  })

  test('the queue is oldest first, everything else newest first, and pages have no gap', async () => {
    const app = await startApp({ kind })
    const { key, held } = await withKey(app)
    const ids: string[] = []
    for (let n = 0; n < 7; n++) {
      ids.push(await held())
      app.clock.advance(1)
    }
    const walk = async (query: Record<string, string>) => {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page = await app.http
          .get('/api/v1/moderation/comments')
          .set(key)
          .query({ ...query, limit: 3, cursor })
        seen.push(...(page.body.comments as { id: string }[]).map(({ id }) => id))
        cursor = page.body.nextCursor as string | null
      }
      return seen
    }
    expect(await walk({ status: 'pending' })).toEqual(ids)
    expect(await walk({})).toEqual(ids.toReversed())
    expect(await walk({ q: 'NOMOR 3' })).toEqual([ids[2]])
    expect(await walk({ q: '%' })).toEqual([])
    expect(await walk({ author: 'pembaca4@example.com' })).toEqual([ids[3]])
  })
})
