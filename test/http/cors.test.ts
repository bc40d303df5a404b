import { describe, expect, it } from '@jest/globals'
import type { Response } from 'supertest'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'
import { startHot } from '../comments/hot.ts'

const COMMENTS = '/api/v1/sites/default/comments'
const THREAD = '/api/v1/sites/default/thread'
const OWN = 'https://berita.example'
const FOREIGN = 'https://jahat.example'
const LATER = 'http://another.example'

const startWith = async (allowedOrigins: string[]): Promise<TestApp> => {
  const app = await startApp()
  await app.deps.sites.change(await app.deps.sites.byKey('default'), { allowedOrigins })
  return app
}
const cors = (answer: Response) => ({
  origin: answer.get('Access-Control-Allow-Origin'),
  credentials: answer.get('Access-Control-Allow-Credentials'),
  vary: answer.get('Vary')?.replace(/(, )?Accept-Encoding/, '') || undefined,
})
const ALLOWED = { origin: OWN, credentials: undefined, vary: 'Origin' }
const REFUSED = { origin: undefined, credentials: undefined, vary: 'Origin' }

describe('pages of other origins', () => {
  it('read and write once the site names their origin, exactly, and never with credentials', async () => {
    const app = await startWith([OWN, LATER])
    const sent = await app.reply().set('Origin', OWN)
    expect([sent.status, cors(sent)]).toEqual([201, ALLOWED])
    expect(sent.get('Access-Control-Expose-Headers')).toBe('ETag, Retry-After')
    expect(cors(await app.reply({ url: `${LATER}/x` }).set('Origin', LATER))).toEqual({ ...ALLOWED, origin: LATER })
    const path = `${COMMENTS}/${sent.body.comment.id}`
    const token = { Authorization: `Bearer ${sent.body.editToken}` }
    expect(cors(await app.http.patch(path).set('Origin', OWN).set(token).send({ body: 'Lain' }))).toEqual(ALLOWED)
    expect(cors(await app.http.delete(path).set('Origin', OWN).set(token))).toEqual(ALLOWED)
    for (const read of [
      app.http.get(THREAD).query({ url: `${OWN}/x` }),
      app.http.get('/api/v1/sites/default/counts').query({ url: `${OWN}/x` }),
    ]) {
      expect(cors(await read.set('Origin', OWN))).toEqual(ALLOWED)
    }
  })

  it('can read what went wrong as well, however early it did', async () => {
    const app = await startWith([OWN])
    await app.set({ submissionsPerMinute: 2 })
    const post = () => app.http.post(COMMENTS).set('Origin', OWN)
    const answers: [number, Response][] = [
      [400, await post()],
      [400, await post().set('Content-Type', 'application/json').send('{"url"')],
      [413, await post().send({ body: 'x'.repeat(70_000) })],
      [415, await post().set('Content-Type', 'text/plain').send('{}')],
      [422, await post().send({})],
      [404, await app.reply({ parentId: 'x', url: `${OWN}/x` }).set('Origin', OWN)],
      [429, await post().send({})],
      [403, await app.http.patch(`${COMMENTS}/0193d9a0-1111-7abc-8def-0123456789ab`).set('Origin', OWN).send({ body: 'x' })],
      [
        422,
        await app.http
          .get(THREAD)
          .query({ url: `${OWN}/x`, limit: 0 })
          .set('Origin', OWN),
      ],
      [422, await app.http.get('/api/v1/sites/default/counts').set('Origin', OWN)],
    ]
    for (const [status, answer] of answers) {
      expect([status === 403 ? [403, 404].includes(answer.status) : answer.status === status, answer.text, cors(answer)]).toEqual([
        true,
        answer.text,
        ALLOWED,
      ])
    }
  })

  it('learn nothing and change nothing when the site does not name them', async () => {
    const app = await startWith([OWN])
    for (const origin of [FOREIGN, 'null', `${OWN}.jahat.example`, 'http://berita.example', `${OWN}:444`, 'https://sub.berita.example']) {
      expect(
        cors(
          await app.http
            .get(THREAD)
            .query({ url: `${OWN}/x` })
            .set('Origin', origin),
        ),
      ).toEqual(REFUSED)
      const sent = await app.reply({ url: `${OWN}/x` }).set('Origin', origin)
      expect([sent.status, cors(sent)]).toEqual([403, REFUSED])
      const ask = await app.http.options(COMMENTS).set('Origin', origin).set('Access-Control-Request-Method', 'POST')
      expect([ask.status, ask.get('Access-Control-Allow-Origin'), ask.get('Access-Control-Allow-Methods')]).toEqual([
        403,
        undefined,
        undefined,
      ])
    }
    expect(await app.deps.db.read.comment.count()).toBe(0)
  })

  it('are all welcome while the site names none', async () => {
    const app = await startApp()
    const sent = await app.reply().set('Origin', FOREIGN)
    expect([sent.status, cors(sent)]).toEqual([201, { origin: '*', credentials: undefined, vary: undefined }])
    expect(cors(await app.http.get(THREAD).query({ url: ARTICLE }).set('Origin', 'null'))).toMatchObject({ origin: '*' })
  })

  it('are told for a day what they may send', async () => {
    const app = await startWith([OWN])
    for (const path of [COMMENTS, `${COMMENTS}/0193d9a0-1111-7abc-8def-0123456789ab`, THREAD]) {
      const answer = await app.http
        .options(path)
        .set('Origin', OWN)
        .set('Access-Control-Request-Method', 'POST')
        .set('Access-Control-Request-Headers', 'content-type,idempotency-key,authorization')
      expect(answer.status).toBe(204)
      expect(answer.get('Access-Control-Allow-Origin')).toBe(OWN)
      expect(answer.get('Access-Control-Max-Age')).toBe('86400')
      expect(answer.get('Access-Control-Allow-Methods')?.split(', ')).toEqual(expect.arrayContaining(['GET', 'POST', 'PATCH', 'DELETE']))
      expect(answer.get('Access-Control-Allow-Headers')?.toLowerCase().split(', ')).toEqual(
        expect.arrayContaining(['content-type', 'idempotency-key', 'authorization']),
      )
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials')
    }
  })

  it('cannot send a moderator’s or owner’s requests: those answers carry no CORS headers', async () => {
    const app = await startWith([OWN])
    const owner = await app.keyFor('owner')
    for (const path of ['/api/v1/moderation/comments', '/api/v1/sites/default', '/api/v1/sites/default/export?format=json']) {
      const answer = await app.http.get(path).set(owner).set('Origin', OWN)
      expect([path, answer.status, answer.get('Access-Control-Allow-Origin')]).toEqual([path, 200, undefined])
    }
  })

  it('get each its own answer from what is kept for all', async () => {
    const app = await startWith([OWN, LATER])
    const { http, served } = await startHot(app)
    const read = (origin: string) =>
      http
        .get(THREAD)
        .query({ url: `${OWN}/x` })
        .set('Origin', origin)
    await read(OWN)
    const answers = [await read(OWN), await read(LATER), await read(FOREIGN)]
    expect(served).toEqual({ hot: 3, long: 1 })
    expect(answers.map((answer) => cors(answer))).toEqual([ALLOWED, { ...ALLOWED, origin: LATER }, REFUSED])
  })

  it('lose their place at once when the owner takes it away', async () => {
    const app = await startWith([OWN])
    const { http } = await startHot(app)
    const read = () =>
      http
        .get(THREAD)
        .query({ url: `${app.url}/x` })
        .set('Origin', OWN)
    await read()
    expect(cors(await read())).toEqual(ALLOWED)
    await app.http
      .patch('/api/v1/sites/default')
      .set(await app.keyFor('owner'))
      .send({ allowedOrigins: [LATER] })
      .expect(200)
    expect(cors(await read())).toEqual(REFUSED)
    expect((await app.reply({ url: `${app.url}/x` }).set('Origin', OWN)).status).toBe(403)
  })
})
