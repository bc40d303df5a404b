import { describe, expect, test } from '@jest/globals'
import { ALL_SITES } from '../../src/access/policy.ts'
import { startApp } from '../support/app.ts'
import { makePerson, signedIn } from './person.ts'

const MEMBERS = '/api/v1/sites/default/members'
const QUEUE = '/api/v1/moderation/comments'

interface Listed {
  id: string
  email: string
  role: string
  allSites: boolean
  twoFactor: boolean
  you: boolean
}

async function start(kind: 'sqlite' | 'postgresql' = 'sqlite') {
  const app = await startApp({ kind })
  const owner = await signedIn(app, { email: 'sari@news.example', role: 'owner' })
  const list = async (page = owner) => ((await page.get(MEMBERS)).body as unknown as { members: Listed[] }).members
  const idOf = async (email: string) => (await list()).find((member) => member.email === email)?.id ?? ''
  return { app, owner, list, idOf }
}

describe.each(['sqlite', 'postgresql'] as const)('the members of a site on %s', (kind) => {
  test('are listed with those of all sites, and change roles', async () => {
    const { app, owner, list, idOf } = await start(kind)
    await makePerson(app, { email: 'budi@news.example', name: 'Budi' })
    await makePerson(app, { email: 'ani@news.example', name: 'Ani', role: 'owner', site: ALL_SITES })
    expect(await list()).toMatchObject([
      { email: 'sari@news.example', role: 'owner', allSites: false, twoFactor: false, you: true },
      { email: 'budi@news.example', role: 'moderator', allSites: false, you: false },
      { email: 'ani@news.example', role: 'owner', allSites: true, you: false },
    ])
    const budi = `${MEMBERS}/${await idOf('budi@news.example')}`
    expect((await owner.patch(budi, { role: 'owner' })).body).toMatchObject({ member: { email: 'budi@news.example', role: 'owner' } })
    expect((await owner.patch(budi, { role: 'admin' })).status).toBe(422)
    const first = (await owner.get(`${MEMBERS}?limit=2`)).body as unknown as { members: Listed[]; nextCursor: string }
    const second = (await owner.get(`${MEMBERS}?limit=2&cursor=${first.nextCursor}`)).body as unknown as { members: Listed[] }
    expect([first.members.length, second.members.map(({ email }) => email)]).toEqual([2, ['ani@news.example']])
  })

  test('may nothing from the next request on once they are removed, nor do the links that were mailed to them work', async () => {
    const { app, owner, idOf } = await start(kind)
    const budi = await signedIn(app, { email: 'budi@news.example', name: 'Budi' })
    const id = (await app.reply()).body.comment.id as string
    await app.deps.delivery.drainOnce()
    const mail = app.mails.find(({ to }) => to === 'budi@news.example')
    const link = /\/moderate\/\S+/.exec(mail?.text ?? '')?.[0] ?? ''
    expect([(await budi.get(`${QUEUE}/${id}`)).status, (await app.http.get(link)).status]).toEqual([200, 200])

    expect((await owner.delete(`${MEMBERS}/${await idOf('budi@news.example')}`)).status).toBe(204)
    expect((await budi.get(`${QUEUE}/${id}`)).status).toBe(404)
    expect((await budi.get(`${QUEUE}?site=default`)).status).toBe(404)
    expect((await budi.post(`${QUEUE}/${id}/decisions`, { decision: 'spam' })).status).toBe(404)
    expect((await budi.get('/api/v1/me')).body).toMatchObject({ user: { email: 'budi@news.example' }, roles: [] })
    for (const dead of [await app.http.get(link), await app.http.post(link).set('Accept', 'text/html')]) expect(dead.status).toBe(404)
    expect((await app.deps.db.read.comment.findFirstOrThrow()).status).toBe('pending')
  })

  test('always have an owner: the last one neither goes nor steps down', async () => {
    const { app, owner, idOf } = await start(kind)
    const sari = `${MEMBERS}/${await idOf('sari@news.example')}`
    for (const refused of [await owner.delete(sari), await owner.patch(sari, { role: 'moderator' })])
      expect([refused.status, refused.body['type']]).toEqual([409, 'urn:balas:problem:last-owner'])
    expect((await owner.patch(sari, { role: 'owner' })).status).toBe(200)
    await makePerson(app, { email: 'budi@news.example', role: 'owner' })
    expect((await owner.patch(sari, { role: 'moderator' })).status).toBe(200)
    expect((await owner.get(MEMBERS)).status).toBe(403)
  })

  test('keep one of two owners who remove each other at the same moment', async () => {
    const { app, owner, idOf } = await start(kind)
    const budi = await signedIn(app, { email: 'budi@news.example', role: 'owner' })
    const [sariId, budiId] = [await idOf('sari@news.example'), await idOf('budi@news.example')]
    const answers = await Promise.all([owner.delete(`${MEMBERS}/${budiId}`), budi.delete(`${MEMBERS}/${sariId}`)])
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    expect(await app.deps.db.read.membership.count({ where: { role: 'owner' } })).toBe(1)
  })
})

describe('a member of all sites', () => {
  test('is changed by an owner of all sites alone, and the last such owner stays', async () => {
    const { app, owner, idOf } = await start()
    const ani = await signedIn(app, { email: 'ani@news.example', role: 'owner', site: ALL_SITES })
    const path = `${MEMBERS}/${await idOf('ani@news.example')}`
    expect([(await owner.patch(path, { role: 'moderator' })).status, (await owner.delete(path)).status]).toEqual([403, 403])
    expect((await ani.delete(path)).status).toBe(409) // the site has another owner, the installation has none
    await makePerson(app, { email: 'tono@news.example', role: 'owner', site: ALL_SITES })
    expect((await ani.delete(path)).status).toBe(204)
    expect(await app.deps.setup.invite()).toBeNull()
  })

  test('counts as an owner of each site', async () => {
    const { app, owner, idOf } = await start()
    await makePerson(app, { email: 'ani@news.example', role: 'owner', site: ALL_SITES })
    expect((await owner.delete(`${MEMBERS}/${await idOf('sari@news.example')}`)).status).toBe(204)
  })
})

test('nobody reaches members of another site through their own', async () => {
  const { app, owner } = await start()
  await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
  const foreign = await signedIn(app, { email: 'budi@news.example', role: 'owner', site: 'lain' })
  const there = (await foreign.get('/api/v1/sites/lain/members')).body as unknown as { members: Listed[] }
  const id = there.members[0]?.id ?? ''
  expect((await owner.delete(`${MEMBERS}/${id}`)).status).toBe(404)
  expect((await owner.patch(`${MEMBERS}/${id}`, { role: 'moderator' })).status).toBe(404)
  expect((await owner.get('/api/v1/sites/lain/members')).status).toBe(404)
  expect(await app.deps.db.read.membership.count({ where: { role: 'owner' } })).toBe(2)
})
