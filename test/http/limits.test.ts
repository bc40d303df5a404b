import { describe, expect, it } from '@jest/globals'
import type { Response } from 'supertest'
import { CannotCount, MemoryLimitStore, SharedLimitStore } from '../../src/http/limit-store.ts'
import { deriveKeys } from '../../src/privacy/secret.ts'
import type { Database } from '../../src/database/connect.ts'
import { everythingStored } from '../comments/state.ts'
import { ARTICLE, pinnedClock, startApp, type TestApp } from '../support/app.ts'
import { createDatabase } from '../support/databases.ts'

const PROXIED = { TRUST_PROXY: '1' }
const from = (app: TestApp, address: string, fields: Record<string, unknown> = {}) => app.reply(fields).set('X-Forwarded-For', address)
const statuses = async (count: number, send: (n: number) => PromiseLike<Response>) => {
  const seen: Record<number, number> = {}
  for (let n = 0; n < count; n++) {
    const { status } = await send(n)
    seen[status] = (seen[status] ?? 0) + 1
  }
  return seen
}

describe.each(['sqlite', 'postgresql'] as const)('submissions from one network (%s)', (kind) => {
  it('are twenty a minute; the next is told when to come again, and stores nothing', async () => {
    const app = await startApp({ kind })
    expect(await statuses(20, () => app.reply())).toEqual({ 201: 20 })
    app.clock.advance(12)
    const refused = await app.reply()
    expect(refused.status).toBe(429)
    expect(refused.get('Retry-After')).toBe('48')
    expect(refused.get('Content-Type')).toBe('application/problem+json; charset=utf-8')
    expect(refused.body).toEqual({
      type: 'urn:balas:problem:too-many-requests',
      title: 'Too many requests',
      status: 429,
      detail: 'Try again in 48 seconds.',
      instance: '/api/v1/sites/default/comments',
    })
    expect(await app.deps.db.read.comment.count()).toBe(20)
    app.clock.advance(48)
    expect((await app.reply()).status).toBe(201)
  })

  it('count also when they are invalid, since they cost as much', async () => {
    const app = await startApp({ kind })
    await app.set({ submissionsPerMinute: 3 })
    expect(await statuses(5, () => app.reply({ email: 'tidak' }))).toEqual({ 422: 3, 429: 2 })
  })

  it('are counted by IPv4 address and by IPv6 /56', async () => {
    const app = await startApp({ kind, env: PROXIED })
    await app.set({ submissionsPerMinute: 2 })
    expect(await statuses(3, () => from(app, '203.0.113.7'))).toEqual({ 201: 2, 429: 1 })
    expect((await from(app, '::ffff:203.0.113.7')).status).toBe(429)
    expect((await from(app, '203.0.113.8')).status).toBe(201)
    expect((await from(app, '2001:db8:77:aa01::1')).status).toBe(201)
    expect((await from(app, '2001:db8:77:aaff:ffff::2')).status).toBe(201)
    expect((await from(app, '2001:db8:77:aa80::3')).status).toBe(429)
    expect((await from(app, '2001:db8:77:ab01::1')).status).toBe(201)
  })

  it('are told apart by site', async () => {
    const app = await startApp({ kind })
    await app.http
      .post('/api/v1/sites')
      .set(await app.keyFor('owner'))
      .send({ key: 'lain', name: 'Lain' })
      .expect(201)
    await app.set({ submissionsPerMinute: 1 })
    await app.deps.sites.change(await app.deps.sites.byKey('lain'), { settings: { submissionsPerMinute: 1 } })
    expect(await statuses(2, () => app.reply())).toEqual({ 201: 1, 429: 1 })
    expect((await app.reply({}, 'lain')).status).toBe(201)
  })

  it('cannot be spread over forged X-Forwarded-For headers', async () => {
    const app = await startApp({ kind })
    await app.set({ submissionsPerMinute: 2 })
    expect(
      await statuses(4, (n) => from(app, `198.51.100.${n}`).set('X-Real-IP', `198.51.100.${n}`).set('Forwarded', `for=198.51.100.${n}`)),
    ).toEqual({ 201: 2, 429: 2 })
  })

  it('are counted by the hop that the trusted proxy saw, whatever stands before it', async () => {
    const app = await startApp({ kind, env: PROXIED })
    await app.set({ submissionsPerMinute: 2 })
    expect(await statuses(4, (n) => from(app, `198.51.100.${n}, 203.0.113.7`))).toEqual({ 201: 2, 429: 2 })
    expect((await from(app, '203.0.113.7, 198.51.100.1')).status).toBe(201)
    expect((await from(app, 'omong kosong')).status).toBe(400)
  })

  it('do not count against reading', async () => {
    const app = await startApp({ kind })
    await app.set({ submissionsPerMinute: 1 })
    expect(await statuses(2, () => app.reply())).toEqual({ 201: 1, 429: 1 })
    expect(await statuses(60, () => app.http.get('/api/v1/sites/default/thread').query({ url: ARTICLE }))).toEqual({ 200: 60 })
    expect(await statuses(30, () => app.http.get('/api/v1/sites/default/counts').query({ url: ARTICLE }))).toEqual({ 200: 30 })
  })

  it('leave no address behind in the database', async () => {
    const app = await startApp({ kind, env: PROXIED })
    await from(app, '203.0.113.77')
    await from(app, '2001:db8:77:aa01::1')
    const stored = await everythingStored(app)
    expect(stored).toContain('Komentar nomor')
    expect(stored).not.toMatch(/203\.0\.113|2001:db8/i)
  })

  it('do not let an author send moderators a mail with every edit, without end', async () => {
    const app = await startApp({ kind })
    await app.set({ submissionsPerMinute: 3 })
    const { body } = await app.reply()
    const edit = (n: number) =>
      app.http
        .patch(`/api/v1/sites/default/comments/${body.comment.id}`)
        .set('Authorization', `Bearer ${body.editToken}`)
        .send({ body: `Ubah ${n}` })
    expect(await statuses(5, edit)).toEqual({ 200: 3, 429: 2 })
    expect((await app.reply()).status).toBe(201)
  })
})

describe('two servers on one PostgreSQL database', () => {
  it('share the count', async () => {
    const databaseUrl = await createDatabase('postgresql')
    const one = await startApp({ kind: 'postgresql', databaseUrl })
    const two = await startApp({ kind: 'postgresql', databaseUrl })
    await one.set({ submissionsPerMinute: 6 })
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => (n % 2 ? one : two).reply({ email: `p${n}@pembaca.example`, body: `Nomor ${n}` })),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(6)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(4)
  })
})

describe('when the shared count is out of reach', () => {
  it('takes submissions but holds them, and half as many', async () => {
    const app = await startApp({ kind: 'postgresql' })
    await app.set({ mode: 'publish-all', submissionsPerMinute: 5 })
    expect((await app.reply()).body.comment.status).toBe('approved')
    const broken = { ...app.deps.db.queued, $queryRaw: () => Promise.reject(new Error('connection terminated')) }
    Object.assign(app.deps.db, { queued: broken })
    const held = await app.reply()
    expect({ status: held.status, comment: held.body.comment.status }).toEqual({ status: 201, comment: 'pending' })
    const row = await app.deps.db.read.comment.findUniqueOrThrow({ where: { id: held.body.comment.id } })
    expect(row.verdicts).toContainEqual(expect.objectContaining({ check: 'rate-limit', outcome: 'hold' }))
    expect(await statuses(4, () => app.reply())).toEqual({ 201: 2, 429: 2 })
  })

  it('does not wait for it longer than a moment', async () => {
    const store = sharedStore({ $queryRaw: () => new Promise(() => undefined) })
    await expect(store.increment('kunci')).rejects.toThrow(CannotCount) // else the test would never end
  })

  it('says so when the database answers nothing, or with an error', async () => {
    await expect(sharedStore({ $queryRaw: () => Promise.resolve([]) }).increment('kunci')).rejects.toThrow(CannotCount)
    await expect(sharedStore({ $queryRaw: () => Promise.reject(new Error('no')) }).increment('kunci')).rejects.toThrow(CannotCount)
  })
})

describe('the count in memory', () => {
  it('begins anew when its window has passed, by our clock', () => {
    const clock = pinnedClock()
    const store = new MemoryLimitStore({ clock })
    store.init({ windowMs: 60_000 } as never)
    expect(store.increment('a').totalHits).toBe(1)
    clock.advance(59)
    expect(store.increment('a')).toEqual({ totalHits: 2, resetTime: new Date('2026-11-23T05:01:00.000Z') })
    expect(store.increment('b').totalHits).toBe(1)
    clock.advance(1)
    expect(store.increment('a').totalHits).toBe(1)
  })
})

function sharedStore(queued: object) {
  const store = new SharedLimitStore({
    db: { queued } as unknown as Database,
    clock: pinnedClock(),
    keys: deriveKeys('a secret of tests'),
    name: 'submit',
  })
  store.init({ windowMs: 60_000 } as never)
  return store
}
