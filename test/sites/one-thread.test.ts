import { describe, expect, it } from '@jest/globals'
import { KEYS_VERSION } from '../../src/sites/article-url.ts'
import { rekeyAtStart } from '../../src/sites/rekey.ts'
import { startHot } from '../comments/hot.ts'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'

const THREAD = '/api/v1/sites/default/thread'
const COUNTS = '/api/v1/sites/default/counts'
const PATH = new URL(ARTICLE).pathname
const VARIANTS = [
  ARTICLE,
  `http://berita.example${PATH}`,
  `https://www.berita.example${PATH}/`,
  `${ARTICLE}/?utm_source=surat#comment-1`,
  `${ARTICLE}/amp/`,
  `https://berita.example/amp${PATH}`,
  `${ARTICLE}?amp=1`,
  `http://amp.berita.example${PATH}`,
]
const QUIET = { mode: 'publish-all', submissionsPerMinute: 1_000_000, floodSeconds: 0 } as const

const keysOf = async ({ deps }: TestApp) => (await deps.db.read.thread.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key)
const read = (app: Pick<TestApp, 'http'>, url: string) => app.http.get(THREAD).query({ url })

/** An app whose comments are public at once, with an owner who changes its settings by the API. */
async function startQuiet(kind: 'sqlite' | 'postgresql') {
  const app = await startApp({ kind })
  await app.set(QUIET)
  const owner = await app.keyFor('owner')
  return {
    ...app,
    owner,
    change: (body: object) => app.http.patch('/api/v1/sites/default').set(owner).send(body),
    post: async (url: string) => {
      const sent = await app.reply({ url })
      expect(sent.status).toBe(201)
      return sent.body.comment.id as string
    },
  }
}

describe.each(['sqlite', 'postgresql'] as const)('an article with many addresses (%s)', (kind) => {
  it('has one thread, also when its first comments come at once by all of them', async () => {
    const app = await startQuiet(kind)
    await Promise.all(VARIANTS.map((url) => app.post(url)))
    expect(await keysOf(app)).toEqual([ARTICLE])
    const [thread] = await app.deps.db.read.thread.findMany()
    expect(VARIANTS.map((url) => new URL(url).pathname.includes('amp'))).toContain(true)
    expect(thread).toMatchObject({ approvedCount: VARIANTS.length, url: expect.not.stringMatching(/\/amp|\?|#/) })
  })

  it('is read and counted by any of them, fresh after every comment, and by the short way too', async () => {
    const app = await startQuiet(kind)
    const { http, served } = await startHot(app)
    for (const url of VARIANTS) expect((await read({ http }, url)).body).toMatchObject({ count: 0 })
    for (const [index, url] of VARIANTS.entries()) {
      await app.post(url)
      for (const asked of VARIANTS) expect((await read({ http }, asked)).body).toMatchObject({ url: ARTICLE, count: index + 1 })
    }
    const hotBefore = served.hot
    for (const asked of VARIANTS) expect((await read({ http }, asked)).body).toMatchObject({ url: ARTICLE, count: VARIANTS.length })
    expect(served.hot).toBe(hotBefore + VARIANTS.length)
    const { counts } = (await app.http.get(COUNTS).query({ url: VARIANTS })).body
    expect(counts).toEqual(Object.fromEntries(VARIANTS.map((url) => [url, VARIANTS.length])))
  })

  it('answers, while nobody has commented, with the address that was asked for', async () => {
    const app = await startQuiet(kind)
    const asked = [ARTICLE, `${ARTICLE}/`, `http://www.berita.example${PATH}`]
    for (const url of [...asked, ...asked]) expect((await read(app, url)).body).toMatchObject({ url, count: 0 })
    await app.change({ allowedOrigins: ['https://www.berita.example'] }).expect(200)
    expect((await read(app, ARTICLE)).body.url).toBe(`https://www.berita.example${PATH}`)
    expect(await keysOf(app)).toEqual([])
  })

  it('is closed by one of them for all, and takes the same text from the same author once', async () => {
    const app = await startQuiet(kind)
    const same = { email: 'budi@pembaca.example', body: 'Sama saja' }
    await app.reply({ url: ARTICLE, ...same }).expect(201)
    await app.reply({ url: VARIANTS[2], ...same }).expect(409)
    await app.http.patch(THREAD).query({ url: VARIANTS[4] }).set(app.owner).send({ open: false }).expect(200)
    for (const url of VARIANTS) await app.reply({ url }).expect(403)
  })

  it('is found in the queue, answered to and shown on our page by any of them', async () => {
    const app = await startQuiet(kind)
    const id = await app.post(ARTICLE)
    for (const url of VARIANTS) {
      const { body } = await app.http.get('/api/v1/moderation/comments').query({ url }).set(app.owner).expect(200)
      expect(body.comments).toMatchObject([{ id, thread: { url: ARTICLE } }])
      const page = await app.http.get('/sites/default/thread').query({ url, replyto: id }).expect(200)
      expect(page.text).toContain(`id="comment-${id}"`)
      expect(page.text).toContain(`name="comment_parent" value="${id}"`)
    }
    await app.reply({ url: VARIANTS[2], parentId: id }).expect(201)
    expect((await read(app, ARTICLE)).body.comments).toHaveLength(2)
  })

  it('is refused at a host that is not the site’s, naming the field', async () => {
    const app = await startQuiet(kind)
    await app.change({ allowedOrigins: ['https://www.berita.example'] }).expect(200)
    for (const url of VARIANTS) await app.post(url)
    for (const url of [
      `https://jahat.example${PATH}`,
      `https://berita.example.jahat.example${PATH}`,
      `https://berita.example:8443${PATH}`,
    ]) {
      for (const refused of [await app.reply({ url }), await read(app, url), await app.http.get(COUNTS).query({ url })]) {
        expect({ url, status: refused.status, errors: refused.body.errors }).toEqual({
          url,
          status: 422,
          errors: [{ field: 'url', message: 'is not an address of this site' }],
        })
      }
    }
    expect(await keysOf(app)).toEqual([ARTICLE])
  })

  it('is refused when it is too long, and the answer says so', async () => {
    const app = await startQuiet(kind)
    for (const url of [`${ARTICLE}/${'x'.repeat(2500)}`, `${ARTICLE}/${'x'.repeat(5000)}`]) {
      for (const refused of [await app.reply({ url }), await read(app, url), await app.http.get(COUNTS).query({ url })]) {
        expect([refused.status, refused.body.errors?.[0].message]).toEqual([422, 'must be an http or https address of at most 2,000 bytes'])
      }
    }
  })
})

describe.each(['sqlite', 'postgresql'] as const)('a changed rule (%s)', (kind) => {
  it('is a setting like all others, and separates addresses from then on', async () => {
    const app = await startQuiet(kind)
    const { body } = await app.http.get('/api/v1/sites/default').set(app.owner)
    expect(body.site.settings).toMatchObject({ ignoreScheme: true, ignoreWww: true, ignoreTrailingSlash: true, ignoreAmp: true })
    await app.change({ settings: { ignoreTrailingSlash: false, ignoreWww: false } }).expect(200)
    await app.post(ARTICLE)
    await app.post(`${ARTICLE}/`)
    await app.post(`http://www.berita.example${PATH}`)
    expect(await keysOf(app)).toEqual([ARTICLE, `${ARTICLE}/`, `https://www.berita.example${PATH}`])
    expect((await read(app, `${ARTICLE}/`)).body).toMatchObject({ url: `${ARTICLE}/`, count: 1 })
  })

  it('gives threads that are there already the keys that follow from it, and drops what is kept of them', async () => {
    const app = await startQuiet(kind)
    const { http } = await startHot(app)
    const slashed = `https://www.berita.example${PATH}/`
    await app.post(slashed)
    await app.post(`${ARTICLE}-lain?p=1`)
    for (const url of [slashed, ARTICLE]) expect((await read({ http }, url)).body.count).toBe(1)
    await app.change({ settings: { ignoreTrailingSlash: false, ignoreWww: false, keptParameters: [] } }).expect(200)
    expect(await keysOf(app)).toEqual([`${ARTICLE}-lain`, slashed])
    expect((await read({ http }, slashed)).body.count).toBe(1)
    expect((await read({ http }, ARTICLE)).body.count).toBe(0)
    await app.post(slashed)
    expect((await read({ http }, slashed)).body.count).toBe(2)
    await app.change({ settings: { ignoreTrailingSlash: true, ignoreWww: true } }).expect(200)
    expect((await read({ http }, ARTICLE)).body.count).toBe(2)
  })

  it('counts for replies that were on their way when it changed', async () => {
    const app = await startQuiet(kind)
    const before = await app.deps.sites.byKey('default')
    await app.change({ settings: { ignoreTrailingSlash: false } }).expect(200)
    const form = { name: 'Budi', email: 'budi@pembaca.example', body: 'Halo' }
    const send = (url: string) =>
      app.deps.submit({
        site: before,
        form: { ...form, url, body: `Halo ${url}` },
        idempotencyKey: undefined,
        ip: null,
        browser: null,
        count: () => Promise.resolve(true),
      })
    await Promise.all([send(`${ARTICLE}/`), send(`${ARTICLE}-lain/`)])
    expect(await keysOf(app)).toEqual([`${ARTICLE}-lain/`, `${ARTICLE}/`])
    expect((await read(app, `${ARTICLE}/`)).body.count).toBe(1)
  })

  it('lets threads change places', async () => {
    const app = await startQuiet(kind)
    await app.change({ settings: { keptParameters: ['a', 'b'] } }).expect(200)
    for (const query of ['a=1&b=2', 'b=1', 'a=1']) await app.post(`${ARTICLE}?${query}`)
    const before = await app.deps.db.read.thread.findMany({ orderBy: { id: 'asc' } })
    // As if an older program had made them by other rules: each has the key that another one is to get.
    const keys = before.map(({ key }) => key)
    await app.deps.db.write(async (tx) => {
      for (const { id } of before) await tx.thread.update({ where: { id }, data: { key: id } })
      for (const [index, { id }] of before.entries()) await tx.thread.update({ where: { id }, data: { key: keys[(index + 1) % 3] ?? '' } })
      await tx.meta.delete({ where: { key: 'thread-keys' } })
    })
    await rekeyAtStart(app.deps)
    expect(await app.deps.db.read.thread.findMany({ orderBy: { id: 'asc' } })).toEqual(before)
  })

  it('is refused with 409, and changes nothing, when articles with comments would become one', async () => {
    const app = await startQuiet(kind)
    await app.change({ settings: { ignoreTrailingSlash: false } }).expect(200)
    const pairs = [1, 2, 3, 4].map((n) => [`${ARTICLE}-${n}`, `${ARTICLE}-${n}/`])
    for (const url of [...pairs.flat(), `${ARTICLE}-lain/`]) await app.post(url)
    const before = [await keysOf(app), (await app.http.get('/api/v1/sites/default').set(app.owner)).body]
    const refused = await app.change({ name: 'Nama lain', settings: { ignoreTrailingSlash: true } })
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({ type: 'urn:balas:problem:threads-would-join', articles: 8, pairs: pairs.slice(0, 3) })
    expect(refused.body.detail).toContain('8 articles')
    expect(refused.body.detail).toContain(`${ARTICLE}-1 and ${ARTICLE}-1/`)
    expect([await keysOf(app), (await app.http.get('/api/v1/sites/default').set(app.owner)).body]).toEqual(before)
    for (const url of pairs.flat()) expect((await read(app, url)).body).toMatchObject({ url, count: 1 })
    await app.change({ name: 'Nama lain', settings: { ignoreTrailingSlash: false } }).expect(200)
  })

  it('of the program itself is followed at the next start; what cannot be is left aside, and comes back when it can', async () => {
    const app = await startQuiet(kind)
    await app.change({ settings: { ignoreTrailingSlash: false } }).expect(200)
    const twins = [`${ARTICLE}-1`, `${ARTICLE}-1/`]
    for (const url of [twins[0], twins[1], twins[1], `${ARTICLE}-2/`]) await app.post(url ?? '')
    await app.deps.db.write(async (tx) => {
      await tx.site.updateMany({ data: { settings: QUIET } })
      await tx.meta.delete({ where: { key: 'thread-keys' } })
    })
    const warned: unknown[] = []
    await rekeyAtStart({ ...app.deps, log: { warn: (facts: unknown) => void warned.push(facts) } })
    await rekeyAtStart({ ...app.deps, log: { warn: (facts: unknown) => void warned.push(facts) } })
    expect(warned).toEqual([{ site: 'default', shown: twins[0], hidden: twins[1] }])
    expect(await keysOf(app)).toEqual([`${ARTICLE}-1`, `${ARTICLE}-1/`, `${ARTICLE}-2`])
    expect(await app.deps.db.read.meta.findUnique({ where: { key: 'thread-keys' } })).toMatchObject({ value: String(KEYS_VERSION) })
    expect((await read(app, `${ARTICLE}-2`)).body.count).toBe(1)
    await app.change({ settings: { ignoreAmp: false } }).expect(200)
    await app.change({ settings: { ignoreTrailingSlash: false } }).expect(200)
    for (const [url, count] of [
      [twins[0], 1],
      [twins[1], 2],
      [`${ARTICLE}-2/`, 1],
    ] as const) {
      expect((await read(app, url ?? '')).body).toMatchObject({ url, count })
    }
  })
})
