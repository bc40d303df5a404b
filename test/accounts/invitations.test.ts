import { describe, expect, test } from '@jest/globals'
import { ALL_SITES } from '../../src/access/policy.ts'
import { everythingStored } from '../comments/state.ts'
import { startApp } from '../support/app.ts'
import { browser, makePerson, signedIn } from './person.ts'

const SITE = '/api/v1/sites/default'
const BUDI = 'budi@news.example'
const WEEK = 7 * 86_400

interface Invited {
  member: { id: string; email: string; role: string } | null
  invitation: { id: string; email: string; role: string; expiresAt: string; expired: boolean } | null
}

async function start(kind: 'sqlite' | 'postgresql' = 'sqlite') {
  const app = await startApp({ kind })
  const owner = await signedIn(app, { email: 'sari@news.example', role: 'owner' })
  const invite = async (email = BUDI, role = 'moderator', site = SITE) => {
    const { status, body } = await owner.post(`${site}/members`, { email, role })
    return { status, ...(body as unknown as Invited) }
  }
  /** The newest mail to somebody, and the link in it. */
  const mailTo = async (email = BUDI) => {
    await app.deps.delivery.drainOnce()
    const mail = app.mails.findLast(({ to }) => to === email)
    return { mail, link: /\/invitations\/\S+/.exec(mail?.text ?? '')?.[0] ?? '' }
  }
  const fill = (link: string, fields: object = {}) => browser(app).form(link, { name: 'Budi', password: 'kata sandi baru', ...fields })
  const open = async (link: string) => (await app.http.get(link).set('Accept', 'text/html')).status
  const memberships = (email = BUDI) =>
    app.deps.db.read.membership.findMany({ where: { user: { email } }, select: { siteId: true, role: true } })
  const siteId = (await app.deps.sites.byKey('default')).id
  return { app, owner, invite, mailTo, fill, open, memberships, siteId }
}

describe.each(['sqlite', 'postgresql'] as const)('an invitation on %s', (kind) => {
  test('is mailed in the site’s language, makes an account with its role, and works once', async () => {
    const { app, owner, invite, mailTo, fill, open, memberships, siteId } = await start(kind)
    const { status, member, invitation } = await invite('Budi@News.example')
    expect([status, member, invitation]).toMatchObject([201, null, { email: BUDI, role: 'moderator', expired: false }])
    const { mail, link } = await mailTo()
    expect(mail?.subject).toBe('Anda diundang menjadi moderator komentar di Situs saya')
    expect(mail?.text).toContain('Sari mengundang Anda')
    expect(mail?.html).toContain(link)
    expect(mail?.headers).toMatchObject({ 'Auto-Submitted': 'auto-generated' })
    expect(await everythingStored(app)).not.toContain(link.slice('/invitations/'.length))

    for (let n = 0; n < 2; n++) expect([await open(link), (await app.http.head(link)).status]).toEqual([200, 200])
    expect(await memberships()).toEqual([])
    expect((await fill(link)).status).toBe(201)
    expect(await memberships()).toEqual([{ siteId, role: 'moderator' }])
    const page = browser(app)
    expect((await page.signIn(BUDI, 'kata sandi baru')).status).toBe(200)
    expect((await page.get('/api/v1/me')).body).toMatchObject({ user: { name: 'Budi', email: BUDI }, roles: [{ role: 'moderator' }] })

    expect([await open(link), (await fill(link, { name: 'Lain' })).status]).toEqual([404, 404])
    expect((await owner.get(`${SITE}/invitations`)).body).toEqual({ invitations: [], nextCursor: null })
  })

  test('makes one account of several that are asked for at the same moment', async () => {
    const { app, invite, mailTo, fill } = await start(kind)
    await invite()
    const { link } = await mailTo()
    const answers = await Promise.all([fill(link), fill(link), fill(link)])
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    for (const { status } of answers) expect([201, 403, 404]).toContain(status)
    expect(await app.deps.db.read.user.count({ where: { email: BUDI } })).toBe(1)
  })

  test('runs out after seven days; a new link works again, and the old one does not', async () => {
    const { app, owner, invite, mailTo, fill, open } = await start(kind)
    const { invitation } = await invite()
    const old = (await mailTo()).link
    app.clock.advance(WEEK - 1)
    expect(await open(old)).toBe(200)
    app.clock.advance(1)
    expect([await open(old), (await fill(old)).status]).toEqual([404, 404])
    expect((await owner.get(`${SITE}/invitations`)).body).toMatchObject({ invitations: [{ id: invitation?.id, expired: true }] })
    const resent = await owner.post(`${SITE}/invitations/${invitation?.id}/resend`)
    expect([resent.status, resent.body]).toMatchObject([200, { invitation: { id: invitation?.id, expired: false } }])
    const { link } = await mailTo()
    expect(link).not.toBe(old)
    expect([await open(old), (await fill(link)).status]).toEqual([404, 201])
  })

  test('is taken back, and asked for again replaces the one before', async () => {
    const { app, owner, invite, mailTo, open } = await start(kind)
    await invite()
    const first = (await mailTo()).link
    app.clock.advance(60)
    const { invitation } = await invite(BUDI, 'owner')
    const second = await mailTo()
    expect(second.mail?.subject).toBe('Anda diundang menjadi pemilik Situs saya')
    expect([await open(first), await open(second.link)]).toEqual([404, 200])
    expect(await app.deps.db.read.invitation.count()).toBe(1)
    expect((await owner.delete(`${SITE}/invitations/${invitation?.id}`)).status).toBe(204)
    expect([await open(second.link), (await owner.delete(`${SITE}/invitations/${invitation?.id}`)).status]).toEqual([404, 404])
    expect((await owner.post(`${SITE}/invitations/${invitation?.id}/resend`)).status).toBe(404)
  })

  test('is not needed by who has an account: they get the role and are told', async () => {
    const { app, invite, mailTo, memberships, siteId } = await start(kind)
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    await makePerson(app, { email: BUDI, site: 'lain' })
    const { status, member, invitation } = await invite()
    expect([status, member, invitation]).toMatchObject([201, { email: BUDI, role: 'moderator' }, null])
    expect(await memberships()).toContainEqual({ siteId, role: 'moderator' })
    const { mail } = await mailTo()
    expect(mail?.subject).toBe('Anda sekarang moderator komentar di Situs saya')
    expect(mail?.text).toContain(`${app.url}/admin`)
    expect(mail?.text).not.toContain('/invitations/')
  })

  test('for a second site is accepted by the account that the first one made, once it is signed in', async () => {
    const { app, invite, mailTo, fill, memberships } = await start(kind)
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'en' })
    const ani = await signedIn(app, { email: 'ani@news.example', role: 'owner', site: 'lain' })
    await invite()
    const here = (await mailTo()).link
    await ani.post('/api/v1/sites/lain/members', { email: BUDI, role: 'owner' })
    const { link: there, mail } = await mailTo()
    expect(mail?.subject).toBe('You are invited to be an owner of Lain')
    expect((await fill(here)).status).toBe(201)

    for (const page of [browser(app), ani]) {
      const shown = await app.http.get(there).set(page.headers())
      expect([shown.status, shown.text.includes('<form')]).toEqual([200, false])
      expect((await page.form(there, { accept: 1, name: 'Lain', password: 'lain sama sekali' })).status).toBe(403)
    }
    const budi = browser(app)
    await budi.signIn(BUDI, 'kata sandi baru')
    expect((await app.http.get(there).set(budi.headers())).text).toContain('<form method="post">')
    const foreign = { ...budi.headers(), 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    expect((await app.http.post(there).set(foreign).type('form').send({ accept: 1 })).status).toBe(403)
    expect(await memberships()).toHaveLength(1)
    expect((await budi.form(there, { accept: 1 })).status).toBe(201)
    expect((await budi.get('/api/v1/me')).body['roles']).toHaveLength(2)
    expect((await budi.form(there, { accept: 1 })).status).toBe(404)
  })
})

describe('an invitation', () => {
  test('takes a name and a password of twelve characters, and keeps what was typed but the password', async () => {
    const { app, invite, mailTo, fill } = await start()
    await invite()
    const { link } = await mailTo()
    for (const wrong of [{ password: 'pendek' }, { password: undefined }, { name: ' ' }, { name: 'a\nb' }, { name: 'a\0b' }]) {
      const page = await fill(link, { name: 'Budi "<b>', ...wrong })
      expect({ wrong, status: page.status }).toEqual({ wrong, status: 422 })
      expect(page.text).toContain('role="alert"')
    }
    const page = await fill(link, { name: 'Budi "<b>', password: 'pendek sek', email: 'lain@news.example' })
    expect(page.text).toContain('Budi &quot;&lt;b')
    expect(page.text).not.toContain('pendek sek')
    expect((await fill(link, { email: 'lain@news.example' })).status).toBe(201)
    const { email } = await app.deps.db.read.user.findFirstOrThrow({ where: { name: 'Budi' } })
    expect(email).toBe(BUDI)
  })

  test('is for people who do not belong yet, and for one address', async () => {
    const { app, invite } = await start()
    await makePerson(app, { email: 'ani@news.example', role: 'moderator', site: ALL_SITES })
    for (const email of ['SARI@news.example', 'ani@news.example']) expect((await invite(email)).status).toBe(409)
    for (const email of ['x', 'a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', `${'x'.repeat(100)}@b.example`, ''])
      expect({ email, status: (await invite(email)).status }).toEqual({ email, status: 422 })
    expect((await invite(BUDI, 'admin')).status).toBe(422)
    expect(await app.deps.db.read.delivery.count()).toBe(0)
  })

  test('never takes an owner’s role away', async () => {
    const { app, invite, mailTo, memberships, siteId } = await start()
    await invite()
    const { link } = await mailTo()
    await makePerson(app, { email: BUDI, role: 'owner' })
    const budi = browser(app)
    await budi.signIn(BUDI)
    expect((await budi.form(link, { accept: 1 })).status).toBe(201)
    expect(await memberships()).toEqual([{ siteId, role: 'owner' }])
  })

  test('is no other site’s to see, to send again or to take back', async () => {
    const { app, invite } = await start()
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const ani = await signedIn(app, { email: 'ani@news.example', role: 'owner', site: 'lain' })
    const { invitation } = await invite()
    const there = '/api/v1/sites/lain/invitations'
    expect((await ani.get(there)).body).toEqual({ invitations: [], nextCursor: null })
    expect((await ani.post(`${there}/${invitation?.id}/resend`)).status).toBe(404)
    expect((await ani.delete(`${there}/${invitation?.id}`)).status).toBe(404)
    expect((await ani.delete(`${SITE}/invitations/${invitation?.id}`)).status).toBe(404)
    expect(await app.deps.db.read.invitation.count()).toBe(1)
  })

  test('that was taken back, or replaced, before its mail was sent is not mailed', async () => {
    const { app, owner, invite, mailTo } = await start()
    const { invitation } = await invite()
    await owner.delete(`${SITE}/invitations/${invitation?.id}`)
    expect((await mailTo()).mail).toBeUndefined()
    await invite()
    app.clock.advance(1)
    await invite()
    await mailTo()
    expect(app.mails.filter(({ to }) => to === BUDI)).toHaveLength(1)
  })

  test('has a link that nobody guesses', async () => {
    const { app, open, fill } = await start()
    for (const wrong of ['/invitations/x', '/invitations/%00', `/invitations/${'x'.repeat(300)}`, `/invitations/${'A'.repeat(43)}`])
      expect([await open(wrong), (await fill(wrong)).status]).toEqual([404, 404])
    expect(await app.deps.db.read.user.count()).toBe(1)
  })
})
