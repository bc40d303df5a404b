import { describe, expect, it } from '@jest/globals'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'
import { everyTable, NOTHING, traces } from './state.ts'

const PATH = '/api/v1/sites/default/comments'
const MINUTES = 60

interface Sent {
  id: string
  token: string
}

const send = async (app: TestApp, fields: Record<string, unknown> = {}): Promise<Sent> => {
  const { body, status } = await app.reply(fields)
  expect(status).toBe(201)
  return { id: body.comment.id as string, token: body.editToken as string }
}
const edit = (app: TestApp, { id, token }: Sent, body: unknown) =>
  app.http.patch(`${PATH}/${id}`).set('Authorization', `Bearer ${token}`).send({ body })
const withdraw = (app: TestApp, { id, token }: Sent) => app.http.delete(`${PATH}/${id}`).set('Authorization', `Bearer ${token}`)
const rowOf = (app: TestApp, { id }: Sent) => app.deps.db.read.comment.findUniqueOrThrow({ where: { id } })
const decide = async (app: TestApp, { id }: Sent, decision: string) =>
  app.http
    .post(`/api/v1/moderation/comments/${id}/decisions`)
    .set(await app.keyFor('owner'))
    .send({ decision })
    .expect(200)
const thread = async (app: TestApp) =>
  (await app.http.get('/api/v1/sites/default/thread').query({ url: ARTICLE })).body as {
    count: number
    comments: Record<string, unknown>[]
  }
const counts = async (app: TestApp) => (await traces(app)).sites[0]

describe.each(['sqlite', 'postgresql'] as const)("an author's edit (%s)", (kind) => {
  it('replaces a text that still waits, and is judged again', async () => {
    const app = await startApp({ kind })
    await app.set({ holdWords: ['pinjaman'], rejectWords: ['togel'] })
    const sent = await send(app, { body: 'Satu' })
    app.clock.advance(5 * MINUTES)
    const edited = await edit(app, sent, 'Dua <b>tebal</b> pinjaman')
    expect(edited.status).toBe(200)
    expect(edited.get('Cache-Control')).toBe('no-store')
    expect(edited.body).toEqual({
      waiting: true,
      comment: {
        id: sent.id,
        parentId: null,
        depth: 0,
        status: 'pending',
        byModerator: false,
        html: '<p>Dua <b>tebal</b> pinjaman</p>',
        author: { name: 'Pembaca 1', website: null, avatar: expect.any(String) },
        createdAt: '2026-11-23T05:00:00.000Z',
        editedAt: '2026-11-23T05:05:00.000Z',
      },
    })
    expect(await rowOf(app, sent)).toMatchObject({
      status: 'pending',
      body: 'Dua <b>tebal</b> pinjaman',
      folded: expect.stringContaining('dua'),
    })
    expect((await rowOf(app, sent)).verdicts).toContainEqual(expect.objectContaining({ check: 'hold-words' }))
    const again = await edit(app, sent, 'Main togel')
    expect(again.body.comment.status).toBe('pending') // as everything that is not public: no oracle
    expect(await rowOf(app, sent)).toMatchObject({ status: 'rejected', queue: null })
    expect(await counts(app)).toMatchObject({ pendingCount: 0, rejectedCount: 1 })
  })

  it('publishes what waited when the rules would publish the new text', async () => {
    const app = await startApp({ kind })
    await app.set({ mode: 'publish-all', holdWords: ['pinjaman'] })
    const sent = await send(app, { body: 'pinjaman' })
    expect((await thread(app)).count).toBe(0)
    expect((await edit(app, sent, 'Maaf, keliru')).body.comment.status).toBe('approved')
    expect(await thread(app)).toMatchObject({ count: 1, comments: [{ html: '<p>Maaf, keliru</p>' }] })
    expect(await counts(app)).toMatchObject({ pendingCount: 0, approvedCount: 1 })
  })

  it('of a public comment waits as a revision, the approved text staying public', async () => {
    const app = await startApp({ kind })
    const token = (await app.deps.setup.invite()) ?? ''
    await app.http
      .post(`/setup/${token}`)
      .type('form')
      .set('Sec-Fetch-Site', 'same-origin')
      .send({ name: 'Sari', email: 'sari@news.example', password: 'rahasia sekali' })
      .expect(201)
    const sent = await send(app, { body: 'Satu' })
    await decide(app, sent, 'approve')
    const edited = await edit(app, sent, 'Dua')
    expect(edited.body.comment).toMatchObject({ status: 'approved', html: '<p>Satu</p>', editedAt: null })
    expect(await thread(app)).toMatchObject({ count: 1, comments: [{ html: '<p>Satu</p>', editedAt: null }] })
    expect(await rowOf(app, sent)).toMatchObject({ status: 'approved', queue: 'pending', body: 'Satu' })
    expect(await app.deps.db.read.revision.findMany()).toMatchObject([{ commentId: sent.id, state: 'waiting', body: 'Dua' }])
    expect(await counts(app)).toMatchObject({ pendingCount: 1, approvedCount: 1 })
    await app.deps.delivery.prepare()
    expect((await app.deps.db.read.delivery.findMany({ orderBy: { id: 'asc' } })).map((delivery) => delivery.kind)).toEqual([
      'comment.held',
      'edit.held',
    ])

    await edit(app, sent, 'Tiga').expect(200)
    const states = await app.deps.db.read.revision.findMany({ orderBy: { id: 'asc' } })
    expect(states.map(({ state, body }) => [state, body])).toEqual([
      ['superseded', 'Dua'],
      ['waiting', 'Tiga'],
    ])
    await decide(app, sent, 'approve')
    expect(await thread(app)).toMatchObject({ comments: [{ html: '<p>Tiga</p>', editedAt: '2026-11-23T05:00:00.000Z' }] })
    expect(await counts(app)).toMatchObject({ pendingCount: 0, approvedCount: 1 })
  })

  it('of a public comment is public at once where the site publishes everything, unless a rule stops it', async () => {
    const app = await startApp({ kind })
    await app.set({ mode: 'publish-all', rejectWords: ['togel'] })
    const sent = await send(app, { body: 'Satu' })
    expect((await edit(app, sent, 'Dua')).body.comment).toMatchObject({ status: 'approved', html: '<p>Dua</p>' })
    expect(await thread(app)).toMatchObject({ comments: [{ html: '<p>Dua</p>' }] })
    await edit(app, sent, 'togel').expect(200)
    expect(await thread(app)).toMatchObject({ comments: [{ html: '<p>Dua</p>' }] })
    expect(await counts(app)).toMatchObject({ pendingCount: 1, approvedCount: 1 })
  })

  it('cannot bring back what a moderator or a rule put away', async () => {
    const app = await startApp({ kind })
    const rejected = await send(app)
    const spam = await send(app, { message_topic: 'x' })
    await decide(app, rejected, 'reject')
    await app.set({ mode: 'publish-all' })
    for (const [sent, status] of [
      [rejected, 'rejected'],
      [spam, 'spam'],
    ] as const) {
      expect((await edit(app, sent, 'Baik-baik saja')).body.comment.status).toBe('pending')
      expect(await rowOf(app, sent)).toMatchObject({ status, queue: null, shown: false })
    }
    expect((await thread(app)).count).toBe(0)
  })

  it('works for 15 minutes and not a moment longer', async () => {
    const app = await startApp({ kind })
    const sent = await send(app, { body: 'Satu' })
    app.clock.advance(15 * MINUTES - 0.001)
    expect((await edit(app, sent, 'Dua')).status).toBe(200)
    app.clock.advance(0.001)
    for (const late of [await edit(app, sent, 'Tiga'), await withdraw(app, sent)]) {
      expect({ status: late.status, type: late.body.type }).toEqual({ status: 403, type: 'urn:balas:problem:edit-expired' })
    }
    expect(await rowOf(app, sent)).toMatchObject({ body: 'Dua' })
  })

  it('needs the token of that very comment', async () => {
    const app = await startApp({ kind })
    const sent = await send(app)
    const other = await send(app)
    const before = await everyTable(app)
    for (const token of ['', 'x', other.token, `${sent.token}x`, sent.token.slice(0, -1), sent.token.toLowerCase(), sent.id]) {
      expect((await edit(app, { ...sent, token }, 'Dua')).status).toBe(403)
      expect((await withdraw(app, { ...sent, token })).status).toBe(403)
    }
    expect((await app.http.patch(`${PATH}/${sent.id}`).send({ body: 'Dua' })).status).toBe(403)
    expect((await app.http.delete(`${PATH}/${sent.id}`).set('Authorization', `Basic ${sent.token}`)).status).toBe(403)
    expect({ ...(await everyTable(app)), RateLimit: [] }).toEqual({ ...before, RateLimit: [] })
  })

  it('finds nothing under another site, an unknown id, or one that is no id', async () => {
    const app = await startApp({ kind })
    await app.http
      .post('/api/v1/sites')
      .set(await app.keyFor('owner'))
      .send({ key: 'lain', name: 'Lain' })
      .expect(201)
    const sent = await send(app)
    for (const path of [
      `/api/v1/sites/lain/comments/${sent.id}`,
      `${PATH}/0193d9a0-1111-7abc-8def-0123456789ab`,
      `${PATH}/x`,
      `${PATH}/%00`,
    ]) {
      expect((await app.http.patch(path).set('Authorization', `Bearer ${sent.token}`).send({ body: 'Dua' })).status).toBe(404)
      expect((await app.http.delete(path).set('Authorization', `Bearer ${sent.token}`)).status).toBe(404)
    }
  })

  it('is as strict about the text as a new comment, and changes nothing when it refuses', async () => {
    const app = await startApp({ kind })
    const sent = await send(app, { body: 'Satu' })
    for (const body of ['', '  ', '<b></b>', 'x'.repeat(16_385), 'a\0b', 'a\ud800', 5, null, undefined, ['x']]) {
      const refused = await edit(app, sent, body)
      expect({ body, status: refused.status, fields: refused.body.errors?.map(({ field }: { field: string }) => field) }).toEqual({
        body,
        status: 422,
        fields: ['body'],
      })
    }
    expect(await rowOf(app, sent)).toMatchObject({ body: 'Satu', version: 1 })
    expect(await app.deps.db.read.revision.count()).toBe(0)
  })

  it('that races with a decision loses nothing: both are in the history', async () => {
    const app = await startApp({ kind })
    for (let round = 0; round < 4; round++) {
      const sent = await send(app, { body: `Satu ${round}` })
      const [edited] = await Promise.all([edit(app, sent, `Dua ${round}`), decide(app, sent, 'approve').catch(() => undefined)])
      const row = await rowOf(app, sent)
      const history = await app.deps.db.read.history.findMany({ where: { commentId: sent.id } })
      expect(history).toHaveLength(row.version - 1)
      expect([200, 409]).toContain(edited.status)
      const waiting = await app.deps.db.read.revision.count({ where: { commentId: sent.id, state: 'waiting' } })
      expect(row.queue).toBe(waiting > 0 || row.status === 'pending' ? 'pending' : null)
    }
  })
})

describe.each(['sqlite', 'postgresql'] as const)("an author's withdrawal (%s)", (kind) => {
  it('takes the comment away with everything about it', async () => {
    const app = await startApp({ kind })
    const sent = await send(app, { idempotencyKey: 'kunci' })
    await edit(app, sent, 'Dua').expect(200)
    const gone = await withdraw(app, sent)
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect(await traces(app)).toEqual({ ...NOTHING, threads: 1 })
    expect((await withdraw(app, sent)).status).toBe(404)
    expect((await edit(app, sent, 'Tiga')).status).toBe(404)
  })

  it('keeps the place, and nothing else, when somebody has answered', async () => {
    const app = await startApp({ kind })
    await app.set({ mode: 'publish-all' })
    const sent = await send(app, { name: 'Budi', website: 'https://budi.example', body: 'Rahasiaku', title: 'Judul' })
    const child = await send(app, { parentId: sent.id })
    await withdraw(app, sent).expect(204)
    expect(await thread(app)).toMatchObject({
      count: 1,
      comments: [
        { id: sent.id, parentId: null, depth: 0, removed: true },
        { id: child.id, parentId: sent.id, depth: 1 },
      ],
    })
    expect(await rowOf(app, sent)).toMatchObject({
      status: 'removed',
      shown: true,
      name: '',
      body: '',
      html: '',
      folded: '',
      website: null,
      emailSealed: null,
      emailIndex: null,
      ipSealed: null,
      networkIndex: null,
      browserIndex: null,
      pageTitle: null,
      fingerprint: null,
      verdicts: [],
    })
    expect(JSON.stringify(await everyTable(app), (_key, value: unknown) => (typeof value === 'bigint' ? 0 : value))).not.toContain(
      'Rahasiaku',
    )
    expect(await counts(app)).toMatchObject({ approvedCount: 1 })
    expect((await app.http.get(`/api/v1/moderation/comments/${sent.id}`).set(await app.keyFor('owner'))).status).toBe(404)
    expect((await app.reply({ parentId: sent.id })).status).toBe(404)
  })

  it('keeps no place in the public thread while its only answers wait', async () => {
    const app = await startApp({ kind })
    await app.set({ mode: 'publish-all' })
    const sent = await send(app)
    await app.set({ mode: 'hold-all' })
    const child = await send(app, { parentId: sent.id })
    await withdraw(app, sent).expect(204)
    expect(await thread(app)).toMatchObject({ count: 0, comments: [] })
    await decide(app, child, 'approve')
    expect(await thread(app)).toMatchObject({ count: 1, comments: [{ id: sent.id, removed: true }, { id: child.id }] })
  })

  it('that meets a reply coming in leaves no reply without a place to stand', async () => {
    const app = await startApp({ kind })
    await app.set({ mode: 'publish-all', submissionsPerMinute: 1000 })
    for (let round = 0; round < 6; round++) {
      const sent = await send(app)
      const [reply, gone] = await Promise.all([app.reply({ parentId: sent.id }), withdraw(app, sent)])
      expect([201, 404]).toContain(reply.status)
      const { id } = sent
      const parent = await app.deps.db.read.comment.findUnique({ where: { id } })
      const row =
        reply.status === 201 ? await app.deps.db.read.comment.findUnique({ where: { id: reply.body.comment.id as string } }) : null
      expect({ gone: gone.status, parent: parent?.status, reply: row?.parentId }).toEqual({
        gone: 204,
        ...(row ? { parent: 'removed', reply: id } : {}),
      })
    }
  })

  it('and then the same words again are no duplicate', async () => {
    const app = await startApp({ kind })
    const same = { email: 'budi@pembaca.example', body: 'Sama saja' }
    const sent = await send(app, same)
    await withdraw(app, sent).expect(204)
    await send(app, same)
  })
})
