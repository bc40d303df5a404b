import { describe, expect, test } from '@jest/globals'
import { startApp, type TestApp } from '../support/app.ts'
import { browser, codeOf, makePerson, PASSWORD, signedIn } from './person.ts'

const EMAIL = 'lupa@example.com'
const NEW = 'kata sandi yang baru'

const ask = (app: TestApp, email = EMAIL) => app.http.post('/api/v1/password-resets').send({ email })

/** What the mail's link is. */
async function mailedPath(app: TestApp): Promise<string> {
  await app.deps.delivery.drainOnce()
  const link = /http\S+\/password-resets\/\S+/.exec(app.mails.at(-1)?.text ?? '')?.[0]
  if (!link) throw new Error('no link was mailed')
  return new URL(link).pathname
}

const set = (app: TestApp, path: string, password = NEW) => browser(app).form(path, { password })

describe.each(['sqlite', 'postgresql'] as const)('a forgotten password on %s', (kind) => {
  test('is replaced by a mailed link, once; every session ends', async () => {
    const app = await startApp({ kind })
    const page = await signedIn(app, { email: EMAIL })
    expect((await ask(app, 'LUPA@example.com')).status).toBe(202)
    const path = await mailedPath(app)
    expect(app.mails.map(({ to }) => to)).toEqual([EMAIL])

    for (let look = 0; look < 2; look++) expect((await app.http.get(path)).status).toBe(200) // scanners look too
    expect((await set(app, path, 'pendek')).status).toBe(422)
    expect((await page.get('/api/v1/me')).status).toBe(200)

    expect((await set(app, path)).status).toBe(200)
    expect((await page.get('/api/v1/me')).status).toBe(401)
    expect((await browser(app).signIn(EMAIL, PASSWORD)).status).toBe(401)
    expect((await browser(app).signIn(EMAIL, NEW)).status).toBe(200)
    expect([(await app.http.get(path)).status, (await set(app, path, 'sekali lagi saja')).status]).toEqual([404, 404])
  })
})

describe('a forgotten password', () => {
  test('never skips the second factor', async () => {
    const app = await startApp()
    const page = await signedIn(app, { email: EMAIL })
    const enrolled = await page.post('/api/auth/two-factor/enable', { password: PASSWORD })
    const uri = enrolled.body['totpURI'] as string
    expect((await page.post('/api/auth/two-factor/verify-totp', { code: codeOf(uri) })).status).toBe(200)

    await ask(app)
    const back = browser(app)
    expect((await back.form(await mailedPath(app), { password: NEW })).status).toBe(200)
    expect((await back.get('/api/v1/me')).status).toBe(401) // setting it signs nobody in
    expect((await back.signIn(EMAIL, NEW)).body).toMatchObject({ twoFactorRedirect: true })
    expect((await back.get('/api/v1/me')).status).toBe(401)
  })

  test('tells nobody who has an account, and mails only those who have', async () => {
    const app = await startApp()
    await makePerson(app, { email: EMAIL })
    const [known, unknown] = [await ask(app), await ask(app, 'tidak-ada@example.com')]
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text])
    await app.deps.delivery.drainOnce()
    expect(app.mails.map(({ to }) => to)).toEqual([EMAIL])
    expect((await ask(app, 'bukan alamat')).body).toMatchObject({ errors: [{ field: 'email' }] })
  })

  test('mails one link in five minutes, which works for an hour and for nobody else', async () => {
    const app = await startApp()
    const [mine, other] = [await makePerson(app, { email: EMAIL }), await makePerson(app, { email: 'lain@example.com' })]
    for (let time = 0; time < 3; time++) await ask(app)
    const path = await mailedPath(app)
    expect(app.mails).toHaveLength(1)
    expect((await app.http.get(path.replace(mine, other))).status).toBe(404)
    expect((await app.http.get(path.slice(0, -1))).status).toBe(404)
    app.clock.advance(61 * 60)
    expect((await set(app, path)).status).toBe(404)
    await ask(app)
    expect((await set(app, await mailedPath(app))).status).toBe(200)
  })

  test('is asked for twenty times in five minutes from one network at most', async () => {
    const app = await startApp()
    const statuses: number[] = []
    for (let time = 0; time < 21; time++) statuses.push((await ask(app, `a${time}@example.com`)).status)
    expect(statuses.filter((status) => status === 202)).toHaveLength(20)
    expect(statuses.at(-1)).toBe(429)
  })
})
