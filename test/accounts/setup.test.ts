import { describe, expect, test } from '@jest/globals'
import { addPerson } from '../../src/accounts/people.ts'
import { ALL_SITES } from '../../src/access/policy.ts'
import { everythingStored } from '../comments/state.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { attribute, control, elementsOf } from '../views/document.ts'

const SARI = { name: 'Sari', email: 'sari@news.example', password: 'rahasia sekali' }

async function start(kind: 'sqlite' | 'postgresql' = 'sqlite') {
  const app = await startApp({ kind })
  const link = `/setup/${(await app.deps.setup.invite()) ?? ''}`
  const post = (fields: object = {}, to = link) =>
    app.http
      .post(to)
      .type('form')
      .set('Accept', 'text/html')
      .send({ ...SARI, ...fields })
  return { app, link, post }
}

const owners = ({ deps: { db } }: TestApp) =>
  db.read.membership.findMany({ select: { siteId: true, role: true, user: { select: { name: true, email: true } } } })
const canSignIn = async (app: TestApp, email = SARI.email, password = SARI.password) =>
  (await app.http.post('/api/auth/sign-in/email').set('Origin', app.url).send({ email, password })).status === 200

describe.each(['sqlite', 'postgresql'] as const)('the set-up link on %s', (kind) => {
  test('makes the first owner, who can sign in, and is dead from then on', async () => {
    const { app, link, post } = await start(kind)
    const form = await app.http.get(link)
    expect(form.status).toBe(200)
    expect(attribute(control(elementsOf(form.text), 'password'), 'autocomplete')).toBe('new-password')
    expect(form.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex', 'referrer-policy': 'same-origin' })
    expect((await post()).status).toBe(201)
    expect(await owners(app)).toEqual([{ siteId: ALL_SITES, role: 'owner', user: { name: 'Sari', email: SARI.email } }])
    expect(await canSignIn(app)).toBe(true)
    for (const page of [await app.http.get(link), await post({ email: 'lain@news.example' })]) {
      expect(page.status).toBe(404)
      expect(page.text).not.toContain('<form')
    }
    expect(await owners(app)).toHaveLength(1)
    expect(await app.deps.setup.invite()).toBeNull()
  })

  test('makes one owner of two who are quick at the same moment', async () => {
    const { app, post } = await start(kind)
    const answers = await Promise.all([post(), post({ email: 'budi@news.example' }), post()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 404, 404])
    expect(await owners(app)).toHaveLength(1)
    expect(await app.deps.db.read.user.count()).toBe(1)
  })
})

describe('the set-up link', () => {
  const kind = 'sqlite'

  test('survives what is not valid, keeps what was typed but the password, and names what is wrong', async () => {
    const { app, post } = await start(kind)
    for (const wrong of [
      { password: 'pendek' },
      { password: undefined },
      { email: 'x' },
      { name: ' ' },
      { name: 'a\0b' },
      { name: 'dua\nbaris' },
      { name: 'x'.repeat(101) },
      { password: 'x'.repeat(201) },
    ]) {
      const page = await post({ name: 'Sari "<b>', ...wrong })
      expect({ wrong, status: page.status }).toEqual({ wrong, status: 422 })
      expect(page.text).toContain('role="alert"')
    }
    const page = await post({ name: 'Sari "<b>', password: 'pendek seka' })
    const elements = elementsOf(page.text)
    expect(attribute(control(elements, 'name'), 'value')).toBe('Sari "<b>')
    expect(attribute(control(elements, 'email'), 'value')).toBe(SARI.email)
    expect(attribute(control(elements, 'password'), 'value') ?? '').toBe('')
    expect(page.text).not.toContain('pendek sek')
    expect(await app.deps.db.read.user.count()).toBe(0)
    expect((await post()).status).toBe(201)
  })

  test('is dead once there is an owner by another way, and gives nobody’s account away', async () => {
    const { app, link, post } = await start(kind)
    const { db, auth, sites } = app.deps
    const add = (email: string, role: 'owner' | 'moderator', siteId: string) =>
      addPerson({ db, clock: app.clock, auth, person: { ...SARI, email }, role, siteId })
    await add('budi@news.example', 'moderator', (await sites.byKey('default')).id)
    const taken = await post({ email: 'BUDI@news.example', password: 'lain sama sekali' })
    expect(taken.status).toBe(422)
    expect(await canSignIn(app, 'budi@news.example')).toBe(true)
    expect(await canSignIn(app, 'budi@news.example', 'lain sama sekali')).toBe(false)
    expect((await app.http.get(link)).status).toBe(200)
    await add('ani@news.example', 'owner', ALL_SITES)
    expect((await app.http.get(link)).status).toBe(404)
    expect((await post()).status).toBe(404)
  })
})

test('a set-up link is known by its newest text alone, of which the database keeps a hash', async () => {
  const { app, link, post } = await start()
  expect(await everythingStored(app)).not.toContain(link.slice('/setup/'.length))
  const newer = `/setup/${(await app.deps.setup.invite()) ?? ''}`
  expect((await post({}, link)).status).toBe(404)
  for (const wrong of ['/setup/x', '/setup/%00', `/setup/${'x'.repeat(300)}`, `${newer}x`]) {
    expect((await app.http.get(wrong).set('Accept', 'text/html')).status).toBe(404)
    expect((await post({}, wrong)).status).toBe(404)
  }
  expect((await app.http.head(newer)).status).toBe(200)
  expect((await post({}, newer)).status).toBe(201)
})
