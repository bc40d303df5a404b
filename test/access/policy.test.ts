import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { createApp } from '../../src/app.ts'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'
import { makePerson, signedIn } from '../accounts/person.ts'

type Method = 'get' | 'post' | 'patch' | 'delete'
type Caller = 'nobody' | 'foreignModerator' | 'foreignOwner' | 'moderator' | 'owner'
const CALLERS: Caller[] = ['nobody', 'foreignModerator', 'foreignOwner', 'moderator', 'owner']

/** Who may reach an endpoint. Whoever adds an endpoint has to say it here: what is not classified fails. */
const ANYBODY = [
  'GET /livez',
  'GET /readyz',
  'GET /metrics',
  'GET /api/v1/openapi.json',
  'GET /api/v1/export.schema.json',
  'GET /avatars/{hue}/{initials}.svg',
  'GET /embed.js',
  'GET /embed/{version}/{languages}.json',
  'GET /api/v1/sites/{site}/thread',
  'GET /api/v1/sites/{site}/counts',
  'GET /api/v1/sites/{site}/feed.atom',
  'GET /api/v1/sites/{site}/events',
  'POST /api/v1/sites/{site}/comments',
  'POST /api/v1/sites/{site}/comments/{id}/reports',
  'POST /api/v1/sites/{site}/preview',
  'POST /api/v1/password-resets',
]
/** By the edit token alone; no role lets anybody else in. */
const AUTHOR = ['PATCH /api/v1/sites/{site}/comments/{id}', 'DELETE /api/v1/sites/{site}/comments/{id}']
/** Only about what is the caller's: everybody with credentials gets an answer, about their own sites. */
const ABOUT_OWN_SITES = [
  'GET /api/v1/me',
  'GET /api/v1/moderation/comments',
  'GET /api/v1/moderation/counts',
  'GET /api/v1/moderation/events',
  'GET /api/v1/moderation/overview',
  'POST /api/v1/moderation/decisions',
  'POST /api/v1/moderation/undo',
]
const MODERATORS = [
  'GET /api/v1/moderation/comments/{id}',
  'PATCH /api/v1/moderation/comments/{id}',
  'POST /api/v1/moderation/comments/{id}/decisions',
  'POST /api/v1/moderation/comments/{id}/replies',
  'DELETE /api/v1/moderation/comments/{id}/reports',
  'POST /api/v1/moderation/batches/{batch}/undo',
  'POST /api/v1/moderation/comments/{id}/undo',
  'POST /api/v1/sites/{site}/judging/explain',
  'GET /api/v1/sites/{site}/bans',
  'POST /api/v1/sites/{site}/bans',
  'DELETE /api/v1/sites/{site}/bans/{id}',
  'PATCH /api/v1/sites/{site}/thread',
  'GET /api/v1/sites/{site}/mail',
  'GET /api/v1/sites/{site}/mail/counts',
  'GET /api/v1/sites/{site}/mail/previews',
  'GET /api/v1/sites/{site}/mail/previews/{kind}',
  'GET /api/v1/sites/{site}/mail/{id}',
]
const OWNERS = [
  'DELETE /api/v1/moderation/comments/{id}',
  'GET /api/v1/sites/{site}',
  'PATCH /api/v1/sites/{site}',
  'GET /api/v1/sites/{site}/export',
  'POST /api/v1/sites/{site}/export',
  'GET /api/v1/sites/{site}/webhooks',
  'POST /api/v1/sites/{site}/webhooks',
  'PATCH /api/v1/sites/{site}/webhooks/{id}',
  'DELETE /api/v1/sites/{site}/webhooks/{id}',
  'POST /api/v1/sites/{site}/webhooks/{id}/secret',
  'POST /api/v1/sites/{site}/webhooks/{id}/test',
  'GET /api/v1/sites/{site}/webhooks/{id}/calls',
  'POST /api/v1/sites/{site}/webhooks/{id}/calls/{call}/resend',
  'GET /api/v1/sites/{site}/splits',
  'POST /api/v1/sites/{site}/redirects',
  'GET /api/v1/sites/{site}/repairs',
  'POST /api/v1/sites/{site}/repairs/{batch}/undo',
  'GET /api/v1/sites/{site}/exports',
  'GET /api/v1/sites/{site}/exports/{name}',
  'GET /api/v1/sites/{site}/imports',
  'POST /api/v1/sites/{site}/imports',
  'GET /api/v1/sites/{site}/imports/{id}',
  'GET /api/v1/sites/{site}/imports/{id}/events',
  'GET /api/v1/sites/{site}/imports/{id}/skipped',
  'DELETE /api/v1/sites/{site}/imports/{id}',
  'GET /api/v1/sites/{site}/keys',
  'POST /api/v1/sites/{site}/keys',
  'DELETE /api/v1/sites/{site}/keys/{id}',
  'GET /api/v1/sites/{site}/members',
  'POST /api/v1/sites/{site}/members',
  'PATCH /api/v1/sites/{site}/members/{id}',
  'DELETE /api/v1/sites/{site}/members/{id}',
  'GET /api/v1/sites/{site}/members/{id}/articles',
  'PATCH /api/v1/sites/{site}/members/{id}/articles',
  'GET /api/v1/sites/{site}/invitations',
  'POST /api/v1/sites/{site}/invitations/{id}/resend',
  'DELETE /api/v1/sites/{site}/invitations/{id}',
  'GET /api/v1/sites/{site}/history',
  'POST /api/v1/sites/{site}/mail/{id}/resend',
]
/** About oneself; no key has sessions. */
const PEOPLE = [
  'GET /api/v1/me/sessions',
  'DELETE /api/v1/me/sessions',
  'DELETE /api/v1/me/sessions/{id}',
  'GET /api/v1/me/passkeys',
  'POST /api/v1/me/passkeys',
  'POST /api/v1/me/passkeys/options',
  'PATCH /api/v1/me/passkeys/{id}',
  'POST /api/v1/me/passkeys/{id}/removal',
  'GET /api/v1/me/notifications',
  'PATCH /api/v1/me/notifications',
  'PATCH /api/v1/me/notifications/{site}',
]
/** Of them, those about one thing, of which the caller has none by that id. (Before a passkey is removed, the password is asked for.) */
const PEOPLES_OWN = ['DELETE /api/v1/me/sessions/{id}', 'PATCH /api/v1/me/passkeys/{id}']
const PEOPLE_OF_SITE = ['PATCH /api/v1/me/notifications/{site}']
const OWNERS_OF_ALL_SITES = ['POST /api/v1/sites']

/** Pages for people, which the document leaves out. They hold nothing of their own, or open by what is in their address alone. */
const PAGES = [
  'GET /admin{/*path}',
  'GET /admin/assets/{file}',
  'GET /demo',
  'GET /demo/plain',
  'GET /docs',
  'GET /docs/{file}',
  'GET /sites/{site}/comments/{name}',
  'GET /sites/{site}/thread',
  'POST /sites/{site}/reply',
  ...[
    '/moderate/{token}',
    '/mails/stop/{token}',
    '/follow/confirm/{token}',
    '/follow/stop/{token}',
    '/invitations/{token}',
    '/password-resets/{token}',
    '/setup/{token}',
  ].flatMap((path) => [`GET ${path}`, `POST ${path}`]),
  'POST /follow/stop/{token}/{choice}',
]
/** Answered before any endpoint: better-auth, of which sign-in.test.ts, two-factor.test.ts and passkey-sign-in.test.ts prove the doors, and preflights. */
const AHEAD = ['* /api/auth/{*path}', 'OPTIONS /api/v1/sites/{site}/{*path}']

/** Statuses that the door answers; `in` stands for anything behind it. */
const EXPECTED: [endpoints: string[], byCaller: (number | 'in')[]][] = [
  [ANYBODY, ['in', 'in', 'in', 'in', 'in']],
  [AUTHOR, [403, 403, 403, 403, 403]],
  [ABOUT_OWN_SITES, [401, 'in', 'in', 'in', 'in']],
  [MODERATORS, [401, 404, 404, 'in', 'in']],
  [OWNERS, [401, 404, 404, 403, 'in']],
  [PEOPLE, [401, 403, 403, 403, 403]],
  [OWNERS_OF_ALL_SITES, [401, 403, 403, 403, 403]],
]
/** The same for people who are signed in, whom a cookie lets in. */
const EXPECTED_OF_PEOPLE: typeof EXPECTED = [
  [PEOPLES_OWN, [401, 404, 404, 404, 404]],
  [PEOPLE_OF_SITE, [401, 404, 404, 'in', 'in']],
  [PEOPLE, [401, 'in', 'in', 'in', 'in']],
  ...EXPECTED.filter(([names]) => names !== PEOPLE),
]
const DOOR = new Set([401, 403, 404])

type Headers = Record<string, string>
type Letter = (app: TestApp, role: 'owner' | 'moderator', site: string) => Promise<Headers>
const byKey: Letter = (app, role, site) => app.keyFor(role, site)
const bySession: Letter = async (app, role, site) => (await signedIn(app, { email: `${role}@${site}.example`, role, site })).headers()

async function start(letter = byKey) {
  const app = await startApp()
  await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
  const keys: Record<Caller, Headers> = {
    nobody: {},
    foreignModerator: await letter(app, 'moderator', 'lain'),
    foreignOwner: await letter(app, 'owner', 'lain'),
    moderator: await letter(app, 'moderator', 'default'),
    owner: await letter(app, 'owner', 'default'),
  }
  const { paths } = (await app.http.get('/api/v1/openapi.json')).body as { paths: Record<string, Record<string, { security?: object[] }>> }
  const endpoints = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method as Method,
      path,
      isSecured: operation.security !== undefined,
    })),
  )
  return { app, keys, endpoints }
}

/** A request that is right in every way, but for who sends it; about a comment and a batch of its own. */
async function knock({
  app,
  method,
  path,
  headers,
  owner,
}: {
  app: TestApp
  method: Method
  path: string
  headers: Record<string, string>
  owner: Record<string, string>
}) {
  const { id } = (await app.reply()).body.comment as { id: string }
  const decided = await app.http
    .post('/api/v1/moderation/decisions')
    .set(owner)
    .send({ ids: [id], decision: 'approve' })
  const banned = path.endsWith('/bans/{id}')
    ? await app.http.post('/api/v1/sites/default/bans').set(owner).send({ comment: id, what: 'email' })
    : undefined
  const repaired = path.includes('/repairs/{batch}')
    ? await app.http
        .post('/api/v1/sites/default/redirects')
        .set(owner)
        .send({ pairs: [{ from: `${ARTICLE}/${id}`, to: ARTICLE }] })
    : undefined
  const url = path
    .replace('{site}', 'default')
    .replace('{id}', (banned?.body.ban.id as string | undefined) ?? (await accountRow({ app, path, owner })) ?? id)
    .replace('{batch}', (repaired ?? decided).body.batch as string)
    .replace('/exports/{name}', await keptExport({ app, path }))
    .replace('{kind}', 'comment.held')
    .replace('{call}', await callRow({ app, path }))
    .replace('{hue}', '1')
    .replace('{initials}', 'AB')
  const body = {
    decision: 'hold',
    body: 'Halo',
    version: 2,
    ids: [id],
    key: 'baru',
    name: 'Baru',
    open: true,
    url: ARTICLE,
    pairs: [{ from: `${ARTICLE}-${id}`, to: ARTICLE }],
    email: `${id}@mail.example`,
    minutes: 10,
    comment: id,
    what: 'email',
    role: 'moderator',
    articles: ['/'],
  }
  const request = app.http[path.endsWith('/events') ? 'head' : method](url).set(headers) // events would never end
  if (/\/(thread|counts|feed\.atom)$/.test(url)) void request.query({ url: ARTICLE })
  if (url.endsWith('/imports')) void request.query({ format: 'ndjson' })
  if (method === 'get') return request
  return request.send(path.endsWith('/notifications/{site}') ? { heldComments: 'digest' } : body) // which takes nothing besides
}

const HOOKS = '/api/v1/sites/default/webhooks'

/** A webhook with a call that has failed, since nobody may be called there; one for all, since a site has twenty at most. */
async function hookRow({ app, owner }: { app: TestApp; owner: Record<string, string> }): Promise<string> {
  const [known] = (await app.http.get(HOOKS).set(owner)).body.webhooks as { id: string }[]
  const url = 'http://10.0.0.1/'
  const id = known?.id ?? ((await app.http.post(HOOKS).set(owner).send({ name: 'Baru', url })).body.webhook.id as string)
  await app.http.post(`${HOOKS}/${id}/test`).set(owner)
  await app.deps.hookSender.drainOnce()
  return id
}

/** An export that is kept on the server, where the path is about one. */
async function keptExport({ app, path }: { app: TestApp; path: string }): Promise<string> {
  if (!path.endsWith('/exports/{name}')) return ''
  const folder = join(app.deps.config.dataDir, 'exports/default')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, '20260101T000000Z.ndjson.gz'), '')
  return '/exports/20260101T000000Z.ndjson.gz'
}

/** The last call of a webhook, where the path is about one. */
const callRow = async ({ app, path }: { app: TestApp; path: string }) =>
  path.includes('{call}') ? (await app.deps.db.read.webhookDelivery.findFirstOrThrow({ orderBy: { id: 'desc' } })).id : ''

/** The id of a key, a member, an invitation, an import or a mail of its own, where the path is about one. */
async function accountRow({ app, path, owner }: { app: TestApp; path: string; owner: Record<string, string> }) {
  const email = `${randomUUID()}@mail.example`
  const post = async (list: string, body: object) => (await app.http.post(`/api/v1/sites/default/${list}`).set(owner).send(body)).body
  if (path.includes('/imports/{id}')) return (await post('imports?format=ndjson', {})).import.id as string
  if (path.includes('/keys/{id}')) return (await post('keys', { name: 'Baru', role: 'owner' })).key.id as string
  if (path.includes('/invitations/{id}')) return (await post('members', { email, role: 'owner' })).invitation.id as string
  if (path.includes('/webhooks/{id}')) return hookRow({ app, owner })
  if (path.includes('/mail/{id}')) {
    await post('members', { email, role: 'moderator' })
    return (await app.deps.db.read.delivery.findFirstOrThrow({ orderBy: { id: 'desc' } })).id
  }
  if (!path.includes('/members/{id}')) return undefined
  await makePerson(app, { email })
  return (await app.deps.db.read.membership.findFirstOrThrow({ where: { user: { email } } })).id
}

/** What Express has been told to answer, as it knows it itself. */
function mounted({ deps }: TestApp): string[] {
  const { stack } = createApp(deps).router
  return stack.flatMap(({ route }) => {
    if (!route) return []
    const methods = [...new Set(route.stack.map(({ method }) => method))]
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    return methods.length > 5 ? [`* ${path}`] : methods.map((method) => `${method.toUpperCase()} ${path}`)
  })
}

describe('every endpoint of the API', () => {
  test('is classified, and says in the document whether it needs credentials', async () => {
    const { endpoints } = await start()
    const classified = EXPECTED.flatMap(([names]) => names)
    expect(new Set(classified).size).toBe(classified.length)
    expect(endpoints.map(({ name }) => name).filter((name) => !classified.includes(name))).toEqual([])
    const open = new Set([...ANYBODY, ...AUTHOR])
    for (const { name, isSecured } of endpoints) expect({ name, isSecured }).toEqual({ name, isSecured: !open.has(name) })
  })

  test('and every page is all that is mounted, so that none can be forgotten here', async () => {
    const { app, endpoints } = await start()
    const documented = endpoints.map(({ name }) => name)
    expect(mounted(app).filter((name) => ![...documented, ...PAGES, ...AHEAD].includes(name))).toEqual([])
    expect(PAGES.filter((name) => !mounted(app).includes(name))).toEqual([])
  })

  test.each([
    ['key', byKey, EXPECTED],
    ['session', bySession, EXPECTED_OF_PEOPLE],
  ] as const)(
    'lets in whom it is for, and nobody else, by %s',
    async (_kind, letter, table) => {
      const { app, keys, endpoints } = await start(letter)
      const owner = await app.keyFor('owner', 'default')
      await app.set({ submissionsPerMinute: 100_000, floodSeconds: 0 })
      for (const { name, method, path } of endpoints) {
        const [, expected = []] = table.find(([names]) => names.includes(name)) ?? []
        const answers: (number | 'in')[] = []
        for (const caller of CALLERS) {
          const { status, headers } = await knock({ app, method, path, headers: keys[caller], owner })
          expect({ name, caller, fails: status >= 500 }).toEqual({ name, caller, fails: false })
          if (status >= 400) expect(headers['content-type']).toMatch(/^application\/problem\+json/)
          answers.push(DOOR.has(status) ? status : 'in')
        }
        expect({ name, answers }).toEqual({ name, answers: expected })
      }
    },
    180_000,
  )

  test('lets a door’s refusal change nothing', async () => {
    const { app, keys, endpoints } = await start()
    const { id } = (await app.reply({ body: 'Tetap' })).body.comment as { id: string }
    const before = await Promise.all([
      app.deps.db.read.comment.findMany(),
      app.deps.db.read.site.findMany(),
      app.deps.db.read.thread.findMany(),
    ])
    for (const { name, method, path } of endpoints.filter(
      (one) => ![...ANYBODY, ...ABOUT_OWN_SITES].includes(one.name) && !one.name.startsWith('GET'),
    )) {
      for (const caller of ['nobody', 'foreignModerator', 'foreignOwner'] as const) {
        const url = path.replace('{site}', 'default').replace('{id}', id).replace('{batch}', id)
        const body = {
          decision: 'spam',
          body: 'Diubah',
          version: 1,
          key: 'baru',
          name: 'Baru',
          open: false,
          title: 'Diubah',
          url: ARTICLE,
          comment: id,
          what: 'email',
          role: 'owner',
          articles: ['/'],
          email: 'baru@mail.example',
        }
        const { status } = await app.http[method](url).set(keys[caller]).query({ url: ARTICLE, format: 'ndjson' }).send(body)
        expect({ name, caller, isRefused: DOOR.has(status) }).toEqual({ name, caller, isRefused: true })
      }
    }
    expect(
      await Promise.all([app.deps.db.read.comment.findMany(), app.deps.db.read.site.findMany(), app.deps.db.read.thread.findMany()]),
    ).toEqual(before)
    expect(await app.deps.db.read.history.count()).toBe(0)
  })

  test('about the caller’s own sites says nothing of others', async () => {
    const { app, keys } = await start()
    const { id } = (await app.reply()).body.comment as { id: string }
    for (const caller of ['foreignModerator', 'foreignOwner'] as const) {
      expect((await app.http.get('/api/v1/moderation/comments').set(keys[caller])).body).toEqual({ comments: [], nextCursor: null })
      expect((await app.http.get('/api/v1/moderation/counts').set(keys[caller])).body).toEqual({
        pending: 0,
        approved: 0,
        rejected: 0,
        spam: 0,
        reported: 0,
      })
      const decided = await app.http
        .post('/api/v1/moderation/decisions')
        .set(keys[caller])
        .send({ ids: [id], decision: 'spam' })
      expect(decided.body).toMatchObject({ decided: 0, conflicts: [{ id, reason: 'No such comment' }] })
      for (const path of ['/api/v1/moderation/comments', '/api/v1/moderation/counts']) {
        const asked = await app.http.get(path).query({ site: 'default' }).set(keys[caller])
        const never = await app.http.get(path).query({ site: 'tidak-ada' }).set(keys[caller])
        expect([asked.status, never.status]).toEqual([404, 404])
        expect(asked.text.replaceAll('default', '')).toBe(never.text.replaceAll('tidak-ada', '')) // no oracle for what sites there are
      }
    }
    expect((await app.deps.db.read.comment.findFirst())?.status).toBe('pending')
  })
})
