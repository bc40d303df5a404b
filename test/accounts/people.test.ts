import { describe, expect, test } from '@jest/globals'
import { addPerson, EmailTaken } from '../../src/accounts/people.ts'
import { ALL_SITES, type Grant, may, mayCreateSites, roleOn } from '../../src/access/policy.ts'
import { startApp } from '../support/app.ts'

describe.each(['sqlite', 'postgresql'] as const)('people on %s', (kind) => {
  const start = async () => {
    const app = await startApp({ kind })
    const { db, auth, sites } = app.deps
    const siteId = (await sites.byKey('default')).id
    const add = (changes: { email?: string; name?: string; password?: string; role?: 'owner' | 'moderator'; siteId?: string } = {}) => {
      const { role = 'moderator', siteId: where = siteId, ...person } = changes
      return addPerson({
        db,
        clock: app.clock,
        auth,
        person: { name: 'Sari', email: 'sari@news.example', password: 'rahasia sekali', ...person },
        role,
        siteId: where,
      })
    }
    const grants = () => db.read.membership.findMany({ orderBy: { id: 'asc' }, select: { userId: true, siteId: true, role: true } })
    return { app, add, grants, siteId }
  }

  test('get an account with their first role and keep it with the next; a role on a site is replaced', async () => {
    const { app, add, grants, siteId } = await start()
    const { userId, created } = await add({ email: 'Sari@News.example' })
    expect(created).toBe(true)
    expect(await add({ role: 'owner', name: 'Lain', password: 'lain sama sekali' })).toEqual({ userId, created: false })
    expect(await grants()).toEqual([{ userId, siteId, role: 'owner' }])
    await add({ role: 'moderator', siteId: ALL_SITES })
    expect(await grants()).toHaveLength(2)
    expect(await app.deps.db.read.user.findMany({ select: { name: true, email: true, createdAt: true } })).toEqual([
      { name: 'Sari', email: 'sari@news.example', createdAt: app.clock() },
    ])
    const signIn = (password: string) =>
      app.http.post('/api/auth/sign-in/email').set('Origin', app.url).send({ email: 'sari@news.example', password })
    expect([(await signIn('rahasia sekali')).status, (await signIn('lain sama sekali')).status]).toEqual([200, 401])
  })

  test('need an address, a name and a password that is long enough; else nothing is stored', async () => {
    const { app, add } = await start()
    const wrongIn = async (changes: Parameters<typeof add>[0]) => {
      const error = await add(changes).catch((thrown: unknown) => thrown as { status: number; extras: { errors: { field: string }[] } })
      return 'extras' in error ? [error.status, error.extras.errors[0]?.field] : 'stored'
    }
    expect(await wrongIn({ password: 'pendek' })).toEqual([422, 'password'])
    expect(await wrongIn({ email: 'x' })).toEqual([422, 'email'])
    expect(await wrongIn({ email: 'a@b.example, c@d.example' })).toEqual([422, 'email'])
    expect(await wrongIn({ name: '' })).toEqual([422, 'name'])
    expect(await wrongIn({ name: 'Sari\r\nBcc: x' })).toEqual([422, 'name'])
    expect(await app.deps.db.read.user.count()).toBe(0)
    expect(await app.deps.db.read.membership.count()).toBe(0)
  })

  test('with one address get one account, however many ask for it at once', async () => {
    const { app, add } = await start()
    const asked = await Promise.allSettled([add(), add(), add()])
    expect(asked.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    for (const one of asked) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: EmailTaken.code, status: 409 })
    expect(await app.deps.db.read.user.count()).toBe(1)
    expect(await app.deps.db.read.account.count()).toBe(1)
  })
})

describe('the policy', () => {
  const owner: Grant[] = [{ siteId: 'a', role: 'owner' }]
  const moderator: Grant[] = [{ siteId: 'a', role: 'moderator' }]
  const everywhere: Grant[] = [{ siteId: ALL_SITES, role: 'moderator' }]

  test('gives on a site the strongest of the roles that count there, and none elsewhere', () => {
    expect(roleOn(owner, 'a')).toBe('owner')
    expect(roleOn(owner, 'b')).toBeNull()
    expect(roleOn([], 'a')).toBeNull()
    expect(roleOn([...everywhere, ...owner], 'a')).toBe('owner')
    expect(roleOn([...everywhere, ...owner], 'b')).toBe('moderator')
    expect(roleOn([{ siteId: ALL_SITES, role: 'owner' }, ...moderator], 'a')).toBe('owner')
  })

  test('lets moderators decide, and owners alone see addresses, delete, export and change the site', () => {
    for (const action of ['see-emails', 'delete', 'change-site', 'export'] as const) {
      expect([may(owner, action, 'a'), may(moderator, action, 'a'), may(everywhere, action, 'a'), may(owner, action, 'b')]).toEqual([
        true,
        false,
        false,
        false,
      ])
    }
    expect([
      may(owner, 'moderate', 'a'),
      may(moderator, 'moderate', 'a'),
      may(everywhere, 'moderate', 'b'),
      may(moderator, 'moderate', 'b'),
    ]).toEqual([true, true, true, false])
    expect([mayCreateSites(owner), mayCreateSites(everywhere), mayCreateSites([{ siteId: ALL_SITES, role: 'owner' }])]).toEqual([
      false,
      false,
      true,
    ])
  })
})
