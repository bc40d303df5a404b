import { describe, expect, it } from '@jest/globals'
import { createAnswers } from '../../src/comments/answers.ts'
import { deriveKeys } from '../../src/privacy/secret.ts'
import { createDatabase, eachDatabase } from '../support/databases.ts'
import { ARTICLE, pinnedClock, startApp, type TestApp } from '../support/app.ts'
import { NOTHING, traces } from './state.ts'

const PATH = '/api/v1/sites/default/comments'
const BODY = { url: ARTICLE, name: 'Budi', email: 'budi@pembaca.example', body: 'Saya setuju.' }
const DAY = 24 * 3600

const send = (app: TestApp, key: string, fields: object = {}) =>
  app.http
    .post(PATH)
    .set('Idempotency-Key', key)
    .send({ ...BODY, ...fields })
const comments = (app: TestApp) => app.deps.db.read.comment.count()

describe.each(['sqlite', 'postgresql'] as const)('an idempotency key (%s)', (kind) => {
  it('brings the same 201 back, byte for byte, and stores one comment', async () => {
    const app = await startApp({ kind })
    const first = await send(app, 'kunci')
    app.clock.advance(3600)
    const second = await send(app, 'kunci')
    expect(second.status).toBe(201)
    expect(second.text).toBe(first.text)
    expect(await traces(app)).toMatchObject({ comments: 1, threads: 1, answers: 1, sites: [{ pendingCount: 1 }] })
  })

  it('may stand in the body, and is the same key there', async () => {
    const app = await startApp({ kind })
    const first = await app.http.post(PATH).send({ ...BODY, idempotencyKey: 'kunci' })
    const second = await app.http
      .post(PATH)
      .type('form')
      .send({ ...BODY, idempotencyKey: 'kunci' })
    const third = await send(app, 'kunci')
    expect([first.status, second.text, third.text]).toEqual([201, first.text, first.text])
    expect(await comments(app)).toBe(1)
  })

  it('still brings the answer when the rate limit is used up, and when the thread has closed', async () => {
    const app = await startApp({ kind })
    await app.set({ submissionsPerMinute: 2 })
    const first = await send(app, 'kunci')
    await app.reply()
    expect((await app.reply()).status).toBe(429)
    expect((await send(app, 'kunci')).text).toBe(first.text)
    await app.http
      .patch('/api/v1/sites/default/thread')
      .query({ url: ARTICLE })
      .set(await app.keyFor('moderator'))
      .send({ open: false })
      .expect(200)
    expect((await send(app, 'kunci')).text).toBe(first.text)
    app.clock.advance(61)
    expect((await app.reply()).status).toBe(403)
  })

  it('tells the state of then, not of now', async () => {
    const app = await startApp({ kind })
    const first = await send(app, 'kunci')
    await app.http
      .post(`/api/v1/moderation/comments/${first.body.comment.id}/decisions`)
      .set(await app.keyFor('owner'))
      .send({ decision: 'approve' })
      .expect(200)
    expect((await send(app, 'kunci')).text).toBe(first.text)
  })

  it('refuses another request under the same key', async () => {
    const app = await startApp({ kind })
    await send(app, 'kunci')
    for (const fields of [{ body: 'Lain.' }, { name: 'Bud' }, { remember: true }, { url: `${ARTICLE}?x` }]) {
      const other = await send(app, 'kunci', fields)
      expect({ status: other.status, type: other.body.type }).toEqual({ status: 422, type: 'urn:balas:problem:idempotency-key-reused' })
    }
    expect(await comments(app)).toBe(1)
  })

  it('is told apart by site', async () => {
    const app = await startApp({ kind })
    await app.http
      .post('/api/v1/sites')
      .set(await app.keyFor('owner'))
      .send({ key: 'lain', name: 'Lain' })
      .expect(201)
    const first = await send(app, 'kunci')
    const other = await app.http.post('/api/v1/sites/lain/comments').set('Idempotency-Key', 'kunci').send(BODY)
    expect(other.status).toBe(201)
    expect(other.body.comment.id).not.toBe(first.body.comment.id)
  })

  it('makes one comment of twins that arrive together, and gives both the same answer', async () => {
    const app = await startApp({ kind })
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(app, 'kunci')))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await traces(app)).toMatchObject({ comments: 1, answers: 1, sites: [{ pendingCount: 1 }] })
  })

  it('lets one of two different requests that arrive together win, and refuses the other', async () => {
    const app = await startApp({ kind })
    const answers = await Promise.all([send(app, 'kunci'), send(app, 'kunci', { body: 'Lain.', email: 'lain@pembaca.example' })])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422])
    expect(await comments(app)).toBe(1)
  })

  it('is free again after a failure, also for a request that waited for the one that failed', async () => {
    const app = await startApp({ kind })
    const [wrong, right] = await Promise.all([send(app, 'kunci', { email: 'x@y.z, e@e.e' }), send(app, 'kunci')])
    expect([wrong.status, wrong.body.type]).toEqual([422, 'urn:balas:problem:invalid-fields'])
    expect(right.status).toBe(201)
    expect((await send(app, 'kedua', { email: 'tidak' })).status).toBe(422)
    expect((await send(app, 'kedua', { email: 'lain@pembaca.example', body: 'Dua' })).status).toBe(201)
    expect(await traces(app)).toMatchObject({ comments: 2, answers: 2 })
  })

  it('is kept for a day and then forgotten', async () => {
    const app = await startApp({ kind })
    const first = await send(app, 'kunci')
    app.clock.advance(DAY - 1)
    expect((await send(app, 'kunci')).text).toBe(first.text)
    app.clock.advance(1)
    const later = await send(app, 'kunci', { body: 'Hari berikutnya.' })
    expect(later.status).toBe(201)
    expect(later.body.comment.id).not.toBe(first.body.comment.id)
    expect(await traces(app)).toMatchObject({ comments: 2, answers: 1 })
  })

  it('leaves nothing of a comment that its author withdrew', async () => {
    const app = await startApp({ kind })
    const first = await send(app, 'kunci')
    await app.http.delete(`${PATH}/${first.body.comment.id}`).set('Authorization', `Bearer ${first.body.editToken}`).expect(204)
    expect(await traces(app)).toEqual({ ...NOTHING, threads: 1 })
  })
})

describe('two servers on one PostgreSQL database', () => {
  const startTwo = async () => {
    const databaseUrl = await createDatabase('postgresql')
    return [await startApp({ kind: 'postgresql', databaseUrl }), await startApp({ kind: 'postgresql', databaseUrl })] as const
  }

  it('make one comment of twins, and both give the same answer', async () => {
    const [one, two] = await startTwo()
    for (let round = 0; round < 8; round++) {
      const fields = { email: `budi${round}@pembaca.example`, body: `Putaran ${round}` }
      const answers = await Promise.all([one, two, one, two].map((app) => send(app, `kunci-${round}`, fields)))
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    }
    expect(await traces(one)).toMatchObject({ comments: 8, answers: 8, sites: [{ pendingCount: 8 }] })
  })

  it('do not let a twin spoil its neighbours, not even the first comments of new articles', async () => {
    const [one, two] = await startTwo()
    await one.set({ submissionsPerMinute: 1000 })
    for (let round = 0; round < 8; round++) {
      const twin = { email: `budi${round}@pembaca.example`, body: `Putaran ${round}`, url: `${ARTICLE}-kembar-${round}` }
      const around = (app: TestApp, from: string) => [
        app.reply({ url: `${ARTICLE}-${from}-${round}`, email: `${from}${round}@pembaca.example` }),
        send(app, `kunci-${round}`, twin),
        app.reply({ url: `${ARTICLE}-${from}-${round}-b`, email: `${from}${round}b@pembaca.example` }),
      ]
      const answers = await Promise.all([...around(one, 'satu'), ...around(two, 'dua')])
      expect(answers.map(({ status, text }) => (status === 201 ? status : text))).toEqual(answers.map(() => 201))
    }
    expect(await traces(one)).toMatchObject({ comments: 8 * 5, threads: 8 * 5, sites: [{ pendingCount: 8 * 5 }] })
  })
})

eachDatabase('answers that are under way', (open) => {
  it('go to those who ask the same, and never to another request under the same key', async () => {
    const answers = createAnswers({ db: await open(), keys: deriveKeys('a secret that only tests know'), clock: pinnedClock() })
    const ask = (body: string, work: () => Promise<string>) =>
      answers.once(answers.ticket({ siteId: 'site', key: 'kunci', request: { body } }), work)
    let finish = (_answer: string) => undefined as void
    const underWay = new Promise<string>((resolve) => {
      finish = resolve
    })
    const asked = [
      ask('Saya setuju.', () => underWay),
      ask('Saya setuju.', async () => 'done twice'),
      ask('Lain.', async () => 'the answer to the other'),
    ]
    finish('the answer to the first')
    expect(await Promise.all(asked)).toEqual(['the answer to the first', 'the answer to the first', 'the answer to the other'])
  })
})
