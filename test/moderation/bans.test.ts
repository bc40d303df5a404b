import { describe, expect, test } from '@jest/globals'
import { startApp } from '../support/app.ts'
import { createDatabase } from '../support/databases.ts'
import { everythingStored } from '../comments/state.ts'
import { eventually } from '../comments/hot.ts'
import { openDesk, UNKNOWN } from './desk.ts'

const DAY = 86_400

describe.each(['sqlite', 'postgresql'] as const)('a ban on %s', (kind) => {
  test('of an e-mail address keeps its comments out, however it is written, and those of nobody else', async () => {
    const app = await startApp({ kind })
    await app.set({ floodSeconds: 0 })
    const { held, ban, get } = await openDesk(app)
    const id = await held({ email: 'budi@reader.example', name: 'Budi', body: 'Kasar' })
    const made = await ban(id, 'email', { reason: 'Kasar sekali' })
    expect(made.status).toBe(201)
    expect(made.body).toEqual({
      ban: {
        id: expect.any(String),
        what: 'email',
        comment: { id, author: 'Budi', text: 'Kasar' },
        reason: 'Kasar sekali',
        by: 'owner key',
        createdAt: '2026-11-23T05:00:00.000Z',
        until: null,
        active: true,
        lifted: null,
      },
    })
    const refused = await app.reply({ email: 'Budi@READER.example' })
    expect([refused.status, refused.body.type]).toEqual([403, 'urn:balas:problem:banned'])
    expect((await app.reply({ email: 'budi@reader.example', url: 'not an address' })).status).toBe(422)
    expect((await app.reply()).status).toBe(201)
    expect((await get(id)).history.at(-1)).toMatchObject({ action: 'ban-email', actor: 'owner key', reason: 'Kasar sekali', to: 'pending' })
    expect(await app.deps.db.read.comment.count()).toBe(2)
  })

  test('of a network keeps out whoever comes from it, for as long as it was made; then it does nothing', async () => {
    const app = await startApp({ kind, env: { TRUST_PROXY: '1' } })
    const { held, ban } = await openDesk(app)
    const from = (ip: string) => app.reply().set('X-Forwarded-For', ip)
    const id = (await from('203.0.113.7')).body.comment.id as string
    expect((await ban(id, 'network', { days: 2 })).body.ban.until).toBe('2026-11-25T05:00:00.000Z')
    expect([(await from('203.0.113.200')).status, (await from('198.51.100.1')).status]).toEqual([403, 201])
    app.clock.advance(2 * DAY - 1)
    expect((await from('203.0.113.7')).status).toBe(403)
    app.clock.advance(1)
    expect((await from('203.0.113.7')).status).toBe(201)
    await held()
  })

  test('holds for its site alone, and for changed texts too', async () => {
    const app = await startApp({ kind })
    await app.set({ floodSeconds: 0 })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const { published, ban, amend, key } = await openDesk(app)
    const email = 'budi@reader.example'
    const comment = await published({ email })
    const made = (await ban(comment.id, 'email')).body.ban as { id: string }
    expect((await app.http.delete(`/api/v1/sites/lain/bans/${made.id}`).set(key)).status).toBe(404)
    expect((await amend(comment, 'Diubah')).status).toBe(403)
    expect((await app.reply({ email })).status).toBe(403)
    expect((await app.reply({ email }, 'lain')).status).toBe(201)
    const withdrawn = await app.http
      .delete(`/api/v1/sites/default/comments/${comment.id}`)
      .set('Authorization', `Bearer ${comment.editToken}`)
    expect(withdrawn.status).toBe(204)
  })

  test('is lifted, replaced and listed with who did it', async () => {
    const app = await startApp({ kind })
    await app.set({ floodSeconds: 0 })
    const owner = await openDesk(app)
    const moderator = await openDesk(app, await app.keyFor('moderator', 'default'))
    const email = 'budi@reader.example'
    const id = await owner.held({ email })
    const other = await owner.held()
    const path = '/api/v1/sites/default/bans'
    const list = async (query: object = {}) => (await app.http.get(path).query(query).set(moderator.key)).body
    const first = (await moderator.ban(id, 'email', { days: 1 })).body.ban as { id: string }
    app.clock.advance(60)
    const second = (await owner.ban(id, 'email', { days: 7 })).body.ban as { id: string }
    await owner.ban(other, 'email')
    expect(await list({ limit: 2 })).toMatchObject({
      bans: [{ by: 'owner key' }, { id: second.id, active: true }],
      nextCursor: expect.any(String),
    })
    const { nextCursor } = await list({ limit: 2 })
    expect(await list({ limit: 2, cursor: nextCursor })).toMatchObject({
      bans: [{ id: first.id, by: 'moderator key', active: false, lifted: { by: 'owner key', at: '2026-11-23T05:01:00.000Z' } }],
      nextCursor: null,
    })
    expect((await list({ active: true })).bans).toHaveLength(2)
    const lifted = await app.http.delete(`${path}/${second.id}`).set(moderator.key)
    expect([lifted.status, lifted.body.ban]).toMatchObject([200, { active: false, lifted: { by: 'moderator key' } }])
    expect((await app.reply({ email })).status).toBe(201)
    const again = await app.http.delete(`${path}/${second.id}`).set(owner.key)
    expect(again.body).toEqual(lifted.body)
    expect((await owner.get(id)).history.map(({ action }) => action)).toEqual(['submit', 'ban-email', 'ban-email', 'lift-ban'])
    await owner.remove(id)
    expect((await list()).bans[1]).toMatchObject({ id: second.id, comment: null })
    expect((await app.http.delete(`${path}/${UNKNOWN}`).set(owner.key)).status).toBe(404)
  })

  test('is made only about a comment of the site that tells of such a thing', async () => {
    const app = await startApp({ kind })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const { held, ban, published, answer } = await openDesk(app)
    const { id } = await published()
    const own = (await answer(id, 'Terima kasih')).body.comment as { id: string }
    const foreign = await held({}, 'lain')
    expect((await ban(foreign, 'email')).status).toBe(404)
    expect((await ban(UNKNOWN, 'email')).status).toBe(404)
    expect((await ban(own.id, 'email')).body.errors).toEqual([{ field: 'what', message: expect.any(String) }])
    expect((await ban(own.id, 'network')).status).toBe(422)
    expect((await ban(id, 'email', { days: 0 })).status).toBe(422)
    expect(await app.deps.db.read.ban.count()).toBe(0)
  })

  test('keeps no address, and names none', async () => {
    const app = await startApp({ kind, env: { TRUST_PROXY: '1' } })
    const { ban, key } = await openDesk(app)
    const id = (await app.reply({ email: 'rahasia@reader.example' }).set('X-Forwarded-For', '203.0.113.77')).body.comment.id as string
    const answers = [await ban(id, 'email'), await ban(id, 'network'), await app.http.get('/api/v1/sites/default/bans').set(key)]
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 200])
    expect(answers.map(({ text }) => text).join('')).not.toMatch(/rahasia|203\.0/)
    expect(await everythingStored(app)).not.toMatch(/rahasia|203\.0\.113/)
  })
})

test('a ban and its end reach other replicas', async () => {
  const databaseUrl = await createDatabase('postgresql')
  const [one, other] = [await startApp({ databaseUrl }), await startApp({ databaseUrl })]
  await one.set({ floodSeconds: 0 })
  const { held, ban, key } = await openDesk(one)
  const email = 'budi@reader.example'
  const id = await held({ email })
  let sent = 0
  const replies = async () => (await other.reply({ email, body: `Lagi ${++sent}` })).status
  expect(await replies()).toBe(201) // now the other one keeps that nobody is banned
  const { id: banId } = (await ban(id, 'email')).body.ban as { id: string }
  await eventually(replies, (status) => status === 403)
  await one.http.delete(`/api/v1/sites/default/bans/${banId}`).set(key)
  await eventually(replies, (status) => status === 201)
})
