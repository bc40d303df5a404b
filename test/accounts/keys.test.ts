import { describe, expect, test } from '@jest/globals'
import { everythingStored } from '../comments/state.ts'
import { startApp } from '../support/app.ts'
import { signedIn } from './person.ts'

const KEYS = '/api/v1/sites/default/keys'

interface Made {
  key: { id: string; name: string; role: string; expiresAt: string | null; expired: boolean }
  text: string
}

describe.each(['sqlite', 'postgresql'] as const)('the API keys of a site on %s', (kind) => {
  const start = async () => {
    const app = await startApp({ kind })
    const owner = await signedIn(app, { email: 'sari@news.example', role: 'owner' })
    const make = async (body: object) => (await owner.post(KEYS, body)).body as unknown as Made
    const list = async () => ((await owner.get(KEYS)).body as unknown as { keys: Made['key'][] }).keys
    const by = async (text: string) => (await app.http.get('/api/v1/me').set('Authorization', `Bearer ${text}`)).status
    return { app, owner, make, list, by }
  }

  test('are made, shown once, and refused at the next request after they are revoked', async () => {
    const { app, owner, make, list, by } = await start()
    const { key, text } = await make({ name: ' Impor ', role: 'moderator' })
    expect(key).toMatchObject({ name: 'Impor', role: 'moderator', expiresAt: null, expired: false })
    expect(text.slice(4, 36)).toBe(key.id)
    expect(await list()).toEqual([key])
    expect(JSON.stringify(await list())).not.toContain(text.slice(-43))
    expect(await everythingStored(app)).not.toContain(text.slice(-43))
    expect(await by(text)).toBe(200)
    expect((await owner.delete(`${KEYS}/${key.id}`)).status).toBe(204)
    expect(await by(text)).toBe(401)
    expect(await list()).toEqual([])
    expect((await owner.delete(`${KEYS}/${key.id}`)).status).toBe(404)
  })

  test('can do what their makers still can: less when they are less, nothing when they are gone', async () => {
    const { app, owner, make, by } = await start()
    const other = await signedIn(app, { email: 'ani@news.example', role: 'owner' })
    const { text } = await make({ name: 'Impor', role: 'owner' })
    const made = await app.http.post(KEYS).set('Authorization', `Bearer ${text}`).send({ name: 'Anak kunci', role: 'owner' })
    const keys = [text, made.body.text as string]
    const see = async () => Promise.all(keys.map(async (key) => (await app.http.get(KEYS).set('Authorization', `Bearer ${key}`)).status))
    expect(await see()).toEqual([200, 200])
    const { members } = (await other.get('/api/v1/sites/default/members')).body as { members: { id: string; email: string }[] }
    const path = `/api/v1/sites/default/members/${members.find(({ email }) => email === owner.email)?.id}`
    expect((await other.patch(path, { role: 'moderator' })).status).toBe(200)
    expect([await see(), await by(text)]).toEqual([[403, 403], 200])
    expect((await other.delete(path)).status).toBe(204)
    expect(await see()).toEqual([401, 401])
  })

  test('end after the days that were asked for, and stay in the list as expired', async () => {
    const { app, make, list, by } = await start()
    const { key, text } = await make({ name: 'Sebentar', role: 'owner', expiresInDays: 2 })
    expect(key.expiresAt).toBe('2026-11-25T05:00:00.000Z')
    app.clock.advance(2 * 86_400 - 1)
    expect(await by(text)).toBe(200)
    app.clock.advance(1)
    expect(await by(text)).toBe(401)
    expect(await list()).toMatchObject([{ id: key.id, expired: true }])
  })

  test('page newest first, and are no other site’s', async () => {
    const { app, owner, make } = await start()
    for (const name of ['satu', 'dua', 'tiga']) await make({ name, role: 'owner' })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    await app.keyFor('owner', 'lain')
    await app.keyFor('owner')
    interface Page {
      keys: Made['key'][]
      nextCursor: string | null
    }
    const first = (await owner.get(`${KEYS}?limit=2`)).body as unknown as Page
    const second = (await owner.get(`${KEYS}?limit=2&cursor=${first.nextCursor}`)).body as unknown as Page
    expect([...first.keys, ...second.keys].map(({ name }) => name)).toEqual(['tiga', 'dua', 'satu'])
    expect(second.nextCursor).toBeNull()
    const foreign = await app.deps.db.read.apiKey.findFirstOrThrow({ where: { name: 'owner key' } })
    expect((await owner.delete(`${KEYS}/${foreign.id}`)).status).toBe(404)
    expect(await app.deps.db.read.apiKey.count({ where: { revokedAt: null } })).toBe(5)
  })
})

test('a key needs a name on one line, a role that there is, and whole days', async () => {
  const app = await startApp()
  const owner = await signedIn(app, { email: 'sari@news.example', role: 'owner' })
  for (const wrong of [
    { name: '' },
    { name: 'a\nb' },
    { name: 'a\0b' },
    { role: 'admin' },
    { role: undefined },
    { expiresInDays: 0 },
    { expiresInDays: 1.5 },
    { expiresInDays: 4000 },
  ]) {
    const { status } = await owner.post(KEYS, { name: 'Impor', role: 'owner', ...wrong })
    expect({ wrong, status }).toEqual({ wrong, status: 422 })
  }
  expect(await app.deps.db.read.apiKey.count()).toBe(0)
})
