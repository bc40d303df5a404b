import { describe, expect, test } from '@jest/globals'
import { ARTICLE, startApp } from '../support/app.ts'
import { openDesk, UNKNOWN } from './desk.ts'

const OTHER = 'https://berita.example/2026/jembatan'

async function start(kind: 'sqlite' | 'postgresql') {
  const app = await startApp({ kind, env: { TRUST_PROXY: '1' } })
  await app.set({ floodSeconds: 0, submissionsPerMinute: 1000 })
  await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
  let sent = 0
  const from = async (ip: string, fields: Record<string, unknown> = {}, site = 'default') => {
    sent++
    const answer = await app.http
      .post(`/api/v1/sites/${site}/comments`)
      .set('X-Forwarded-For', ip)
      .send({ url: ARTICLE, name: 'A', email: `a${sent}@mail.example`, body: `Halo ${sent}`, ...fields })
    return (answer.body as { comment: { id: string } }).comment.id
  }
  return { app, from, desk: await openDesk(app) }
}

describe.each(['sqlite', 'postgresql'] as const)('the filters of the queue on %s', (kind) => {
  test('find what came from a network, by a comment or by an address, with all the others', async () => {
    const { from, desk } = await start(kind)
    const email = 'satu@mail.example'
    const a = await from('203.0.113.7')
    const b = await from('203.0.113.200', { email, body: 'Kereta' })
    const c = await from('198.51.100.1', { email })
    const d = await from('203.0.113.9', { url: OTHER, body: 'Kereta lagi' })
    const e = await from('203.0.113.9', {}, 'lain')
    const find = (query: Record<string, string | string[]>) => desk.walk({ status: 'pending', limit: 1, ...query })
    expect(await find({ network: a })).toEqual([a, b, d, e])
    expect(await find({ network: '203.0.113.99' })).toEqual([a, b, d, e])
    expect(await find({ network: '203.0.113.0/24', site: 'default' })).toEqual([a, b, d])
    expect(await find({ network: a, author: email })).toEqual([b])
    expect(await find({ author: email })).toEqual([b, c])
    expect(await find({ network: a, q: 'kereta' })).toEqual([b, d])
    expect(await find({ network: a, url: OTHER })).toEqual([d])
    expect(await find({ network: '192.0.2.1' })).toEqual([])
    await desk.decide(b, 'spam')
    expect(await find({ network: a })).toEqual([a, d, e])
    expect(await desk.walk({ network: a, limit: 2 })).toEqual([e, d, b, a])
    expect(await desk.walk({ network: a, status: 'spam' })).toEqual([b])
    expect(await desk.walk({ network: b, site: ['default', 'lain'], status: 'rejected' })).toEqual([])
  })

  test('let moderators name a network by a comment of theirs, and not by an address', async () => {
    const { app, from, desk } = await start(kind)
    const a = await from('203.0.113.7')
    const foreign = await from('203.0.113.7', {}, 'lain')
    const moderator = await app.keyFor('moderator', 'default')
    const ask = async (network: string, key: Record<string, string>) => {
      const answer = await app.http.get('/api/v1/moderation/comments').query({ network }).set(key)
      return [answer.status, (answer.body.comments as { id: string }[] | undefined)?.map(({ id }) => id)]
    }
    expect(await ask(a, moderator)).toEqual([200, [a]])
    expect(await ask('203.0.113.7', moderator)).toEqual([403, undefined])
    expect((await ask(foreign, moderator))[0]).toBe(404)
    expect((await ask(UNKNOWN, desk.key))[0]).toBe(404)
    expect((await ask('kereta', desk.key))[0]).toBe(422)
    const { id } = await desk.published()
    const own = (await desk.answer(id, 'Terima kasih')).body.comment as { id: string }
    expect((await ask(own.id, desk.key))[0]).toBe(422)
  })

  test('know days by the site’s clock, and times, together with everything else', async () => {
    const { app, from, desk } = await start(kind)
    const at = async (iso: string, fields: Record<string, unknown> = {}) => {
      app.clock.advance((Date.parse(iso) - app.clock().getTime()) / 1000)
      return from('203.0.113.7', fields)
    }
    const evening = await at('2026-11-24T16:59:59.999Z', { body: 'Malam' }) // 23.59 in Jakarta
    const midnight = await at('2026-11-24T17:00:00Z', { body: 'Tengah malam' })
    const noon = await at('2026-11-25T05:00:00Z', { body: 'Siang', email: 'siang@mail.example' })
    const find = (query: Record<string, string>) => desk.walk({ status: 'pending', limit: 1, ...query })
    expect(await find({ since: '2026-11-25' })).toEqual([midnight, noon])
    expect(await find({ until: '2026-11-24' })).toEqual([evening])
    expect(await find({ since: '2026-11-25', until: '2026-11-25' })).toEqual([midnight, noon])
    expect(await find({ since: '2026-11-24T17:00:00Z', until: '2026-11-25T12:00:00+07:00' })).toEqual([midnight])
    expect(await find({ since: '2026-11-26' })).toEqual([])
    expect(await find({ since: '2026-11-25', q: 'malam' })).toEqual([midnight])
    expect(await find({ since: '2026-11-25', author: 'siang@mail.example' })).toEqual([noon])
    expect(await find({ until: '2026-11-24', author: 'siang@mail.example' })).toEqual([])
    expect(await find({ network: evening, until: '2026-11-24T17:00:00.001Z' })).toEqual([evening, midnight])
    expect(await desk.walk({ since: '2026-11-24', until: '2026-11-25T05:00:00Z', limit: 1 })).toEqual([midnight, evening])
    expect(await find({ url: ARTICLE, since: '2026-11-25T00:00:00Z' })).toEqual([noon])
    for (const wrong of ['kemarin', '2026-13-01', '25-11-2026', '2026-11-25 08:00']) {
      const answer = await app.http.get('/api/v1/moderation/comments').query({ since: wrong }).set(desk.key)
      expect([answer.status, answer.body.errors]).toEqual([422, [{ field: 'since', message: expect.any(String) }]])
    }
  })

  test('take several sites, each of them the caller’s', async () => {
    const { app, from, desk } = await start(kind)
    await app.deps.sites.create({ key: 'jauh', name: 'Jauh', locale: 'id' })
    const ids = [await from('203.0.113.1'), await from('203.0.113.1', {}, 'lain'), await from('203.0.113.1', {}, 'jauh')]
    expect(await desk.walk({ status: 'pending', site: ['default', 'jauh'], limit: 1 })).toEqual([ids[0], ids[2]])
    const answer = await app.http.get('/api/v1/moderation/comments?site=default&site=lain').set(await app.keyFor('moderator', 'default'))
    expect(answer.status).toBe(404)
  })
})
