import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'
import { createDatabase } from '../support/databases.ts'
import { eventually, startHot } from './hot.ts'

const THREAD = '/api/v1/sites/default/thread'
const QUIET = { mode: 'publish-all', submissionsPerMinute: 1_000_000, floodSeconds: 0 } as const

interface Shown {
  id: string
  parentId: string | null
  depth: number
  removed?: true
  html?: string
}

const read = (app: Pick<TestApp, 'http'>, query: Record<string, unknown> = {}) => app.http.get(THREAD).query({ url: ARTICLE, ...query })
const idsOf = (comments: Shown[]) => comments.map(({ id }) => id)

/** An app whose comments are public at once, with helpers that build a thread. */
async function startOpen(options: Parameters<typeof startApp>[0] = {}, settings: object = {}) {
  const app = await startApp(options)
  await app.set({ ...QUIET, ...settings })
  const owner = await app.keyFor('owner')
  let said = 0
  return {
    ...app,
    owner,
    say: async (parentId?: string): Promise<string> => {
      app.clock.advance(1)
      said++
      const sent = await app.reply({ body: `Ucapan ${said}`, ...(parentId && { parentId }) })
      expect(sent.status).toBe(201)
      return sent.body.comment.id as string
    },
    decide: (id: string, decision: string) =>
      app.http.post(`/api/v1/moderation/comments/${id}/decisions`).set(owner).send({ decision }).expect(200),
    close: (open: boolean) => app.http.patch(THREAD).query({ url: ARTICLE }).set(owner).send({ open }).expect(200),
  }
}

describe.each(['sqlite', 'postgresql'] as const)('the public thread (%s)', (kind) => {
  it('of an article nobody commented on is empty and open, and reading it makes no thread', async () => {
    const app = await startApp({ kind })
    const answer = await read(app)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      url: ARTICLE,
      title: null,
      open: true,
      mails: true,
      count: 0,
      version: 0,
      comments: [],
      nextCursor: null,
    })
    expect(answer.get('Cache-Control')).toBe('no-cache')
    expect(answer.get('ETag')).toMatch(/^"[\w-]+"$/)
    expect(await app.deps.db.read.thread.count()).toBe(0)
  })

  it('shows exactly what is public of a comment', async () => {
    const app = await startOpen({ kind })
    const sent = await app.reply({
      name: 'Budi',
      email: 'budi@pembaca.example',
      website: 'https://budi.example',
      body: 'Halo',
      title: 'Kereta malam',
    })
    expect((await read(app)).body).toEqual({
      url: ARTICLE,
      title: 'Kereta malam',
      open: true,
      mails: true,
      count: 1,
      version: 1,
      nextCursor: null,
      comments: [
        {
          id: sent.body.comment.id,
          parentId: null,
          depth: 0,
          author: { name: 'Budi', website: 'https://budi.example/', avatar: expect.stringMatching(/^\/avatars\/\d+\/B\.svg$/) },
          byModerator: false,
          html: '<p>Halo</p>',
          createdAt: '2026-11-23T05:00:00.000Z',
          editedAt: null,
        },
      ],
    })
    expect((await app.http.get(sent.body.comment.author.avatar)).get('Content-Type')).toMatch('image/svg+xml')
  })

  it('shows approved ones only', async () => {
    const app = await startOpen({ kind })
    const shown = await app.say()
    await app.set({ mode: 'hold-all', rejectWords: ['togel'] })
    await app.reply()
    await app.reply({ body: 'togel' })
    await app.reply({ message_topic: 'x' })
    const { body } = await read(app)
    expect({ count: body.count, ids: idsOf(body.comments) }).toEqual({ count: 1, ids: [shown] })
  })

  it('puts each root before its replies, oldest or newest roots first', async () => {
    const app = await startOpen({ kind })
    const a = await app.say()
    const b = await app.say()
    const a1 = await app.say(a)
    const b1 = await app.say(b)
    const a2 = await app.say(a)
    const a1x = await app.say(a1)
    const oldest = await read(app)
    expect(idsOf(oldest.body.comments)).toEqual([a, a1, a1x, a2, b, b1])
    expect(oldest.body.comments.map(({ depth }: Shown) => depth)).toEqual([0, 1, 2, 1, 0, 1])
    expect(idsOf((await read(app, { order: 'newest' })).body.comments)).toEqual([b, b1, a, a1, a1x, a2])
    expect(idsOf((await read(app, { order: 'oldest' })).body.comments)).toEqual(idsOf(oldest.body.comments))
  })

  it('shows no more levels than the site wants, and keeps deeper replies below what they answer', async () => {
    const app = await startOpen({ kind }, { maxDepth: 3 })
    const chain = [await app.say()]
    for (let level = 1; level < 14; level++) chain.push(await app.say(chain.at(-1)))
    const next = await app.say()
    const shown = (await read(app)).body.comments as Shown[]
    expect(idsOf(shown)).toEqual([...chain, next])
    expect(shown.map(({ depth }) => depth)).toEqual([0, 1, ...chain.slice(2).map(() => 2), 0])
    expect(shown.map(({ parentId }) => parentId)).toEqual([null, ...chain.slice(0, -1), null])
    await app.set({ maxDepth: 1 })
    expect(((await read(app)).body.comments as Shown[]).every(({ depth }) => depth === 0)).toBe(true)
  })

  it('keeps the place of a comment that is not public any more while public replies stand below it, over several levels', async () => {
    const app = await startOpen({ kind })
    const a = await app.say()
    const b = await app.say(a)
    const c = await app.say(b)
    const lone = await app.say()
    await app.decide(b, 'reject')
    await app.decide(a, 'hold')
    await app.decide(lone, 'spam')
    const { body } = await read(app)
    expect(body.count).toBe(1)
    expect(body.comments).toEqual([
      { id: a, parentId: null, depth: 0, removed: true },
      { id: b, parentId: a, depth: 1, removed: true },
      expect.objectContaining({ id: c, parentId: b, depth: 2 }),
    ])
    expect(JSON.stringify(body)).not.toContain('Ucapan 1')
    await app.decide(c, 'reject')
    expect((await read(app)).body).toMatchObject({ count: 0, comments: [] })
    await app.decide(c, 'approve')
    expect(idsOf((await read(app)).body.comments)).toEqual([a, b, c])
    await app.decide(a, 'approve')
    expect((await read(app)).body.comments).toMatchObject([
      { id: a, depth: 0, html: '<p>Ucapan 1</p>' },
      { id: b, removed: true },
      { id: c },
    ])
  })

  it('keeps the place of a comment that was deleted, and loses it with the last reply', async () => {
    const app = await startOpen({ kind })
    const a = await app.say()
    const b = await app.say(a)
    await app.http.delete(`/api/v1/moderation/comments/${a}`).set(app.owner).expect(204)
    expect((await read(app)).body).toMatchObject({
      count: 1,
      comments: [
        { id: a, removed: true },
        { id: b, parentId: a },
      ],
    })
    await app.http.delete(`/api/v1/moderation/comments/${b}`).set(app.owner).expect(204)
    expect((await read(app)).body).toMatchObject({ count: 0, comments: [] })
  })

  it('counts replies that are decided in the same moment: a place goes with the last of them, not before', async () => {
    const app = await startOpen({ kind })
    for (let round = 0; round < 4; round++) {
      const parent = await app.say()
      const replies = [await app.say(parent), await app.say(parent), await app.say(parent), await app.say(parent)]
      await Promise.all(replies.map((id) => app.decide(id, 'reject')))
      await Promise.all([...replies.map((id) => app.decide(id, 'approve')), app.decide(parent, 'hold')])
      const row = await app.deps.db.read.comment.findUniqueOrThrow({ where: { id: parent } })
      expect(row).toMatchObject({ shownReplies: 4, shown: true, status: 'pending' })
      await Promise.all(replies.slice(1).map((id) => app.decide(id, 'spam')))
      const kept = (await read(app, { limit: 100 })).body.comments as Shown[]
      expect(kept.filter(({ id, parentId }) => id === parent || parentId === parent).map(({ id }) => id)).toEqual([parent, replies[0]])
    }
    const { body } = await read(app)
    expect(body.count).toBe(4)
    expect(await app.deps.db.read.site.findFirst()).toMatchObject({ approvedCount: 4, pendingCount: 4, spamCount: 12, rejectedCount: 0 })
  })

  it('pages by cursor without gap or repeat, whatever the tree: in display order, like a naive walk of it', async () => {
    const app = await startOpen({ kind }, { maxDepth: 10 })
    let articles = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ parent: fc.option(fc.nat()), gone: fc.boolean() }), { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 1, max: 6 }),
        async (comments, limit) => {
          const url = `${ARTICLE}-${++articles}`
          const nodes: { id: string; parent: number | null; gone: boolean }[] = []
          for (const { parent, gone } of comments) {
            const at = parent === null || nodes.length === 0 ? null : parent % nodes.length
            app.clock.advance(1)
            const sent = await app.reply({ url, ...(at !== null && { parentId: nodes[at]?.id }) })
            nodes.push({ id: sent.body.comment.id as string, parent: at, gone })
          }
          for (const { id, gone } of nodes) if (gone) await app.decide(id, 'hold')
          for (const order of ['oldest', 'newest'] as const) {
            const seen: Shown[] = []
            let cursor: string | null = null
            do {
              const { body } = await read(app, { url, limit, order, ...(cursor !== null && { cursor }) })
              expect(body.comments.length).toBeLessThanOrEqual(limit)
              seen.push(...(body.comments as Shown[]))
              cursor = body.nextCursor as string | null
            } while (cursor !== null)
            expect(seen.map(({ id, removed }) => ({ id, removed: removed ?? false }))).toEqual(naiveOrder(nodes, order))
          }
        },
      ),
      { numRuns: kind === 'sqlite' ? 12 : 6 },
    )
  }, 60_000)

  it('goes on behind a cursor whose comment has gone meanwhile', async () => {
    const app = await startOpen({ kind })
    const ids = [await app.say(), await app.say(), await app.say(), await app.say()]
    const first = await read(app, { limit: 2 })
    await app.decide(ids[1] ?? '', 'spam')
    const second = await read(app, { limit: 2, cursor: first.body.nextCursor })
    expect(idsOf(second.body.comments)).toEqual(ids.slice(2))
  })

  it('gives counts of several articles by the addresses that were asked for', async () => {
    const app = await startOpen({ kind })
    await app.say(await app.say())
    await app.reply({ url: `${ARTICLE}?p=2` })
    const asked = [ARTICLE, `${ARTICLE}?utm_source=x#a`, `${ARTICLE}?p=2`, `${ARTICLE}-kosong`]
    const answer = await app.http.get('/api/v1/sites/default/counts').query({ url: asked })
    expect(answer.body).toEqual({ counts: Object.fromEntries(asked.map((url, index) => [url, [2, 2, 1, 0][index]])) })
    expect((await app.http.get('/api/v1/sites/default/counts').query({ url: ARTICLE })).body).toEqual({ counts: { [ARTICLE]: 2 } })
    const many = Array.from({ length: 101 }, (_, n) => `https://b.example/${n}`)
    expect((await app.http.get('/api/v1/sites/default/counts').query({ url: many.slice(1) })).status).toBe(200)
    for (const query of [{}, { url: many }, { url: 'tidak' }])
      expect((await app.http.get('/api/v1/sites/default/counts').query(query)).status).toBe(422)
  })

  it('closes by hand and by age: 403 to replies, open false to readers', async () => {
    const app = await startOpen({ kind }, { closeAfterDays: 7 })
    await app.say()
    await app.close(false)
    const refused = await app.reply()
    expect({ status: refused.status, type: refused.body.type }).toEqual({ status: 403, type: 'urn:balas:problem:thread-closed' })
    expect((await read(app)).body).toMatchObject({ open: false, count: 1 })
    await app.close(true)
    const open = await read(app)
    expect(open.body.open).toBe(true)
    await app.say()
    app.clock.advance(7 * 86_400 - 3)
    expect((await app.reply()).status).toBe(201)
    app.clock.advance(2)
    expect((await app.reply()).status).toBe(403)
    // As after the ten seconds that an answer is kept at most.
    app.deps.db.changes.emit('missed')
    const closed = await read(app, {})
    expect(closed.body).toMatchObject({ open: false })
    expect(closed.get('ETag')).not.toBe(open.get('ETag'))
    expect((await app.reply({ url: `${ARTICLE}-baru` })).status).toBe(201)
  })

  it('can be closed before anybody has commented', async () => {
    const app = await startOpen({ kind })
    await read(app)
    await app.close(false)
    expect((await app.reply()).status).toBe(403)
    expect((await read(app)).body).toMatchObject({ open: false, count: 0 })
  })

  it('stands under one address, whatever hangs on it, and publishes none of that', async () => {
    const app = await startOpen({ kind })
    await app.reply({ url: `${ARTICLE}?email=budi@pembaca.example&utm_source=surat#respond` })
    const { body, text } = await read(app, { url: `${ARTICLE}?fbclid=abc#comment-1` })
    expect(body).toMatchObject({ url: ARTICLE, count: 1 })
    expect(text).not.toContain('budi@')
    expect((await read(app, { url: `${ARTICLE}?p=7` })).body).toMatchObject({ url: `${ARTICLE}?p=7`, count: 0 })
    expect((await app.deps.db.read.thread.findMany()).map(({ url }) => url)).toEqual([ARTICLE])
  })

  it('refuses queries that mean nothing, naming the field', async () => {
    const app = await startApp({ kind })
    const strange: [Record<string, unknown>, string][] = [
      [{ limit: 0 }, 'limit'],
      [{ limit: 101 }, 'limit'],
      [{ limit: 'x' }, 'limit'],
      [{ limit: 1.5 }, 'limit'],
      [{ limit: '' }, 'limit'],
      [{ limit: [1, 2] }, 'limit'],
      [{ order: 'sideways' }, 'order'],
      [{ cursor: 'x' }, 'cursor'],
      [{ cursor: Buffer.from("' OR 1=1").toString('base64url') }, 'cursor'],
      [{ url: '' }, 'url'],
      [{ url: 'x' }, 'url'],
      [{ url: undefined }, 'url'],
      [{ url: [ARTICLE, ARTICLE] }, 'url'],
      [{ url: `${ARTICLE}${'x'.repeat(5000)}` }, 'url'],
    ]
    const hot = await startHot(app)
    for (const [query, field] of strange) {
      for (const http of [app.http, hot.http]) {
        await read({ http })
        const answer = await read({ http }, query)
        expect({ query, status: answer.status, fields: answer.body.errors?.map((error: { field: string }) => error.field) }).toEqual({
          query,
          status: 422,
          fields: [field],
        })
      }
    }
    expect((await read(app, { url: `${ARTICLE}\0` })).status).toBe(200)
    expect((await read(app, { surprise: '\0', __proto__: 'x' })).status).toBe(200)
  })
})

describe.each(['sqlite', 'postgresql'] as const)('the version of a thread (%s)', (kind) => {
  it('is its tag: a copy that is current is not sent again', async () => {
    const app = await startOpen({ kind })
    await app.say()
    const { http, served } = await startHot(app)
    const tag = (await read({ http })).get('ETag') ?? ''
    expect(tag).toMatch(/^"/) // strong
    for (const ifNoneMatch of [tag, `W/${tag}`, `"x", ${tag}`, `"x",${tag} , "y"`, '*']) {
      for (const via of [http, app.http]) {
        const answer = await read({ http: via }).set('If-None-Match', ifNoneMatch)
        expect({ ifNoneMatch, status: answer.status, text: answer.text, tag: answer.get('ETag') }).toEqual({
          ifNoneMatch,
          status: 304,
          text: '',
          tag,
        })
        expect(answer.get('Cache-Control')).toBe('no-cache')
      }
    }
    for (const ifNoneMatch of ['"x"', tag.slice(0, -1), tag.replaceAll('"', ''), '']) {
      expect((await read({ http }).set('If-None-Match', ifNoneMatch)).status).toBe(200)
    }
    expect(served.hot).toBeGreaterThanOrEqual(8)
  })

  it('gives the same bytes and headers the short way and the long way', async () => {
    const app = await startOpen({ kind })
    await app.say(await app.say())
    await app.deps.sites.change(await app.deps.sites.byKey('default'), { allowedOrigins: ['https://berita.example'] })
    const { http, served } = await startHot(app)
    for (const origin of ['https://berita.example', 'https://jahat.example']) {
      const long = await read(app).set('Origin', origin)
      await read({ http })
      const before = served.hot
      const short = await read({ http }).set('Origin', origin)
      expect(served.hot).toBe(before + 1)
      expect(short.text).toBe(long.text)
      for (const name of [
        'etag',
        'cache-control',
        'content-type',
        'content-length',
        'content-encoding',
        'vary',
        'access-control-allow-origin',
        'access-control-expose-headers',
        'x-content-type-options',
      ]) {
        expect({ name, value: short.get(name) }).toEqual({ name, value: long.get(name) })
      }
    }
    const head = await http.head(THREAD).query({ url: ARTICLE })
    expect([head.status, head.get('ETag')]).toEqual([200, (await read(app)).get('ETag')])
  })

  it('has a form for bad lines, under a tag of its own, for those who read it', async () => {
    const app = await startOpen({ kind })
    for (let n = 0; n < 20; n++) await app.say()
    const { http, served } = await startHot(app)
    const plain = await read({ http }).set('Accept-Encoding', 'identity')
    const weigh = (answer: { get: (name: string) => string | undefined }) => Number(answer.get('Content-Length'))
    for (const via of [app.http, http]) {
      for (const [accept, encoding] of [
        ['gzip, deflate, br', 'gzip'],
        ['br;q=1.0, GZIP;q=0.5', 'gzip'],
        ['*', 'gzip'],
        ['gzip;q=0, *', undefined],
        ['br', undefined],
        ['', undefined],
      ] as const) {
        const answer = await read({ http: via }).set('Accept-Encoding', accept)
        expect({ accept, encoding: answer.get('Content-Encoding'), text: answer.text === plain.text, vary: answer.get('Vary') }).toEqual({
          accept,
          encoding,
          text: true,
          vary: 'Accept-Encoding',
        })
        expect(answer.get('ETag') === plain.get('ETag')).toBe(encoding === undefined)
        if (encoding) expect(weigh(answer) * 4).toBeLessThan(weigh(plain))
        const again = await read({ http: via })
          .set('Accept-Encoding', accept)
          .set('If-None-Match', answer.get('ETag') ?? '')
        expect([again.status, again.get('ETag'), again.get('Vary'), again.get('Content-Encoding')]).toEqual([
          304,
          answer.get('ETag'),
          'Accept-Encoding',
          undefined,
        ])
      }
    }
    expect(served.hot).toBe(13)
    expect((await read({ http }, { url: `${ARTICLE}-kosong` })).get('Content-Encoding')).toBeUndefined()
  })

  it('rises with every change that readers see, and the next answer shows it', async () => {
    const app = await startOpen({ kind })
    const { http } = await startHot(app)
    const seen: string[] = []
    let last = ''
    const expectNew = async (what: string, shows: (body: { title: string | null; open: boolean; comments: Shown[] }) => boolean) => {
      const answer = await read({ http })
      await read({ http })
      expect({ what, fresh: !seen.includes(answer.get('ETag') ?? ''), changed: answer.text !== last, shows: shows(answer.body) }).toEqual({
        what,
        fresh: true,
        changed: true,
        shows: true,
      })
      seen.push(answer.get('ETag') ?? '')
      last = answer.text
    }
    await expectNew('nothing yet', ({ comments }) => comments.length === 0)
    const sent = await app.reply({ title: 'Judul' })
    const id = sent.body.comment.id as string
    await expectNew('published', ({ comments, title }) => comments.length === 1 && title === 'Judul')
    await app.decide(id, 'hold')
    await expectNew('held', ({ comments }) => comments.length === 0)
    await app.decide(id, 'approve')
    await expectNew('approved again', ({ comments }) => comments.length === 1)
    await app.http
      .patch(`/api/v1/sites/default/comments/${id}`)
      .set('Authorization', `Bearer ${sent.body.editToken}`)
      .send({ body: 'Diubah penulis' })
      .expect(200)
    await expectNew('edited by its author', ({ comments }) => comments[0]?.html === '<p>Diubah penulis</p>')
    const { version } = await app.deps.db.read.comment.findUniqueOrThrow({ where: { id } })
    await app.http.patch(`/api/v1/moderation/comments/${id}`).set(app.owner).send({ body: 'Diubah moderator', version }).expect(200)
    await expectNew('edited by a moderator', ({ comments }) => comments[0]?.html === '<p>Diubah moderator</p>')
    await app.http.post(`/api/v1/moderation/comments/${id}/replies`).set(app.owner).send({ body: 'Terima kasih' }).expect(201)
    await expectNew('answered', ({ comments }) => comments.length === 2)
    await app.http.patch(THREAD).query({ url: ARTICLE }).set(app.owner).send({ title: 'Judul baru' }).expect(200)
    await expectNew('titled', ({ title }) => title === 'Judul baru')
    await app.close(false)
    await expectNew('closed', ({ open }) => !open)
    await app.close(true)
    await app.http
      .post('/api/v1/moderation/decisions')
      .set(app.owner)
      .send({ ids: [id], decision: 'spam' })
      .expect(200)
    await expectNew('decided in a batch', ({ comments }) => comments[0]?.removed === true)
    await app.http.delete(`/api/v1/moderation/comments/${id}`).set(app.owner).expect(204)
    await app.set({ maxDepth: 1 })
    await expectNew('shown flat', ({ comments }) => comments[1]?.depth === 0)
  })

  it('does not rise with what readers do not see', async () => {
    const app = await startOpen({ kind })
    const id = await app.say()
    await app.set({ mode: 'hold-all', rejectWords: ['togel'] })
    const before = await read(app)
    const pending = (await app.reply()).body.comment.id as string
    await app.reply({ parentId: id })
    await app.reply({ body: 'togel' })
    await app.reply({ message_topic: 'x' })
    await app.decide(pending, 'spam')
    await app.decide(pending, 'reject')
    await app.decide(id, 'approve')
    await app.reply({ url: `${ARTICLE}-lain` })
    const after = await read(app)
    expect([after.get('ETag'), after.text]).toEqual([before.get('ETag'), before.text])
    expect((await app.deps.db.read.thread.findFirstOrThrow({ where: { url: ARTICLE } })).version).toBe(1)
  })

  it('never leaves an answer from before a change behind, however reads and changes fall together', async () => {
    const app = await startOpen({ kind })
    const { http } = await startHot(app)
    const id = await app.say()
    let stop = false
    const readers = Array.from({ length: 6 }, async () => {
      while (!stop) await read({ http })
    })
    for (let round = 0; round < 12; round++) {
      const decision = round % 2 ? 'approve' : 'hold'
      await app.decide(id, decision)
      expect((await read({ http })).body.count).toBe(decision === 'approve' ? 1 : 0)
    }
    stop = true
    await Promise.all(readers)
  })

  it('names one set of bytes only, also while comments come in', async () => {
    const app = await startOpen({ kind })
    const bytes = new Map<string, Set<string>>()
    let stop = false
    const reader = (async () => {
      while (!stop) {
        app.deps.db.changes.emit('missed') // so that each answer is read anew
        const answer = await read(app)
        const tag = answer.get('ETag') ?? ''
        bytes.set(tag, (bytes.get(tag) ?? new Set()).add(answer.text))
      }
    })()
    for (let n = 0; n < 24; n++) await app.say()
    stop = true
    await reader
    expect([...bytes].filter(([, texts]) => texts.size > 1).map(([tag]) => tag)).toEqual([])
  })
})

describe('two servers on one PostgreSQL database', () => {
  it('show each other’s changes soon: decisions, closing, and settings', async () => {
    const databaseUrl = await createDatabase('postgresql')
    const one = await startOpen({ kind: 'postgresql', databaseUrl })
    const two = await startHot(await startApp({ kind: 'postgresql', databaseUrl }))
    const id = await one.say(await one.say())
    const other = () => read(two)
    await eventually(other, ({ body }) => body.count === 2)
    await one.decide(id, 'reject')
    await eventually(other, ({ body }) => body.count === 1)
    await one.decide(id, 'approve')
    await one.close(false)
    await eventually(other, ({ body }) => body.count === 2 && body.open === false)
    await one.set({ maxDepth: 1 })
    await eventually(other, ({ body }) => (body.comments as Shown[]).every(({ depth }) => depth === 0))
    await one.deps.sites.change(await one.deps.sites.byKey('default'), { allowedOrigins: ['https://lain.example'] })
    await eventually(other, ({ status }) => status === 422)
  })
})

/** What readers should see, worked out the slow way. */
function naiveOrder(nodes: { id: string; parent: number | null; gone: boolean }[], order: 'oldest' | 'newest') {
  const below = (index: number): number[] => nodes.flatMap((node, at) => (node.parent === index ? [at] : []))
  const isShown = (index: number): boolean => !nodes[index]?.gone || below(index).some(isShown)
  const walk = (index: number): { id: string; removed: boolean }[] => {
    const node = nodes[index]
    return node && isShown(index) ? [{ id: node.id, removed: node.gone }, ...below(index).flatMap(walk)] : []
  }
  const roots = nodes.flatMap((node, at) => (node.parent === null ? [at] : []))
  return (order === 'oldest' ? roots : roots.toReversed()).flatMap(walk)
}
