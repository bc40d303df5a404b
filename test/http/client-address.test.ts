import { expect, it } from '@jest/globals'
import { bareAddress } from '../../src/http/client-address.ts'
import { ARTICLE, startApp } from '../support/app.ts'

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:40001', '203.0.113.9'],
  [' [2001:DB8::1]:4000 ', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['"[2001:db8::1]:4711"', '2001:db8::1'],
  ['for=203.0.113.9', '203.0.113.9'],
  ['For="[2001:db8::1]:4711"', '2001:db8::1'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['fe80::1%eth0', 'fe80::1'],
  ['unknown', null],
  ['_hidden', null],
  ['203.0.113', null],
  ['', null],
])('of %j the address is %j', (entry, address) => expect(bareAddress(entry)).toBe(address))

const send = async (app: Awaited<ReturnType<typeof startApp>>, headers: Record<string, string>, n = 0) =>
  app.http
    .post('/api/v1/sites/default/comments')
    .set(headers)
    .send({ url: ARTICLE, name: 'Budi', email: `b${n}@contoh.example`, body: `Komentar ${n}` })

it('a reader whose proxy adds the port is counted and banned by the bare address', async () => {
  const app = await startApp({ env: { TRUST_PROXY: '1' } })
  const owner = await app.keyFor('owner')
  await app.set({ submissionsPerMinute: 3, floodSeconds: 0 })
  const statuses: number[] = []
  for (let n = 0; n < 4; n++) statuses.push((await send(app, { 'X-Forwarded-For': `203.0.113.9:${40_000 + n}` }, n)).status)
  expect(statuses).toEqual([201, 201, 201, 429])
  expect((await send(app, { 'X-Forwarded-For': '198.51.100.7:40000' }, 9)).status).toBe(201)

  const { body } = await app.http.get('/api/v1/moderation/comments').set(owner)
  const first = (body.comments as { id: string; ip: string }[]).find(({ ip }) => ip === '203.0.113.0/24')
  await app.http.post('/api/v1/sites/default/bans').set(owner).send({ comment: first?.id, what: 'network' }).expect(201)
  app.clock.advance(120)
  expect((await send(app, { 'X-Forwarded-For': '203.0.113.9' }, 20)).status).toBe(403)
  expect((await send(app, { 'X-Forwarded-For': '"[2001:db8::1]:4000"' }, 21)).status).toBe(201)
  expect((await send(app, { Forwarded: 'for="[2001:db8:1::1]:4711";proto=https' }, 22)).status).toBe(201)
})

it('what is no address is refused, and shares no limit with anybody', async () => {
  const app = await startApp({ env: { TRUST_PROXY: '1' } })
  await app.set({ submissionsPerMinute: 1, floodSeconds: 0 })
  const refused = await send(app, { 'X-Forwarded-For': 'unknown' })
  expect(refused.status).toBe(400)
  expect(refused.body).toMatchObject({
    type: 'urn:balas:problem:malformed',
    detail: 'The proxy did not say by an address from where this request comes.',
  })
  expect((await send(app, { 'X-Forwarded-For': '203.0.113.9' })).status).toBe(201)
})

it('without a trusted proxy nobody is believed', async () => {
  const app = await startApp()
  await app.set({ submissionsPerMinute: 1, floodSeconds: 0 })
  expect((await send(app, { 'X-Forwarded-For': 'unknown' }, 1)).status).toBe(201)
  expect((await send(app, { 'X-Forwarded-For': '203.0.113.10' }, 2)).status).toBe(429)
})
