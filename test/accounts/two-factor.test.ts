import { describe, expect, test } from '@jest/globals'
import { everythingStored } from '../comments/state.ts'
import { startApp } from '../support/app.ts'
import { type Browser, browser, codeOf, fromBase32, PASSWORD, signedIn } from './person.ts'

const EMAIL = 'sari@news.example'
const ME = '/api/v1/me'
const AUTH = '/api/auth'

async function start(kind: 'sqlite' | 'postgresql' = 'sqlite') {
  const app = await startApp({ kind })
  const sari = await signedIn(app, { email: EMAIL })
  const turnOn = async () => {
    const enabled = await sari.post(`${AUTH}/two-factor/enable`, { password: PASSWORD })
    expect(enabled.status).toBe(200)
    const { totpURI, backupCodes } = enabled.body as { totpURI: string; backupCodes: string[] }
    expect((await sari.post(`${AUTH}/two-factor/verify-totp`, { code: codeOf(totpURI) })).status).toBe(200)
    return { totpURI, backupCodes }
  }
  return { app, sari, turnOn }
}

const isIn = async (page: Browser) => (await page.get(ME)).status === 200
const firstStep = async (page: Browser) => {
  const answer = await page.signIn(EMAIL)
  expect([answer.status, answer.body['twoFactorRedirect'], await isIn(page)]).toEqual([200, true, false])
}
const withCode = (page: Browser, code: unknown) => page.post(`${AUTH}/two-factor/verify-totp`, { code, trustDevice: true })
const withRecovery = (page: Browser, code: unknown) =>
  page.post(`${AUTH}/two-factor/verify-backup-code`, { code, trustDevice: true, disableSession: true })

describe.each(['sqlite', 'postgresql'] as const)('a second factor on %s', (kind) => {
  test('is asked for once its app has shown a code, and each code opens one sign-in', async () => {
    const { app, sari, turnOn } = await start(kind)
    expect((await sari.get(ME)).body).toMatchObject({ user: { email: EMAIL, twoFactor: false } })
    const { totpURI } = await turnOn()
    expect(totpURI).toMatch(/^otpauth:\/\/totp\/Balas:sari%40news\.example\?/)
    expect(new URL(totpURI).searchParams.get('issuer')).toBe('Balas')
    expect((await sari.get(ME)).body).toMatchObject({ user: { twoFactor: true } })

    const page = browser(app)
    await firstStep(page)
    const wrong = await withCode(page, '000000')
    expect([wrong.status, wrong.body['code'], await isIn(page)]).toEqual([401, 'INVALID_CODE', false])
    const code = codeOf(totpURI)
    expect((await withCode(page, code)).status).toBe(200)
    expect(await isIn(page)).toBe(true)

    const other = browser(app)
    await firstStep(other)
    expect([(await withCode(other, code)).status, await isIn(other)]).toEqual([401, false])
    expect((await withCode(other, codeOf(totpURI, 1))).status).toBe(200)
    expect(await isIn(other)).toBe(true)
  })

  test('can be a recovery code, each of them once, until there are new ones', async () => {
    const { app, sari, turnOn } = await start(kind)
    const { backupCodes } = await turnOn()
    const [one = '', two = ''] = backupCodes
    expect(new Set(backupCodes).size).toBe(10)
    const page = browser(app)
    await firstStep(page)
    expect([(await withRecovery(page, one)).status, await isIn(page)]).toEqual([200, true])
    await firstStep(browser(app)) // no device is trusted, whatever was sent
    await page.post(`${AUTH}/sign-out`)
    await firstStep(page)
    expect([(await withRecovery(page, one)).status, await isIn(page)]).toEqual([401, false])

    expect((await sari.post(`${AUTH}/two-factor/generate-backup-codes`, { password: 'salah sekali' })).status).toBe(400)
    const renewed = await sari.post(`${AUTH}/two-factor/generate-backup-codes`, { password: PASSWORD })
    const [fresh = ''] = renewed.body['backupCodes'] as string[]
    expect([(await withRecovery(page, two)).status, await isIn(page)]).toEqual([401, false])
    expect([(await withRecovery(page, fresh)).status, await isIn(page)]).toEqual([200, true])
  })

  test('one recovery code lets one of several in that use it at the same moment', async () => {
    const { app, turnOn } = await start(kind)
    const [code] = (await turnOn()).backupCodes
    const pages = [browser(app), browser(app), browser(app)]
    for (const page of pages) await firstStep(page)
    const statuses = await Promise.all(pages.map(async (page) => (await withRecovery(page, code)).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  })

  test('is no way around a changed password, nor that around it', async () => {
    const { app, sari, turnOn } = await start(kind)
    const { totpURI } = await turnOn()
    const waiting = browser(app)
    await firstStep(waiting)
    const changed = await sari.post(`${AUTH}/change-password`, {
      currentPassword: PASSWORD,
      newPassword: 'lebih rahasia lagi',
      revokeOtherSessions: false,
    })
    expect([changed.status, await isIn(sari)]).toEqual([200, true])
    const late = await withCode(waiting, codeOf(totpURI))
    expect([late.status, late.body['code'], await isIn(waiting)]).toEqual([401, 'INVALID_TWO_FACTOR_COOKIE', false])

    expect((await waiting.signIn(EMAIL)).status).toBe(401)
    const next = await waiting.signIn(EMAIL, 'lebih rahasia lagi')
    expect([next.body['twoFactorRedirect'], await isIn(waiting)]).toEqual([true, false])
  })

  test('is turned off by the password alone of who is signed in', async () => {
    const { app, sari, turnOn } = await start(kind)
    await turnOn()
    const page = browser(app)
    await firstStep(page)
    expect((await page.post(`${AUTH}/two-factor/disable`, { password: PASSWORD })).status).toBe(401)
    expect((await sari.post(`${AUTH}/two-factor/disable`, { password: 'salah sekali' })).status).toBe(400)
    expect((await sari.post(`${AUTH}/two-factor/disable`, { password: PASSWORD })).status).toBe(200)
    expect((await sari.get(ME)).body).toMatchObject({ user: { twoFactor: false } })
    expect(await app.deps.db.read.twoFactor.count()).toBe(0)
    await page.signIn(EMAIL)
    expect(await isIn(page)).toBe(true)
  })

  test('is kept where a copy of the database does not tell it', async () => {
    const { app, turnOn } = await start(kind)
    const { totpURI, backupCodes } = await turnOn()
    const everything = await everythingStored(app)
    const secret = new URL(totpURI).searchParams.get('secret') ?? ''
    for (const told of [secret, fromBase32(secret).toString('latin1'), ...backupCodes]) expect(everything).not.toContain(told)
  })
})

describe('a second factor', () => {
  test('is not on before a first code, and needs the password to begin with', async () => {
    const { app, sari } = await start()
    expect((await sari.post(`${AUTH}/two-factor/enable`, { password: 'salah sekali' })).status).toBe(400)
    const begun = await sari.post(`${AUTH}/two-factor/enable`, { password: PASSWORD, issuer: 'Bank', method: 'otp' })
    expect(String(begun.body['totpURI'])).toContain('issuer=Balas')
    expect((await withCode(sari, '000000')).status).toBe(401)
    const page = browser(app)
    await page.signIn(EMAIL)
    expect(await isIn(page)).toBe(true)
  })

  test('takes five tries at one challenge, and is throttled like a password', async () => {
    const { app, turnOn } = await start()
    const { totpURI } = await turnOn()
    const page = browser(app)
    await firstStep(page)
    const statuses: number[] = []
    for (let n = 0; n < 6; n++) statuses.push((await withCode(page, `00000${n}`)).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 400])
    expect([(await withCode(page, codeOf(totpURI))).status, await isIn(page)]).toEqual([401, false])
    for (let n = 0; n < 10; n++) statuses.push((await withRecovery(page, 'aaaaa-bbbbb')).status)
    expect(statuses.at(-1)).toBe(429)
  })

  test('takes no code from a foreign page, without a challenge, or of another kind than text', async () => {
    const { app, turnOn } = await start()
    const { totpURI } = await turnOn()
    const page = browser(app)
    expect((await withCode(page, codeOf(totpURI))).status).toBe(401)
    await firstStep(page)
    for (const code of [123456, null, ['000000'], { length: 6 }, undefined]) expect((await withCode(page, code)).status).toBe(400)
    const foreign = await app.http
      .post(`${AUTH}/two-factor/verify-totp`)
      .set({ ...page.headers(), 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' })
      .send({ code: codeOf(totpURI) })
    expect([foreign.status, await isIn(page)]).toEqual([403, false])
  })

  test('has no other doors than those that we use', async () => {
    const { sari } = await start()
    for (const name of ['get-totp-uri', 'send-otp', 'verify-otp', 'view-backup-codes', 'generate-totp', 'totp/generate'])
      expect({ name, status: (await sari.post(`${AUTH}/two-factor/${name}`, { password: PASSWORD })).status }).toEqual({
        name,
        status: 404,
      })
  })
})
