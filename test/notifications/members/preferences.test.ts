import { describe, expect, test } from '@jest/globals'
import { signedIn } from '../../accounts/person.ts'
import { everyTable } from '../../comments/state.ts'
import { startApp } from '../../support/app.ts'

const PATH = '/api/v1/me/notifications'
const UNCHOSEN = { heldComments: 'immediate', digestMinutes: 60, articles: [] }

describe.each(['sqlite', 'postgresql'] as const)('what members are told, on %s', (kind) => {
  test('is theirs to choose, for all sites and for each; only owners choose about what only owners get', async () => {
    const app = await startApp({ kind })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'en' })
    const owner = await signedIn(app, { email: 'olga@news.example', role: 'owner', site: '*' })
    const moderator = await signedIn(app, { email: 'sari@news.example' })

    expect((await moderator.get(PATH)).body).toEqual({
      personal: { locale: null, timeZone: null, quietHours: null },
      sites: [{ site: { key: 'default', name: 'Situs saya' }, role: 'moderator', ...UNCHOSEN, weeklySummary: null, deliveryFailing: null }],
    })
    const ofOwner = { role: 'owner', ...UNCHOSEN, weeklySummary: true, deliveryFailing: true }
    expect((await owner.get(PATH)).body.sites).toMatchObject([ofOwner, { ...ofOwner, site: { key: 'lain' } }])

    const quietHours = { from: '22:00', to: '06:00' }
    const personal = { locale: 'en', timeZone: 'Asia/Makassar', quietHours }
    expect((await moderator.patch(PATH, personal)).body.personal).toEqual(personal)
    expect((await moderator.patch(PATH, { locale: null })).body.personal).toEqual({ ...personal, locale: null })
    const change = { heldComments: 'digest', digestMinutes: 30, articles: ['/olahraga/'] }
    expect((await moderator.patch(`${PATH}/default`, change)).body.site).toMatchObject(change)
    expect((await moderator.patch(`${PATH}/default`, { weeklySummary: false })).status).toBe(403)
    expect((await moderator.patch(`${PATH}/lain`, change)).status).toBe(404)
    expect((await owner.patch(`${PATH}/lain`, { weeklySummary: false })).body.site).toMatchObject({ ...ofOwner, weeklySummary: false })
    expect((await owner.get(PATH)).body.sites).toMatchObject([ofOwner, { ...ofOwner, weeklySummary: false }])
    expect((await moderator.get(PATH)).body).toMatchObject({ personal: { quietHours }, sites: [change] })
  })

  test('names the field of what cannot be', async () => {
    const app = await startApp({ kind })
    const sari = await signedIn(app, { email: 'sari@news.example' })
    const fields = async (path: string, body: object) => {
      const answer = await sari.patch(path, body)
      return [answer.status, (answer.body.errors as { field: string }[]).map(({ field }) => field)]
    }
    expect(await fields(PATH, { locale: 'tlh' })).toEqual([422, ['locale']])
    expect(await fields(PATH, { timeZone: 'Mars/Olympus' })).toEqual([422, ['timeZone']])
    expect(await fields(PATH, { quietHours: { from: '22:00', to: '25:00' } })).toEqual([422, ['quietHours.to']])
    expect(await fields(PATH, { quietHours: { from: '22:00', to: '22:00' } })).toEqual([422, ['quietHours']])
    expect(await fields(`${PATH}/default`, { digestMinutes: 1 })).toEqual([422, ['digestMinutes']])
    expect(await fields(`${PATH}/default`, { articles: ['javascript:alert(1)'] })).toEqual([422, ['articles.0']])
    expect(await fields(`${PATH}/default`, { heldComments: 'never' })).toEqual([422, ['heldComments']])
  })

  test('about articles may be chosen by an owner, who assigns them', async () => {
    const app = await startApp({ kind })
    const owner = await signedIn(app, { email: 'olga@news.example', role: 'owner' })
    const sari = await signedIn(app, { email: 'sari@news.example' })
    const { members } = (await owner.get('/api/v1/sites/default/members')).body as { members: { id: string; email: string }[] }
    const path = `/api/v1/sites/default/members/${members.find(({ email }) => email === sari.email)?.id}/articles`
    expect((await owner.get(path)).body).toEqual({ articles: [] })
    expect((await owner.patch(path, { articles: ['/olahraga/'] })).body).toEqual({ articles: ['/olahraga/'] })
    expect((await sari.get(PATH)).body.sites).toMatchObject([{ articles: ['/olahraga/'] }])
    expect((await sari.patch(path, { articles: [] })).status).toBe(403)
    expect((await owner.get('/api/v1/sites/default/members/none/articles')).status).toBe(404)
  })
})

describe('stopping from a mail', () => {
  async function start() {
    const app = await startApp()
    const sari = await signedIn(app, { email: 'sari@news.example' })
    await sari.patch(PATH, { locale: 'en' })
    await app.reply()
    await app.deps.delivery.drainOnce()
    const headers = app.mails[0]?.headers ?? {}
    const { pathname } = new URL((headers['List-Unsubscribe'] ?? '').slice(1, -1))
    return { app, sari, headers, pathname }
  }
  const wants = async ({ sari }: Awaited<ReturnType<typeof start>>) =>
    ((await sari.get(PATH)).body.sites as { heldComments: string }[])[0]?.heldComments

  test('takes one POST of a mail program without signing in (RFC 8058), and one to come back', async () => {
    const started = await start()
    const { app, headers, pathname } = started
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    const stopped = await app.http.post(pathname).type('form').send({ 'List-Unsubscribe': 'One-Click' })
    expect([stopped.status, await wants(started)]).toEqual([200, 'off'])
    expect(stopped.text).toContain('You no longer receive these emails')
    await app.reply()
    await app.deps.delivery.drainOnce()
    expect(app.mails).toHaveLength(1)

    const again = await app.http.post(`${pathname}?again=yes`)
    expect([again.status, await wants(started)]).toEqual([200, 'immediate'])
    const multipart = await app.http.post(pathname).field('List-Unsubscribe', 'One-Click')
    expect([multipart.status, await wants(started)]).toEqual([200, 'off'])
  })

  test('changes nothing by looking, and leaves digests chosen before alone when nothing was off', async () => {
    const started = await start()
    const { app, sari, pathname } = started
    await sari.patch(`${PATH}/default`, { heldComments: 'digest' })
    const before = await everyTable(app)
    for (const method of ['get', 'head'] as const) expect((await app.http[method](pathname)).status).toBe(200)
    expect(await everyTable(app)).toEqual(before)
    expect((await app.http.get(pathname)).text).toContain('Emails about comments that wait on Situs saya')
    await app.http.post(`${pathname}?again=yes`)
    expect(await wants(started)).toBe('digest')
  })

  test('works for no forged link, and for nobody who left', async () => {
    const { app, sari, pathname } = await start()
    const forged = pathname.slice(0, -2) + (pathname.endsWith('A') ? 'BB' : 'AA')
    expect((await app.http.post(forged)).status).toBe(404)
    await app.deps.db.write((tx) => tx.membership.deleteMany({ where: { userId: sari.userId } }))
    expect((await app.http.get(pathname)).status).toBe(404)
    expect((await app.http.post(pathname)).status).toBe(404)
  })
})
