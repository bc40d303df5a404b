import { describe, expect, test } from '@jest/globals'
import { everyTable } from '../comments/state.ts'
import { startApp } from '../support/app.ts'
import { browser, PASSWORD, signedIn } from './person.ts'

const ME = '/api/v1/me'
const SESSIONS = '/api/v1/me/sessions'
const EMAIL = 'sari@news.example'

interface Listed {
  id: string
  current: boolean
  createdAt: string
  lastUsedAt: string
}

describe.each(['sqlite', 'postgresql'] as const)('on %s', (kind) => {
  const start = async () => {
    const app = await startApp({ kind })
    const sari = await signedIn(app, { email: EMAIL })
    const again = async () => {
      const page = browser(app)
      await page.signIn(EMAIL)
      return page
    }
    return { app, sari, again }
  }

  test('callers are told who they are: a person by their session, a program by its key', async () => {
    const { app, sari } = await start()
    const roles = [{ site: { key: 'default', name: 'Situs saya' }, role: 'moderator' }]
    expect((await app.http.get(ME)).status).toBe(401)
    expect((await sari.get(ME)).body).toEqual({
      user: { id: sari.userId, name: 'Sari', email: EMAIL, twoFactor: false },
      key: null,
      roles,
      mayCreateSites: false,
    })
    const byKey = await app.http.get(ME).set(await app.keyFor('moderator', 'default'))
    expect(byKey.body).toEqual({
      user: null,
      key: { id: expect.stringMatching(/^[0-9a-f]{32}$/), name: 'moderator key', expiresAt: null },
      roles,
      mayCreateSites: false,
    })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const everywhere = await app.http.get(ME).set(await app.keyFor('owner'))
    expect(everywhere.body.mayCreateSites).toBe(true)
    expect(everywhere.body.roles).toHaveLength(2)
  })

  test('sessions are listed without token, address or browser, and ended one by one or all but one’s own', async () => {
    const { app, sari, again } = await start()
    const [two, three] = [await again(), await again()]
    const { sessions } = (await two.get(SESSIONS)).body as unknown as { sessions: Listed[] }
    expect(sessions.map(({ current }) => current)).toEqual([false, true, false])
    for (const one of sessions) expect(Object.keys(one).toSorted()).toEqual(['createdAt', 'current', 'expiresAt', 'id', 'lastUsedAt'])
    for (const row of (await everyTable(app))['Session'] ?? []) expect([row['ipAddress'], row['userAgent']]).toEqual([null, null])

    const newest = sessions[0]?.id ?? ''
    expect((await two.delete(`${SESSIONS}/${newest}`)).status).toBe(204)
    expect([(await three.get(ME)).status, (await sari.get(ME)).status]).toEqual([401, 200])
    expect((await two.delete(`${SESSIONS}/${newest}`)).status).toBe(404)
    expect((await two.delete(SESSIONS)).status).toBe(204)
    expect([(await sari.get(ME)).status, (await two.get(ME)).status]).toEqual([401, 200])
  })

  test('nobody ends another’s session, and a key has none', async () => {
    const { app, sari } = await start()
    const budi = await signedIn(app, { email: 'budi@news.example', name: 'Budi', role: 'owner' })
    const { sessions } = (await sari.get(SESSIONS)).body as unknown as { sessions: Listed[] }
    expect((await budi.delete(`${SESSIONS}/${sessions[0]?.id}`)).status).toBe(404)
    expect((await budi.delete(SESSIONS)).status).toBe(204)
    expect((await sari.get(ME)).status).toBe(200)
    const key = await app.keyFor('owner')
    expect((await app.http.get(SESSIONS).set(key)).status).toBe(403)
    expect((await app.http.delete(SESSIONS).set(key)).status).toBe(403)
  })

  test('a new password ends every other session, whatever was asked for, and needs the present one', async () => {
    const { sari, again } = await start()
    const other = await again()
    const change = (currentPassword: string, newPassword: string) =>
      sari.post('/api/auth/change-password', { currentPassword, newPassword, revokeOtherSessions: false })
    expect((await change('salah sekali', 'lebih rahasia lagi')).status).toBe(400)
    expect((await change(PASSWORD, 'pendek')).status).toBe(400)
    expect((await other.get(ME)).status).toBe(200)
    expect((await change(PASSWORD, 'lebih rahasia lagi')).status).toBe(200)
    expect([(await other.get(ME)).status, (await sari.get(ME)).status]).toEqual([401, 200])
    expect([(await other.signIn(EMAIL)).status, (await other.signIn(EMAIL, 'lebih rahasia lagi')).status]).toEqual([401, 200])
  })
})

test('a session is ended from our own pages only, and lists of sessions with their tokens are closed', async () => {
  const app = await startApp()
  const sari = await signedIn(app, { email: EMAIL })
  const foreign = { ...sari.headers(), 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
  expect((await app.http.delete(SESSIONS).set(foreign)).status).toBe(403)
  for (const name of ['list-sessions', 'revoke-session', 'revoke-sessions', 'revoke-other-sessions']) {
    expect((await sari.get(`/api/auth/${name}`)).status).toBe(404)
    expect((await sari.post(`/api/auth/${name}`)).status).toBe(404)
  }
})
