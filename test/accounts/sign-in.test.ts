import { describe, expect, test } from '@jest/globals'
import { createKey } from '../../src/accounts/api-keys.ts'
import { addPerson } from '../../src/accounts/people.ts'
import type { Role } from '../../src/access/policy.ts'
import { everythingStored } from '../comments/state.ts'
import { startApp, type TestApp } from '../support/app.ts'

const EMAIL = 'sari@news.example'
const PASSWORD = 'rahasia sekali'
const QUEUE = '/api/v1/moderation/comments'

async function start({
  kind = 'sqlite',
  env = {},
  role = 'moderator',
}: { kind?: 'sqlite' | 'postgresql'; env?: Record<string, string>; role?: Role } = {}) {
  const app = await startApp({ kind, env })
  const siteId = (await app.deps.sites.byKey('default')).id
  await addPerson({
    db: app.deps.db,
    clock: app.clock,
    auth: app.deps.auth,
    person: { name: 'Sari', email: EMAIL, password: PASSWORD },
    role,
    siteId,
  })
  const signIn = (password = PASSWORD, headers: Record<string, string> = {}, email = EMAIL) =>
    app.http
      .post('/api/auth/sign-in/email')
      .set({ Origin: app.url, ...headers })
      .send({ email, password })
  const session = async () => {
    const answer = await signIn()
    expect(answer.status).toBe(200)
    return String((answer.headers['set-cookie'] as unknown as string[])[0]).split(';')[0] ?? ''
  }
  return { app, signIn, session }
}

const queueOf = async (app: TestApp, headers: Record<string, string>) => (await app.http.get(QUEUE).set(headers)).status

describe.each(['sqlite', 'postgresql'] as const)('signing in on %s', (kind) => {
  test('by e-mail and password gives a session that moderates, until it is ended', async () => {
    const { app, signIn } = await start({ kind })
    const id = (await app.reply()).body.comment.id as string
    const answer = await signIn(PASSWORD, {}, 'SARI@news.example')
    expect(answer.status).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    const [set = ''] = answer.headers['set-cookie'] as unknown as string[]
    expect(set).toMatch(/^balas\.session_token=/)
    for (const part of [/; HttpOnly/i, /; SameSite=Lax/i, /; Path=\//i]) expect(set).toMatch(part)
    const cookie = set.split(';')[0] ?? ''
    expect(await queueOf(app, { Cookie: cookie })).toBe(200)
    const decided = await app.http
      .post(`${QUEUE}/${id}/decisions`)
      .set({ Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' })
      .send({ decision: 'approve' })
    expect(decided.status).toBe(200)
    const found = await app.http.get(`${QUEUE}/${id}`).set('Cookie', cookie)
    expect(found.body.comment.history.at(-1)).toMatchObject({ actor: 'Sari', action: 'approve', via: 'page' })
    const { actorId } = await app.deps.db.read.history.findFirstOrThrow()
    expect(actorId).toMatch(/^user:/)

    expect((await app.http.post('/api/auth/sign-out').set({ Cookie: cookie, Origin: app.url }).send({})).status).toBe(200)
    expect(await queueOf(app, { Cookie: cookie })).toBe(401)
    expect(await app.deps.db.read.session.count()).toBe(0)
  })

  test('keeps neither password nor session where a copy of the database would tell them, nor anybody’s address', async () => {
    const { app, session } = await start({ kind })
    await session()
    const everything = await everythingStored(app)
    expect(everything).not.toContain(PASSWORD)
    const kept = await app.deps.db.read.session.findFirstOrThrow()
    expect(kept.ipAddress ?? '').toBe('')
    for (const stolen of [kept.token, `${kept.token}.`, `${kept.token}.${kept.token}`])
      expect(await queueOf(app, { Cookie: `balas.session_token=${stolen}` })).toBe(401)
  })
})

describe('signing in', () => {
  test('ends with the person’s membership', async () => {
    const { app, session } = await start()
    const cookie = await session()
    const id = (await app.reply()).body.comment.id as string
    await app.deps.db.write((tx) => tx.membership.deleteMany({}))
    expect((await app.http.get(QUEUE).set('Cookie', cookie)).body).toEqual({ comments: [], nextCursor: null })
    expect((await app.http.get(`${QUEUE}/${id}`).set('Cookie', cookie)).status).toBe(404)
  })

  test('is refused alike for a wrong password and for nobody’s address', async () => {
    const { signIn } = await start()
    const wrong = await signIn('salah sekali')
    const nobody = await signIn(PASSWORD, {}, 'tiada@news.example')
    expect([wrong.status, nobody.status]).toEqual([401, 401])
    expect(wrong.body).toEqual(nobody.body)
    expect(wrong.headers['set-cookie']).toBeUndefined()
  })

  test('is throttled by network, whatever X-Forwarded-For says; time opens it again', async () => {
    const { app, signIn } = await start()
    const statuses: number[] = []
    for (let n = 0; n < 22; n++)
      statuses.push(
        (await signIn('salah sekali', { 'X-Forwarded-For': `10.0.0.${n}`, 'X-Real-IP': `10.0.0.${n}`, Forwarded: `for=10.0.0.${n}` }))
          .status,
      )
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), 429, 429])
    const refused = await signIn()
    expect(refused.status).toBe(429) // the right password does not help either
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/)
    app.clock.advance(Number(refused.headers['retry-after']))
    expect((await signIn()).status).toBe(200)
  }, 60_000)

  test('is the only way in: nobody signs up, resets, links or calls what we have no use for', async () => {
    const { app, session } = await start()
    const headers = { Cookie: await session(), Origin: app.url }
    const before = await everythingStored(app)
    const closed = [
      ['post', 'sign-up/email'],
      ['post', 'sign-in/social'],
      ['post', 'request-password-reset'],
      ['post', 'forget-password'],
      ['post', 'reset-password'],
      ['post', 'update-user'],
      ['post', 'change-email'],
      ['post', 'delete-user'],
      ['post', 'link-social'],
      ['get', 'callback/github'],
      ['get', 'verify-email'],
      ['get', 'error'],
      ['get', 'ok'],
      ['get', 'sign-out'],
      ['get', 'sign-in/email'],
      ['post', 'get-session/'],
      ['get', '__proto__'],
      ['get', 'constructor'],
    ] as const
    for (const [method, name] of closed) {
      const request = app.http[method](`/api/auth/${name}`).set(headers)
      const { status } = await (method === 'get'
        ? request
        : request.send({ name: 'X', email: 'x@y.example', password: 'rahasia sekali', newEmail: 'x@y.example' }))
      expect({ name, status }).toEqual({ name, status: 404 })
    }
    expect(await everythingStored(app)).toBe(before)
  })

  test('reads no body without end, and refuses what is no JSON object of ours', async () => {
    const { app, session } = await start()
    const cookie = await session()
    const send = (body: string, type = 'application/json') =>
      app.http.post('/api/auth/sign-in/email').set({ Origin: app.url, 'Content-Type': type }).send(body)
    expect((await send(JSON.stringify({ email: EMAIL, password: 'x'.repeat(70_000) }))).status).toBe(413)
    expect((await send('{"email":')).status).toBe(400)
    expect((await send('{"__proto__":{"email":"x"}}')).status).toBe(400)
    expect((await send(`email=${EMAIL}`, 'application/x-www-form-urlencoded')).status).toBe(415)
    for (const body of ['{}', '{"email":1,"password":[]}', '{"email":"a\\u0000@b.example","password":"rahasia sekali"}']) {
      const { status } = await send(body)
      expect({ body, isRefused: status >= 400 && status < 500 }).toEqual({ body, isRefused: true })
    }
    for (const forged of [
      'balas.session_token=x',
      `${cookie}x`,
      `${cookie.slice(0, -4)}AAAA`,
      'balas.session_token=%00',
      'balas.session_token=',
    ]) {
      expect({ forged, status: await queueOf(app, { Cookie: forged }) }).toEqual({ forged, status: 401 })
    }
  })

  test('with a new password ends the other sessions when asked to', async () => {
    const { app, session } = await start()
    const [one, other] = [await session(), await session()]
    const body = { currentPassword: PASSWORD, newPassword: 'lebih rahasia lagi', revokeOtherSessions: true }
    const change = (cookie: string, origin: string, more = {}) =>
      app.http
        .post('/api/auth/change-password')
        .set({ Cookie: cookie, Origin: origin })
        .send({ ...body, ...more })
    expect((await change(one, 'https://evil.example')).status).toBe(403)
    expect((await change(one, app.url, { newPassword: 'pendek' })).status).toBe(400)
    expect((await change(one, app.url, { currentPassword: 'salah sekali' })).status).toBe(400)
    expect((await change(one, app.url)).status).toBe(200)
    expect(await queueOf(app, { Cookie: other })).toBe(401)
  })
})

describe('a write with a session’s cookie', () => {
  test('is taken from our own pages only, by Sec-Fetch-Site, else by Origin', async () => {
    const { app, session } = await start({ role: 'owner' })
    const cookie = await session()
    const { port } = new URL(app.url)
    const patch = async (headers: Record<string, string>) =>
      (
        await app.http
          .patch('/api/v1/sites/default')
          .set({ Cookie: cookie, ...headers })
          .send({ name: 'Baru' })
      ).status
    const refused: Record<string, string>[] = [
      {},
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none' },
      { 'Sec-Fetch-Site': 'cross-site', Origin: app.url },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: '' },
      { Origin: `http://localhost:${Number(port) + 1}` },
      { Origin: `https://127.0.0.1:${port}` },
      { Origin: `${app.url}.evil.example` },
      { Referer: `${app.url}/admin` },
    ]
    for (const headers of refused) expect({ headers, status: await patch(headers) }).toEqual({ headers, status: 403 })
    expect((await app.deps.sites.byKey('default')).name).not.toBe('Baru')
    const taken: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'same-origin' },
      { Origin: `http://127.0.0.1:${port}` },
      { Origin: `http://localhost:${port}` },
      { Origin: `http://localhost:${port}`, Host: `localhost:${port}`, 'Sec-Fetch-Site': 'same-origin' },
    ]
    for (const headers of taken) expect({ headers, status: await patch(headers) }).toEqual({ headers, status: 200 })
    expect(await queueOf(app, { Cookie: cookie, 'Sec-Fetch-Site': 'cross-site' })).toBe(200) // a read; no other origin may see its answer
    const read = await app.http.get(QUEUE).set({ Cookie: cookie, Origin: 'https://evil.example' })
    expect(read.headers['access-control-allow-origin']).toBeUndefined()
    expect(read.headers['access-control-allow-credentials']).toBeUndefined()
  })

  test.each(['localhost', '127.0.0.1'])('works under %s when no public address is set', async (host) => {
    const { app } = await start()
    const own = `http://${host}:${new URL(app.url).port}`
    const signedIn = await app.http
      .post('/api/auth/sign-in/email')
      .set({ Host: own.slice(7), Origin: own, 'Sec-Fetch-Site': 'same-origin' })
      .send({ email: EMAIL, password: PASSWORD })
    expect(signedIn.status).toBe(200)
    const cookie = String((signedIn.headers['set-cookie'] as unknown as string[])[0]).split(';')[0] ?? ''
    const id = (await app.reply()).body.comment.id as string
    const decided = await app.http
      .post(`${QUEUE}/${id}/decisions`)
      .set({ Host: own.slice(7), Origin: own, Cookie: cookie })
      .send({ decision: 'spam' })
    expect(decided.status).toBe(200)
  })

  test('behind a public https address has a secure cookie, and plain http is foreign', async () => {
    const { app } = await start({ env: { PUBLIC_URL: 'https://balas.example' } })
    const signIn = (headers: Record<string, string>) =>
      app.http
        .post('/api/auth/sign-in/email')
        .set({ Host: 'balas.example', ...headers })
        .send({ email: EMAIL, password: PASSWORD })
    const signedIn = await signIn({ Origin: 'https://balas.example' })
    expect(signedIn.status).toBe(200)
    const [cookie = ''] = signedIn.headers['set-cookie'] as unknown as string[]
    expect(cookie).toMatch(/^__Secure-balas\.session_token=.*; Secure/i)
    for (const Origin of ['http://balas.example', 'https://evil.example', 'http://localhost:3000'])
      expect((await signIn({ Origin })).status).toBe(403)
  })
})

describe('an API key', () => {
  test('opens what it is for, and nothing when it is wrong, revoked or out of date', async () => {
    const { app } = await start()
    const { db } = app.deps
    const siteId = (await app.deps.sites.byKey('default')).id
    const expiresAt = new Date(app.clock().getTime() + 60_000)
    const key = await createKey({ db, clock: app.clock, name: 'skrip', role: 'moderator', siteId, expiresAt })
    const by = (text: string, scheme = 'Bearer') => queueOf(app, { Authorization: `${scheme} ${text}` })
    expect(key).toMatch(/^bal_[0-9a-f]{32}_[\w-]{43}$/)
    expect([await by(key), await by(key, 'bearer')]).toEqual([200, 200])
    const [, id = '', secret = ''] = /^bal_([0-9a-f]{32})_([\w-]{43})$/.exec(key) ?? []
    const other = await createKey({ db, clock: app.clock, name: 'lain', role: 'owner', siteId })
    for (const wrong of [
      key.slice(0, -1),
      `${key}x`,
      key.toUpperCase(),
      secret,
      id,
      `bal_${'0'.repeat(32)}_${secret}`,
      `bal_${id}_${other.slice(-43)}`,
      'x'.repeat(5000),
    ]) {
      expect(await by(wrong)).toBe(401)
    }
    expect(await by(key, 'Basic')).toBe(401)
    app.clock.advance(59)
    expect(await by(key)).toBe(200)
    app.clock.advance(1)
    expect(await by(key)).toBe(401)
    expect(await by(other)).toBe(200)
    await db.write((tx) => tx.apiKey.updateMany({ data: { revokedAt: app.clock() } }))
    expect(await by(other)).toBe(401)
    const refused = await app.http.get(QUEUE).set('Authorization', `Bearer ${other}`)
    expect(refused.text).not.toContain(other)
  })

  test('is kept as a hash alone, and needs no origin: it comes from programs', async () => {
    const { app } = await start()
    const owner = await app.keyFor('owner')
    const text = owner.Authorization.replace('Bearer ', '')
    const everything = await everythingStored(app)
    expect(everything).not.toContain(text)
    expect(everything).not.toContain(text.slice(-43))
    const patched = await app.http
      .patch('/api/v1/sites/default')
      .set({ ...owner, 'Sec-Fetch-Site': 'cross-site' })
      .send({ name: 'Baru' })
    expect(patched.status).toBe(200)
  })

  test('of a site reaches that site, of all sites reaches those made later too', async () => {
    const { app } = await start()
    const [here, everywhere] = [await app.keyFor('owner', 'default'), await app.keyFor('owner')]
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const id = (await app.reply({}, 'lain')).body.comment.id as string
    const find = async (headers: Record<string, string>) => (await app.http.get(`${QUEUE}/${id}`).set(headers)).status
    expect([await find(here), await find(everywhere)]).toEqual([404, 200])
    const create = async (headers: Record<string, string>) =>
      (await app.http.post('/api/v1/sites').set(headers).send({ key: 'baru', name: 'Baru' })).status
    expect([await create(here), await create(await app.keyFor('moderator')), await create(everywhere)]).toEqual([403, 403, 201])
  })
})
