import { describe, expect, test } from '@jest/globals'
import { addPerson } from '../../src/accounts/people.ts'
import { ARTICLE, startApp } from '../support/app.ts'

const HOLDS_ONLY = new Set(['get /livez', 'get /readyz', 'get /api/v1/openapi.json', 'get /avatars/{hue}/{initials}.svg'])
const READERS = /^\w+ \/api\/v1\/sites\/\{site\}\/(comments|thread|counts)/

test('every endpoint is closed to nobody, to another site’s people, and to lower roles', async () => {
  const app = await startApp()
  await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
  const comment = (await app.reply()).body.comment as { id: string }
  const callers = {
    nobody: {},
    stranger: await app.keyFor('owner', 'lain'),
    moderator: await app.keyFor('moderator', 'default'),
    owner: await app.keyFor('owner', 'default'),
  }
  const { paths } = (await app.http.get('/api/v1/openapi.json')).body as { paths: Record<string, Record<string, unknown>> }
  const statuses: Record<string, Record<string, number>> = {}
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of Object.keys(methods)) {
      const name = `${method} ${path}`
      if (HOLDS_ONLY.has(name) || (READERS.test(name) && name !== 'patch /api/v1/sites/{site}/thread')) continue
      const url = path.replace('{site}', 'default').replace('{id}', comment.id).replace('{batch}', comment.id)
      const found: Record<string, number> = {}
      for (const [caller, headers] of Object.entries(callers)) {
        if (method === 'delete' && caller === 'owner') continue
        const request = app.http[method as 'get' | 'post' | 'patch' | 'delete'](url).set(headers)
        const sent = url.includes('/thread') ? request.query({ url: ARTICLE }) : request
        const body = { decision: 'hold', body: 'x', version: 99, ids: [comment.id], key: 'baru', name: 'Baru', open: true }
        found[caller] = (await (method === 'get' ? sent : sent.send(body))).status
      }
      statuses[name] = found
    }
  }
  expect(statuses).toEqual({
    'get /api/v1/moderation/comments': { nobody: 401, stranger: 200, moderator: 200, owner: 200 },
    'get /api/v1/moderation/counts': { nobody: 401, stranger: 200, moderator: 200, owner: 200 },
    'get /api/v1/moderation/comments/{id}': { nobody: 401, stranger: 404, moderator: 200, owner: 200 },
    'patch /api/v1/moderation/comments/{id}': { nobody: 401, stranger: 404, moderator: 409, owner: 409 },
    'delete /api/v1/moderation/comments/{id}': { nobody: 401, stranger: 404, moderator: 403 },
    'post /api/v1/moderation/comments/{id}/decisions': { nobody: 401, stranger: 404, moderator: 409, owner: 409 },
    'post /api/v1/moderation/decisions': { nobody: 401, stranger: 200, moderator: 200, owner: 200 },
    'post /api/v1/moderation/batches/{batch}/undo': { nobody: 401, stranger: 404, moderator: 404, owner: 404 },
    'post /api/v1/moderation/comments/{id}/replies': { nobody: 401, stranger: 404, moderator: 409, owner: 409 },
    'patch /api/v1/sites/{site}/thread': { nobody: 401, stranger: 404, moderator: 200, owner: 200 },
    'get /api/v1/sites/{site}': { nobody: 401, stranger: 404, moderator: 403, owner: 200 },
    'patch /api/v1/sites/{site}': { nobody: 401, stranger: 404, moderator: 403, owner: 200 },
    'post /api/v1/sites': { nobody: 401, stranger: 403, moderator: 403, owner: 403 },
    'get /api/v1/sites/{site}/export': { nobody: 401, stranger: 404, moderator: 403, owner: 200 },
  })
  const strangersQueue = await app.http.get('/api/v1/moderation/comments').set(callers.stranger)
  expect(strangersQueue.body.comments).toEqual([])
  expect((await app.http.get('/api/v1/moderation/comments').query({ site: 'default' }).set(callers.stranger)).status).toBe(404)
  const foreignBatch = await app.http
    .post('/api/v1/moderation/decisions')
    .set(callers.stranger)
    .send({ ids: [comment.id], decision: 'spam' })
  expect(foreignBatch.body).toMatchObject({ decided: 0, conflicts: [{ id: comment.id }] })
})

test('a moderator sees masked addresses and networks, an owner whole addresses', async () => {
  const app = await startApp()
  await app.reply({ email: 'budi@example.com' })
  const seenBy = async (role: 'owner' | 'moderator') =>
    (await app.http.get('/api/v1/moderation/comments').set(await app.keyFor(role))).body.comments[0] as {
      author: { email: string }
      ip: string
    }
  expect(await seenBy('moderator')).toMatchObject({ author: { email: 'b***@example.com' }, ip: '127.0.0.0/24' })
  expect(await seenBy('owner')).toMatchObject({ author: { email: 'budi@example.com' }, ip: '127.0.0.0/24' })
})

describe('signing in', () => {
  const start = async () => {
    const app = await startApp()
    const person = { name: 'Sari', email: 'sari@news.example', password: 'rahasia sekali' }
    await addPerson({ db: app.deps.db, clock: app.clock, auth: app.deps.auth, person, role: 'moderator', siteId: '*' })
    const signIn = (password: string, headers: Record<string, string> = {}) =>
      app.http
        .post('/api/auth/sign-in/email')
        .set({ Origin: app.url, ...headers })
        .send({ email: person.email, password })
    return { app, signIn }
  }

  test('gives a session that moderates, from our own pages only', async () => {
    const { app, signIn } = await start()
    const id = (await app.reply()).body.comment.id as string
    const signedIn = await signIn('rahasia sekali')
    expect(signedIn.status).toBe(200)
    const [cookie = ''] = signedIn.headers['set-cookie'] as unknown as string[]
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    const decide = (headers: Record<string, string>) =>
      app.http
        .post(`/api/v1/moderation/comments/${id}/decisions`)
        .set({ Cookie: cookie, ...headers })
        .send({ decision: 'approve' })
    expect((await app.http.get('/api/v1/moderation/comments').set('Cookie', cookie)).status).toBe(200)
    expect((await decide({})).status).toBe(403)
    expect((await decide({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await decide({ Origin: 'https://evil.example' })).status).toBe(403)
    expect((await decide({ 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200)
    expect((await decide({ Origin: app.url.replace('127.0.0.1', 'localhost') })).status).toBe(200)
    await app.http.post('/api/auth/sign-out').set({ Cookie: cookie, Origin: app.url }).send({})
    expect((await app.http.get('/api/v1/moderation/comments').set('Cookie', cookie)).status).toBe(401)
  })

  test('is refused for a wrong password, throttled whatever X-Forwarded-For says, and nobody signs up', async () => {
    const { app, signIn } = await start()
    const statuses: number[] = []
    for (let n = 0; n < 25; n++) statuses.push((await signIn('salah sekali', { 'X-Forwarded-For': `10.0.0.${n}` })).status)
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401])
    expect(statuses.at(-1)).toBe(429)
    expect(statuses).not.toContain(200)
    const signUp = await app.http
      .post('/api/auth/sign-up/email')
      .set('Origin', app.url)
      .send({ name: 'X', email: 'x@y.example', password: 'rahasia sekali' })
    expect(signUp.status).toBeGreaterThanOrEqual(400)
    expect(await app.deps.db.read.user.count()).toBe(1)
  })
})

test('the set-up link makes one owner, once, and survives a weak password', async () => {
  const app = await startApp()
  const link = `/setup/${(await app.deps.setup.invite()) ?? ''}`
  const post = (password: string) => app.http.post(link).type('form').send({ name: 'Sari', email: 'sari@news.example', password })
  expect((await post('pendek')).status).toBe(422)
  const race = await Promise.all([post('rahasia sekali'), post('rahasia sekali')])
  expect(race.map(({ status }) => status).toSorted()).toEqual([201, 404])
  expect((await app.http.get(link)).status).toBe(404)
  expect(await app.deps.setup.invite()).toBeNull()
})
