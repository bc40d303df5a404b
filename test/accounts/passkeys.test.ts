import { describe, expect, test } from '@jest/globals'
import { relyingPartyOf } from '../../src/accounts/passkeys/relying-party.ts'
import { originsOf } from '../../src/sites/own-origins.ts'
import { everythingStored } from '../comments/state.ts'
import { startApp } from '../support/app.ts'
import { authenticator } from '../support/authenticator.ts'
import { addPasskey, creationOptions, enter, namedOrigin, PASSKEYS, SIGN_IN, signInOptions } from './passkey.ts'
import { type Browser, browser, PASSWORD, signedIn } from './person.ts'

const EMAIL = 'sari@news.example'

async function start(kind: 'sqlite' | 'postgresql' = 'sqlite') {
  const app = await startApp({ kind })
  const sari = await signedIn(app, { email: EMAIL })
  return { app, sari, device: authenticator({ origin: namedOrigin(app) }) }
}

const listed = async (page: Pick<Browser, 'get'>) => (await page.get(PASSKEYS)).body['passkeys'] as { id: string; name: string }[]

describe.each(['sqlite', 'postgresql'] as const)('passkeys on %s', (kind) => {
  test('are added with the password, listed, renamed and removed, and other sessions stay', async () => {
    const { app, sari, device } = await start(kind)
    const elsewhere = browser(app)
    await elsewhere.signIn(EMAIL)
    expect((await sari.get(PASSKEYS)).body).toEqual({ passkeys: [], origin: namedOrigin(app) })
    const options = await creationOptions(sari)
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Balas' },
      user: { id: Buffer.from(sari.userId).toString('base64url'), name: EMAIL, displayName: 'Sari' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
    })
    const added = await sari.post(PASSKEYS, { name: ' Ponsel ', credential: device.make(options) })
    const passkey = { id: expect.any(String), name: 'Ponsel', synced: false, createdAt: app.clock().toISOString(), lastUsedAt: null }
    expect([added.status, added.body]).toEqual([201, { passkey }])
    const synced = await addPasskey({ app, page: sari, name: 'Awan', synced: true, attestation: 'packed' })
    expect((await sari.get(PASSKEYS)).body).toMatchObject({ passkeys: [passkey, { name: 'Awan', synced: true }] })
    expect(await creationOptions(sari)).toMatchObject({ excludeCredentials: [{ id: device.id, transports: ['internal'] }, {}] })

    const renamed = await sari.patch(`${PASSKEYS}/${synced.passkey.id}`, { name: 'Pengelola sandi' })
    expect([renamed.status, renamed.body]).toMatchObject([200, { passkey: { id: synced.passkey.id, name: 'Pengelola sandi' } }])
    const removed = await sari.post(`${PASSKEYS}/${synced.passkey.id}/removal`, { password: PASSWORD })
    expect([removed.status, (await listed(sari)).map(({ name }) => name)]).toEqual([204, ['Ponsel']])
    const gone = await enter(browser(app), synced.device)
    expect([gone.status, gone.body['code']]).toEqual([401, 'PASSKEY_UNKNOWN'])
    expect((await enter(browser(app), device)).status).toBe(200)
    expect((await elsewhere.get('/api/v1/me')).status).toBe(200)
  })

  test('are nobody else’s to see, rename or remove, and go with their account', async () => {
    const { app, sari } = await start(kind)
    const { passkey, device } = await addPasskey({ app, page: sari })
    const budi = await signedIn(app, { email: 'budi@news.example', name: 'Budi', role: 'owner' })
    expect(await listed(budi)).toEqual([])
    expect((await budi.patch(`${PASSKEYS}/${passkey.id}`, { name: 'Diambil' })).status).toBe(404)
    expect((await budi.post(`${PASSKEYS}/${passkey.id}/removal`, { password: PASSWORD })).status).toBe(404)
    expect((await listed(sari))[0]?.name).toBe('Ponsel')

    const known = await budi.post(PASSKEYS, { name: 'Sama', credential: device.make(await creationOptions(budi)) })
    expect([known.status, known.body]).toMatchObject([409, { type: 'urn:balas:problem:passkey-known' }])
    await app.deps.db.write((tx) => tx.user.delete({ where: { id: sari.userId } }))
    expect(await app.deps.db.read.passkey.count()).toBe(0)
    expect((await enter(browser(app), device)).status).toBe(401)
  })

  test('answer a challenge of the same session, for this, of the last five minutes, once', async () => {
    const { app, sari, device } = await start(kind)
    const elsewhere = browser(app)
    await elsewhere.signIn(EMAIL)
    const options = await creationOptions(sari)
    const send = (page: Pick<Browser, 'post'>, credential: object) => page.post(PASSKEYS, { name: 'Ponsel', credential })
    const late = async (page: Pick<Browser, 'post'>, challenge: unknown) => {
      const answer = await send(page, device.make({ ...options, challenge }))
      expect([answer.status, answer.body]).toMatchObject([422, { type: 'urn:balas:problem:passkey-late' }])
    }
    await late(elsewhere, options.challenge)
    await late(sari, (await signInOptions(browser(app))).challenge)
    await late(sari, 'x')
    app.clock.advance(300)
    await late(sari, options.challenge)
    const credential = device.make(await creationOptions(sari))
    const statuses = (await Promise.all([1, 2].map(() => send(sari, credential)))).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([201, 422])
    expect(await listed(sari)).toHaveLength(1)
  })
})

describe('passkeys', () => {
  test('are not taken when what the device says is not right in every way', async () => {
    const { app, sari } = await start()
    const packed = authenticator({ origin: namedOrigin(app), attestation: 'packed' })
    for (const wrong of [
      { origin: 'https://evil.example' },
      { origin: app.url },
      { rpId: 'evil.example' },
      { isVerified: false },
      { forged: true },
    ]) {
      const answer = await sari.post(PASSKEYS, { name: 'Ponsel', credential: packed.make(await creationOptions(sari), wrong) })
      expect({ wrong, status: answer.status, type: answer.body['type'] }).toEqual({
        wrong,
        status: 422,
        type: 'urn:balas:problem:passkey-refused',
      })
    }
    expect(await app.deps.db.read.passkey.count()).toBe(0)
  })

  test('are neither added nor removed without the password', async () => {
    const { app, sari } = await start()
    const { passkey } = await addPasskey({ app, page: sari })
    for (const path of ['/options', `/${passkey.id}/removal`]) {
      const wrong = await sari.post(PASSKEYS + path, { password: 'salah sekali' })
      expect([wrong.status, wrong.body]).toMatchObject([422, { type: 'urn:balas:problem:wrong-password', errors: [{ field: 'password' }] }])
      for (const body of [{}, { password: '' }, { password: 5 }, { password: null }])
        expect((await sari.post(PASSKEYS + path, body)).body).toMatchObject({ status: 422, errors: [{ field: 'password' }] })
    }
    expect(await listed(sari)).toHaveLength(1)
  })

  test('are twenty at most, which is said before and after a device made one', async () => {
    const { app, sari, device } = await start()
    const credential = device.make(await creationOptions(sari))
    const row = { userId: sari.userId, publicKey: new Uint8Array(1), counter: 0n, transports: [], backedUp: false, name: 'x' }
    const data = Array.from({ length: 20 }, (_, n) => ({ ...row, id: `p${n}`, credentialId: `c${n}`, createdAt: app.clock() }))
    await app.deps.db.write((tx) => tx.passkey.createMany({ data }))
    const refused = [
      await sari.post(PASSKEYS, { name: 'Satu lagi', credential }),
      await sari.post(`${PASSKEYS}/options`, { password: PASSWORD }),
    ]
    for (const { status, body } of refused) expect([status, body]).toMatchObject([409, { type: 'urn:balas:problem:too-many-passkeys' }])
  })

  test('name the field that is wrong, and are changed from our own pages only', async () => {
    const { app, sari, device } = await start()
    const credential = device.make(await creationOptions(sari))
    const fields = async (body: object) =>
      ((await sari.post(PASSKEYS, body)).body['errors'] as { field: string }[]).map(({ field }) => field)
    expect(await fields({})).toEqual(['name', 'credential'])
    expect(await fields({ name: 'dua\nbaris', credential })).toEqual(['name'])
    expect(await fields({ name: 'x', credential: { ...credential, rawId: 'ü' } })).toEqual(['credential.rawId'])
    const response = { ...credential.response, attestationObject: 'AAAA' }
    expect(await fields({ name: 'x', credential: { ...credential, response } })).toEqual(['credential'])
    const foreign = { ...sari.headers(), 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    expect((await app.http.post(`${PASSKEYS}/options`).set(foreign).send({ password: PASSWORD })).status).toBe(403)
  })

  test('have their password guessed as slowly as any, and keep none of it', async () => {
    const { app, sari } = await start()
    const { passkey } = await addPasskey({ app, page: sari })
    const statuses: number[] = []
    for (let n = 0; n < 22; n++)
      statuses.push((await sari.post(`${PASSKEYS}/${n % 2 ? 'options' : `${passkey.id}/removal`}`, { password: 'salah sekali' })).status)
    expect(statuses.slice(-2)).toEqual([429, 429])
    expect(await everythingStored(app)).not.toContain(PASSWORD)
  })

  test('are not to be had where browsers have none, which is said', async () => {
    const app = await startApp({ env: { PUBLIC_URL: 'http://192.0.2.7:3000' } })
    const sari = await signedIn(app, { email: EMAIL })
    expect((await sari.get(PASSKEYS)).body).toEqual({ passkeys: [], origin: null })
    const refused = await sari.post(`${PASSKEYS}/options`, { password: PASSWORD })
    expect([refused.status, refused.body]).toMatchObject([409, { type: 'urn:balas:problem:no-passkeys-here' }])
    const page = browser(app)
    expect((await page.post(`${SIGN_IN}/options`)).body).toMatchObject({ code: 'NO_PASSKEYS_HERE' })
  })

  test.each([
    [undefined, 'localhost', ['http://localhost:3000']],
    ['https://comments.news.example/balas', 'comments.news.example', ['https://comments.news.example']],
    ['http://localhost:3000', 'localhost', ['http://localhost:3000']],
    ['http://balas.localhost', 'balas.localhost', ['http://balas.localhost']],
    ['http://comments.news.example', null, null],
    ['https://192.0.2.7', null, null],
    ['https://[2001:db8::7]:8443', null, null],
  ])('under PUBLIC_URL=%s belong to %s', (publicUrl, id, origins) => {
    const ownOrigins = originsOf(publicUrl ?? 'http://127.0.0.1:3000', publicUrl === undefined)
    expect(relyingPartyOf(ownOrigins)).toEqual(id && { id, origins })
  })
})
