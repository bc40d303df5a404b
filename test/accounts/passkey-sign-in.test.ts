import { describe, expect, test } from '@jest/globals'
import { everyTable } from '../comments/state.ts'
import { startApp } from '../support/app.ts'
import { createDatabase } from '../support/databases.ts'
import { addPasskey, creationOptions, enter, namedOrigin, PASSKEYS, SIGN_IN, signInOptions } from './passkey.ts'
import { type Browser, browser, codeOf, PASSWORD, signedIn } from './person.ts'

const EMAIL = 'sari@news.example'
const ME = '/api/v1/me'

async function start({ kind = 'sqlite', ...options }: Parameters<typeof startApp>[0] = {}) {
  const app = await startApp({ kind, ...options })
  const sari = await signedIn(app, { email: EMAIL })
  return { app, sari, ...(await addPasskey({ app, page: sari })) }
}

const isIn = async (page: Browser) => (await page.get(ME)).status === 200
const cookieOf = ({ headers }: { headers: Record<string, unknown> }) =>
  (headers['set-cookie'] as string[]).find((line) => line.includes('session_token'))?.replace(/=[^;]*/, '=')

describe.each(['sqlite', 'postgresql'] as const)('a passkey on %s', (kind) => {
  test('signs in by itself, without address, password or code, where a password needs a code too', async () => {
    const { app, sari, device } = await start({ kind })
    const { body } = await sari.post('/api/auth/two-factor/enable', { password: PASSWORD })
    await sari.post('/api/auth/two-factor/verify-totp', { code: codeOf(String(body['totpURI'])) })
    const page = browser(app)
    expect((await page.signIn(EMAIL)).body['twoFactorRedirect']).toBe(true)
    app.clock.advance(60)
    const answer = await enter(page, device)
    expect([answer.status, answer.body]).toEqual([200, { user: { id: sari.userId, name: 'Sari' } }])
    expect((await page.get(ME)).body).toMatchObject({ user: { email: EMAIL, twoFactor: true } })
    expect((await page.get(PASSKEYS)).body).toMatchObject({ passkeys: [{ name: 'Ponsel', lastUsedAt: app.clock().toISOString() }] })
    expect((await browser(app).signIn(EMAIL)).body['twoFactorRedirect']).toBe(true) // and a password still needs its code
  })

  test('begins the same session as a password, which ends as others do', async () => {
    const { app, sari, device } = await start({ kind })
    const [byPassword, byPasskey] = [browser(app), browser(app)]
    const one = cookieOf(await byPassword.signIn(EMAIL))
    const other = cookieOf(await enter(byPasskey, device))
    expect(other).toBe(one)
    const rows = (await everyTable(app))['Session'] ?? []
    const lifetimes = rows.map((row) => Math.round((Number(row['expiresAt']) - Number(row['createdAt'])) / 60_000))
    expect([rows.length, new Set(lifetimes).size]).toEqual([3, 1])
    for (const row of rows) expect([row['ipAddress'], row['userAgent'], row['userId']]).toEqual([null, null, sari.userId])
    expect((await sari.delete('/api/v1/me/sessions')).status).toBe(204)
    expect([await isIn(byPasskey), await isIn(sari)]).toEqual([false, true])
  })

  test('opens once by one answer, also when sent twice at once', async () => {
    const { app, device } = await start({ kind })
    const page = browser(app)
    const credential = device.answer(await signInOptions(page))
    const statuses = (await Promise.all([1, 2, 3].map(() => page.post(SIGN_IN, { credential })))).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 401, 401])
    await page.post('/api/auth/sign-out')
    const again = await page.post(SIGN_IN, { credential })
    expect([again.status, again.body['code'], await isIn(page)]).toEqual([401, 'PASSKEY_LATE', false])
  })

  test('takes no challenge but one of this browser, for this, of the last five minutes', async () => {
    const { app, sari, device } = await start({ kind })
    const page = browser(app)
    const refused = async (challenge: unknown) => {
      const credential = device.answer({ ...(await signInOptions(page)), challenge })
      const answer = await page.post(SIGN_IN, { credential })
      expect([answer.status, answer.body['code'], await isIn(page)]).toEqual([401, 'PASSKEY_LATE', false])
    }
    await refused((await signInOptions(browser(app))).challenge)
    const { sessions } = (await sari.get('/api/v1/me/sessions')).body as { sessions?: { id: string; current: boolean }[] }
    page.jar.set('balas.passkey', sessions?.find(({ current }) => current)?.id ?? '')
    await refused((await creationOptions(sari)).challenge) // made for this browser, but to add a passkey
    for (const invented of ['', 'x', Buffer.from(`${'a'.repeat(43)}.${Date.now()}.${'a'.repeat(43)}`).toString('base64url'), null, 5])
      await refused(invented)
    const { challenge } = await signInOptions(page)
    app.clock.advance(300)
    await refused(challenge)
    const late = await signInOptions(page)
    await signInOptions(page) // another tab of the same browser, which takes nothing from the first
    app.clock.advance(299)
    expect((await page.post(SIGN_IN, { credential: device.answer(late) })).status).toBe(200)
  })

  test('is refused when its counter has not gone on: somebody copied it', async () => {
    const { app, device } = await start({ kind })
    const page = browser(app)
    for (const [counter, status] of [
      [4_000_000_000, 200],
      [4_000_000_000, 401],
      [3, 401],
      [0, 401],
      [4_000_000_001, 200],
    ] as const) {
      expect({ counter, status: (await enter(page, device, { counter })).status }).toEqual({ counter, status })
    }
    expect((await app.deps.db.read.passkey.findFirstOrThrow()).counter).toBe(4_000_000_001n)
    const both = await Promise.all([page, browser(app)].map((one) => enter(one, device, { counter: 4_000_000_002 })))
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401])
  })

  test('has its answer taken by one of two replicas', async () => {
    const databaseUrl = await createDatabase(kind)
    const env = { PUBLIC_URL: 'https://balas.example' }
    const { app, device } = await start({ kind, databaseUrl, env })
    const other = await startApp({ kind, databaseUrl, env })
    const [here, there] = [browser(app), browser(other)]
    const options = await signInOptions(here)
    for (const [name, value] of here.jar) there.jar.set(name, value)
    const credential = device.answer(options)
    const statuses = [(await there.post(SIGN_IN, { credential })).status, (await here.post(SIGN_IN, { credential })).status]
    expect([statuses, await isIn(there), await isIn(here)]).toEqual([[200, 401], true, false])
  })
})

describe('signing in with a passkey', () => {
  test('works again and again with a passkey that does not count', async () => {
    const { app, sari } = await start()
    const { device } = await addPasskey({ app, page: sari, synced: true })
    for (let n = 0; n < 3; n++) expect((await enter(browser(app), device)).status).toBe(200)
  })

  test('opens nothing when its answer is not right in every way', async () => {
    const { app, sari, device } = await start()
    const budi = await signedIn(app, { email: 'budi@news.example', name: 'Budi' })
    const page = browser(app)
    const before = await app.deps.db.read.passkey.findFirstOrThrow()
    for (const wrong of [
      { origin: 'https://evil.example' },
      { origin: app.url }, // the address without a name
      { origin: namedOrigin(app).replace('http:', 'https:') },
      { rpId: 'evil.example' },
      { isVerified: false },
      { forged: true },
      { userHandle: Buffer.from(budi.userId).toString('base64url') },
      { userHandle: 'x' },
    ]) {
      const answer = await enter(page, device, wrong)
      expect({ wrong, status: answer.status, code: answer.body['code'], isIn: await isIn(page) }).toEqual({
        wrong,
        status: 401,
        code: 'PASSKEY_REFUSED',
        isIn: false,
      })
    }
    expect(await app.deps.db.read.passkey.findFirstOrThrow()).toEqual(before)
    expect((await enter(page, device)).status).toBe(200)
    expect((await page.get(ME)).body).toMatchObject({ user: { id: sari.userId } })
  })

  test('is throttled with passwords, and taken from our own pages only', async () => {
    const { app, device } = await start()
    const page = browser(app)
    const credential = device.answer(await signInOptions(page))
    const foreign = { ...page.headers(), 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    for (const path of [SIGN_IN, `${SIGN_IN}/options`])
      expect((await app.http.post(path).set(foreign).send({ credential })).status).toBe(403)
    const statuses: number[] = []
    for (let n = 0; n < 20; n++) statuses.push((await enter(page, device, { forged: true })).status)
    expect(statuses.slice(-4)).toEqual([401, 401, 429, 429])
    expect((await page.signIn(EMAIL)).status).toBe(429)
  })

  test('takes nothing but an answer of the right shape, and has no other doors', async () => {
    const { app, device } = await start()
    const page = browser(app)
    const right = device.answer(await signInOptions(page))
    const bad: unknown[] = [undefined, null, 'x', [], {}, { ...right, id: 5 }, { ...right, id: '../x' }, { ...right, type: 'password' }]
    bad.push(
      { ...right, response: { ...right.response, signature: 'x'.repeat(9000) } },
      { ...right, response: { ...right.response, userHandle: null } },
    )
    for (const credential of bad)
      expect({ credential, status: (await page.post(SIGN_IN, { credential })).status }).toEqual({ credential, status: 400 })
    const notJson = { ...right, response: { ...right.response, clientDataJSON: 'bm90IGpzb24' } }
    expect((await page.post(SIGN_IN, { credential: notJson })).status).toBe(401)
    for (const path of [SIGN_IN, `${SIGN_IN}/options`, '/api/auth/passkey/list-user-passkeys'])
      expect((await page.get(path)).status).toBe(404)
    app.clock.advance(299)
    expect((await page.post(SIGN_IN, { credential: right })).status).toBe(200)
  })

  test('shows a member who was removed no more than a password does', async () => {
    const { app, device } = await start()
    const id = (await app.reply()).body.comment.id as string
    const page = browser(app)
    await enter(page, device)
    expect((await page.get(`/api/v1/moderation/comments/${id}`)).status).toBe(200)
    await app.deps.db.write((tx) => tx.membership.deleteMany({}))
    for (const one of [page, browser(app)]) {
      await enter(one, device)
      expect((await one.get(ME)).body).toMatchObject({ roles: [] })
      expect((await one.get(`/api/v1/moderation/comments/${id}`)).status).toBe(404)
    }
  })

  test('with a forgotten password works as before, and its link opens nothing by itself', async () => {
    const { app, sari, device } = await start()
    await app.http.post('/api/v1/password-resets').send({ email: EMAIL })
    await app.deps.delivery.drainOnce()
    const [, path = ''] = /(\/password-resets\/\S+)/.exec(app.mails.at(-1)?.text ?? '') ?? []
    const set = await browser(app).form(path, { password: 'lebih rahasia lagi' })
    expect([set.status, set.text]).toEqual([200, expect.stringContaining('Passkey Anda juga masih bisa dipakai')])
    expect(await isIn(sari)).toBe(false)
    expect((await enter(sari, device)).status).toBe(200)
    expect((await sari.get(PASSKEYS)).body).toMatchObject({ passkeys: [{ name: 'Ponsel' }] })
  })
})
