import { describe, expect, it } from '@jest/globals'
import type { Response } from 'supertest'
import { aadOf, unseal } from '../../src/privacy/sealed.ts'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'
import { everythingStored, everyTable, NOTHING, traces } from './state.ts'

const PATH = '/api/v1/sites/default/comments'
const UUID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const VALID = { url: ARTICLE, name: 'Budi Santoso', email: 'budi@pembaca.example', body: 'Saya setuju.' }

/** What RFC 9457 asks for, and nothing that is not told of here. */
function expectProblem(answer: Response, { status, code, fields }: { status: number; code: string; fields?: string[] }, path = PATH) {
  expect({ status: answer.status, type: answer.get('Content-Type') }).toEqual({ status, type: 'application/problem+json; charset=utf-8' })
  const { errors, ...problem } = JSON.parse(answer.text) as { errors?: { field: string; message: string }[] }
  expect(problem).toEqual({
    type: `urn:balas:problem:${code}`,
    title: expect.any(String),
    status,
    detail: expect.any(String),
    instance: path,
  })
  expect(errors?.map(({ field }) => field)).toEqual(fields)
  for (const { message } of errors ?? []) expect(message).toMatch(/^[a-z].{5,}/)
  expect(answer.get('Cache-Control')).toBe('no-store')
}

/** Makes moderators, so that a held comment would leave a mail in the outbox. */
async function withModerator(app: TestApp) {
  const token = (await app.deps.setup.invite()) ?? ''
  const made = await app.http
    .post(`/setup/${token}`)
    .type('form')
    .set('Sec-Fetch-Site', 'same-origin')
    .send({ name: 'Sari', email: 'sari@news.example', password: 'rahasia sekali' })
  expect(made.status).toBe(201)
  return app
}

describe.each(['sqlite', 'postgresql'] as const)('leaving a reply (%s)', (kind) => {
  it('answers 201 with exactly what is promised, and stores the comment to wait', async () => {
    const app = await withModerator(await startApp({ kind }))
    const sent = await app.http
      .post(PATH)
      .send({ ...VALID, website: 'budi.example/blog', title: 'Kereta malam', body: 'Satu.\r\nDua <b>tebal</b>' })
    expect(sent.status).toBe(201)
    expect(sent.get('Content-Type')).toBe('application/json; charset=utf-8')
    expect(sent.headers).not.toHaveProperty('location')
    expect(sent.get('Cache-Control')).toBe('no-store')
    expect(sent.body).toEqual({
      comment: {
        id: UUID,
        status: 'pending',
        html: '<p>Satu.<br>\nDua <b>tebal</b></p>',
        createdAt: '2026-11-23T05:00:00.000Z',
        parentId: null,
        author: { name: 'Budi Santoso', website: 'http://budi.example/blog', avatar: expect.stringMatching(/^\/avatars\/\d+\/BS\.svg$/) },
      },
      editToken: expect.stringMatching(/^[\w-]{43}$/),
    })
    const row = await app.deps.db.read.comment.findUniqueOrThrow({ where: { id: sent.body.comment.id }, include: { thread: true } })
    expect(row).toMatchObject({
      status: 'pending',
      queue: 'pending',
      shown: false,
      version: 1,
      body: 'Satu.\nDua <b>tebal</b>',
      pageTitle: 'Kereta malam',
      depth: 0,
    })
    expect(row.createdAt).toEqual(app.clock())
    expect(row.thread).toMatchObject({ url: ARTICLE, title: null, version: 0, approvedCount: 0 })
    await app.deps.delivery.prepare()
    expect(await traces(app)).toEqual({
      ...NOTHING,
      sites: [{ key: 'default', pendingCount: 1, approvedCount: 0, rejectedCount: 0, spamCount: 0 }],
      comments: 1,
      threads: 1,
      deliveries: 1,
    })
  })

  it('tells nothing about an address: one that the site knows looks like one that it does not', async () => {
    const app = await startApp({ kind })
    await app.set({ mode: 'publish-all', floodSeconds: 0 })
    const known = { name: 'Sari', email: 'sari@example.com', website: 'https://sari.example' }
    await app.reply({ ...known, body: 'Yang pertama' })
    const seen = async (fields: object, body: string) => {
      const { comment } = (await app.reply({ ...fields, body })).body
      return { ...comment, id: '', createdAt: '', html: '' }
    }
    const stranger = { name: 'Orang', website: undefined }
    expect(await seen({ ...stranger, email: known.email }, 'Tebakan')).toEqual(
      await seen({ ...stranger, email: 'lain@example.com' }, 'Bukan'),
    )
    expect(await seen({ ...known, email: 'lain@example.com' }, 'Mirip')).toEqual(await seen(known, 'Benar'))
    const { text } = await app.http.get(`/api/v1/sites/default/thread`).query({ url: ARTICLE })
    expect(text).not.toMatch(/sari@|lain@/)
  })

  it('publishes at once where the site does so, and answers "approved"', async () => {
    const app = await startApp({ kind })
    await app.set({ mode: 'publish-all' })
    const sent = await app.reply({ title: 'Kereta malam' })
    expect(sent.body.comment.status).toBe('approved')
    const thread = await app.http.get('/api/v1/sites/default/thread').query({ url: ARTICLE })
    expect(thread.body).toMatchObject({ count: 1, title: 'Kereta malam', comments: [{ id: sent.body.comment.id }] })
    expect((await traces(app)).sites).toMatchObject([{ pendingCount: 0, approvedCount: 1 }])
  })

  it('takes a form as well as JSON, and gives a reply to a public comment its place below it', async () => {
    const app = await startApp({ kind })
    await app.set({ mode: 'publish-all' })
    const parent = await app.reply()
    const child = await app.http
      .post(PATH)
      .type('form')
      .send({ ...VALID, parentId: parent.body.comment.id, website: '', title: '', remember: 'on' })
    expect(child.status).toBe(201)
    expect(child.body.comment).toMatchObject({ parentId: parent.body.comment.id, author: { website: null } })
    const row = await app.deps.db.read.comment.findUniqueOrThrow({ where: { id: child.body.comment.id } })
    expect(row).toMatchObject({ parentId: parent.body.comment.id, rootId: parent.body.comment.id, depth: 1 })
  })

  it('makes NFC of the text, and drops direction overrides and control characters', async () => {
    const app = await startApp({ kind })
    const sent = await app.reply({ name: 'Rene\u0301\u202e e', body: 'cafe\u0301 \u202eabc\u2066\u0007.' })
    expect(sent.body.comment).toMatchObject({ html: '<p>caf\u00e9 abc.</p>', author: { name: 'Ren\u00e9 e' } })
  })

  it('answers spam and rejected comments exactly as it answers held ones', async () => {
    const app = await withModerator(await startApp({ kind }))
    await app.set({ rejectWords: ['togel'] })
    const held = await app.reply({ name: 'A', email: 'a@pembaca.example', body: 'Biasa saja' })
    const spam = await app.reply({ name: 'A', email: 'b@pembaca.example', body: 'Biasa saja', message_topic: 'http://x.example' })
    const rejected = await app.reply({ name: 'A', email: 'c@pembaca.example', body: 'Togel saja' })
    const shape = (answer: Response) => {
      const volatile = /^(date|x-request-id|ratelimit-remaining|ratelimit-reset)$/
      const headers = Object.entries(answer.headers as Record<string, string>).filter(([name]) => !volatile.test(name))
      const text = answer.text
        .replace(/"id":"[^"]+"/, '"id":""')
        .replace(/"editToken":"[^"]{43}"/, '')
        .replace('Togel', 'Biasa')
      return { status: answer.status, headers, text }
    }
    expect(shape(spam)).toEqual(shape(held))
    expect(shape(rejected)).toEqual(shape(held))
    const statuses = await app.deps.db.read.comment.findMany({ orderBy: { id: 'asc' }, select: { status: true } })
    expect(statuses.map(({ status }) => status)).toEqual(['pending', 'spam', 'rejected'])
    await app.deps.delivery.prepare()
    expect(await app.deps.db.read.delivery.count()).toBe(1)
    expect((await traces(app)).sites).toMatchObject([{ pendingCount: 1, approvedCount: 0, rejectedCount: 1, spamCount: 1 }])
    // The author's edit and withdrawal tell no difference either.
    for (const { body } of [held, spam, rejected]) {
      const edited = await app.http
        .patch(`${PATH}/${body.comment.id}`)
        .set('Authorization', `Bearer ${body.editToken}`)
        .send({ body: 'Lain lagi' })
      expect({ status: edited.status, comment: edited.body.comment.status, html: edited.body.comment.html }).toEqual({
        status: 200,
        comment: 'pending',
        html: '<p>Lain lagi</p>',
      })
    }
  })

  it('keeps e-mail and IP address sealed: raw SQL over every table shows them nowhere', async () => {
    const app = await withModerator(await startApp({ kind, env: { TRUST_PROXY: '1' } }))
    const sent = await app.http
      .post(PATH)
      .set('X-Forwarded-For', '203.0.113.77')
      .set('User-Agent', 'Peramban/9')
      .set('Idempotency-Key', 'kunci-1')
      .send({ ...VALID, email: 'Rahasia.Sekali@pembaca.example' })
    expect(sent.status).toBe(201)
    await app.http
      .post(PATH)
      .set('X-Forwarded-For', '2001:db8:77:1234::9')
      .send({ ...VALID, email: 'rahasia.kedua@pembaca.example', body: 'Dua' })
    const stored = (await everythingStored(app)).toLowerCase()
    expect(stored).toContain('saya setuju') // the dump does see what is there
    for (const secret of [
      'rahasia',
      'pembaca.example',
      '203.0.113',
      '2001:db8',
      'peramban/9',
      'kunci-1',
      Buffer.from('rahasia').toString('base64'),
      Buffer.from('rahasia').toString('hex'),
    ]) {
      expect(stored).not.toContain(secret)
    }
    const row = await app.deps.db.read.comment.findUniqueOrThrow({ where: { id: sent.body.comment.id } })
    const { keys } = app.deps
    expect(unseal({ keys, aad: aadOf('Comment.email', row.id), sealed: row.emailSealed ?? '' })).toBe('Rahasia.Sekali@pembaca.example')
    expect(unseal({ keys, aad: aadOf('Comment.ip', row.id), sealed: row.ipSealed ?? '' })).toBe('203.0.113.77')
    expect(() => unseal({ keys, aad: aadOf('Comment.email', 'another row'), sealed: row.emailSealed ?? '' })).toThrow('does not open')
    expect(row.emailIndex).toMatch(/^[\w-]{24}$/)
  })

  const bad: [string, unknown, { status: number; code: string; fields?: string[] }][] = [
    ['nothing filled in', {}, invalid('url', 'name', 'email', 'body')],
    ['blanks', { ...VALID, name: ' \t ', email: ' ', body: ' \n ' }, invalid('name', 'email', 'body')],
    ['a name that cannot be seen', { ...VALID, name: '\u200b\u2060' }, invalid('name')],
    ['a text without anything to read', { ...VALID, body: '<b></b>' }, invalid('body')],
    ['a name of 246 bytes', { ...VALID, name: 'n'.repeat(246) }, invalid('name')],
    ['a name of 123 letters of two bytes', { ...VALID, name: 'é'.repeat(123) }, invalid('name')],
    ['an e-mail of 101 bytes', { ...VALID, email: `${'e'.repeat(60)}@${'d'.repeat(37)}.id` }, invalid('email')],
    ['a website of 201 bytes', { ...VALID, website: `https://x.example/${'w'.repeat(183)}` }, invalid('website')],
    ['a text of 16 KiB and a byte', { ...VALID, body: 'b'.repeat(16 * 1024 + 1) }, invalid('body')],
    ['two addresses', { ...VALID, email: 'x@y.z, e@e.e' }, invalid('email')],
    ['two addresses with a semicolon', { ...VALID, email: 'x@yy.zz;e@ee.ee' }, invalid('email')],
    ['an address with a display name', { ...VALID, email: 'Budi <x@yy.zz>' }, invalid('email')],
    ['a quoted address', { ...VALID, email: '"x@yy.zz"@ee.ee' }, invalid('email')],
    ['no address', { ...VALID, email: 'budi' }, invalid('email')],
    ['a domain without a dot', { ...VALID, email: 'budi@localhost' }, invalid('email')],
    ['an escaped domain', { ...VALID, email: 'budi@exa%6dple.com' }, invalid('email')],
    ['an address with an invisible character', { ...VALID, email: 'bu\u200bdi@pembaca.example' }, invalid('email')],
    ['javascript:', { ...VALID, website: 'javascript:alert(1)' }, invalid('website')],
    ['JavaScript: in disguise', { ...VALID, website: ' jAvA\tscript:alert(1)' }, invalid('website')],
    ['data:', { ...VALID, website: 'data:text/html,x' }, invalid('website')],
    ['a website with a password', { ...VALID, website: 'https://a:b@x.example' }, invalid('website')],
    ['an article that is no web address', { ...VALID, url: 'javascript:alert(1)' }, invalid('url')],
    ['an article without an address', { ...VALID, url: 'kereta-malam' }, invalid('url')],
    ['NUL in every field', withIn(VALID, '\0'), invalid('url', 'title', 'parentId', 'name', 'email', 'website', 'body', 'browser')],
    [
      'a lone surrogate in every field',
      withIn(VALID, '\ud800'),
      invalid('url', 'title', 'parentId', 'name', 'email', 'website', 'body', 'browser'),
    ],
    [
      'CR LF in every field but the text',
      withIn(VALID, '\r\nBcc: x@y.example\r\n'),
      invalid('url', 'title', 'parentId', 'name', 'email', 'website', 'browser'),
    ],
    ['LF in every field but the text', withIn(VALID, '\nx'), invalid('url', 'title', 'parentId', 'name', 'email', 'website', 'browser')],
    [
      'numbers',
      { url: 1, name: 2, email: 3, body: 4, website: 5, title: 6, parentId: 7, browser: 8, remember: 9 },
      invalid('url', 'title', 'parentId', 'name', 'email', 'website', 'body', 'remember', 'browser'),
    ],
    ['arrays', { url: [ARTICLE], name: ['x'], email: ['a@bb.cc'], body: ['x'] }, invalid('url', 'name', 'email', 'body')],
    ['objects', { url: {}, name: { toString: 'x' }, email: {}, body: { length: 5 } }, invalid('url', 'name', 'email', 'body')],
    ['truth values', { url: true, name: false, email: true, body: true }, invalid('url', 'name', 'email', 'body')],
    ['null', { url: null, name: null, email: null, body: null }, invalid('url', 'name', 'email', 'body')],
    ['a list instead of an object', [VALID], { status: 400, code: 'malformed' }],
    ['an idempotency key with a space', { ...VALID, idempotencyKey: 'a b' }, invalid('idempotencyKey')],
    ['an idempotency key that is no text', { ...VALID, idempotencyKey: { a: 1 } }, invalid('idempotencyKey')],
    ['an idempotency key of 201 characters', { ...VALID, idempotencyKey: 'k'.repeat(201) }, invalid('idempotencyKey')],
    [
      'a parent that nobody knows',
      { ...VALID, parentId: '0193d9a0-1111-7abc-8def-0123456789ab' },
      { status: 404, code: 'parent-not-found', fields: ['parentId'] },
    ],
    ['a parent that is no id', { ...VALID, parentId: "1' OR '1'='1" }, { status: 404, code: 'parent-not-found', fields: ['parentId'] }],
  ]

  it('refuses invalid fields, naming each once, and leaves no trace', async () => {
    const app = await withModerator(await startApp({ kind }))
    await app.set({ submissionsPerMinute: 1000 })
    for (const [name, body, expected] of bad) {
      const sent = await app.http
        .post(PATH)
        .set('Idempotency-Key', (body as { idempotencyKey?: unknown }).idempotencyKey === undefined ? 'kunci' : '')
        .send(body as object)
      try {
        expectProblem(sent, expected)
      } catch (error) {
        throw new Error(`${name}: ${sent.text}`, { cause: error })
      }
    }
    expect(await traces(app)).toEqual(NOTHING)
  })

  it('takes what is just within the limits', async () => {
    const app = await startApp({ kind })
    await app.set({ submissionsPerMinute: 1000 })
    const fine = [
      { name: 'n'.repeat(245) },
      { email: `${'e'.repeat(60)}@${'d'.repeat(34)}.idn` },
      { email: "o'neil+tag_1@sub.news.co.id" },
      { email: 'andré@münchen.example' },
      { website: `https://x.example/${'w'.repeat(182)}` },
      { body: 'é'.repeat(8 * 1024) },
      { body: '   spasi di depan dan belakang   ' },
      { title: `${'t'.repeat(299)}🚆🚆` },
      { parentId: null, website: null, title: null, browser: null, remember: null, idempotencyKey: null },
      { parentId: '', website: '', title: '', browser: '', remember: '', idempotencyKey: '', unknown: 'field' },
    ]
    for (const fields of fine) {
      const sent = await app.reply(fields)
      expect({ fields, status: sent.status }).toEqual({ fields, status: 201 })
    }
    const titled = await app.deps.db.read.comment.findFirstOrThrow({ where: { pageTitle: { not: null } } })
    expect(titled.pageTitle).toBe(`${'t'.repeat(299)}🚆`)
  })

  it('refuses bodies that cannot be read, without trying to, and leaves no trace', async () => {
    const app = await withModerator(await startApp({ kind }))
    const text = JSON.stringify(VALID)
    const raw = (body: string | Buffer, type = 'application/json') =>
      app.http
        .post(PATH)
        .set('Content-Type', type)
        .serialize((value) => value as string)
        .send(body as string)
    const deep = `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`
    const malformed = { status: 400, code: 'malformed' }
    const unsupported = { status: 415, code: 'unsupported-type' }
    expectProblem(await app.http.post(PATH), malformed)
    expectProblem(await app.http.post(PATH).set('Content-Type', 'application/json'), malformed)
    expectProblem(await raw('{"url": "x"'), malformed)
    expectProblem(await raw('null'), malformed)
    expectProblem(await raw('"text"'), malformed)
    expectProblem(await raw(deep), malformed)
    expectProblem(await raw(text.replace('{', '{"__proto__":{"status":"approved"},')), malformed)
    expectProblem(await raw(text.replace('{', '{"x":{"constructor":{"prototype":1}},')), malformed)
    expectProblem(await raw('__proto__=1&name=x', 'application/x-www-form-urlencoded'), invalid('url', 'email', 'body')) // the parser drops it
    expectProblem(await raw(JSON.stringify({ ...VALID, body: 'b'.repeat(70 * 1024) })), { status: 413, code: 'too-large' })
    expectProblem(await raw(`body=${'b'.repeat(70 * 1024)}`, 'application/x-www-form-urlencoded'), { status: 413, code: 'too-large' })
    expectProblem(await raw('a=1&'.repeat(101), 'application/x-www-form-urlencoded'), { status: 413, code: 'too-large' })
    expectProblem(await raw(text, 'text/plain'), unsupported)
    expectProblem(await raw(text, 'application/xml'), unsupported)
    expectProblem(await raw(text, 'nonsense'), unsupported)
    expectProblem(await raw(text, 'application/json; charset=latin1'), unsupported)
    // Depth is counted in bytes, and U+2200 holds the byte of a quotation mark in UTF-16.
    expectProblem(
      await raw(Buffer.from(`{"a\u2200":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'utf16le'), 'application/json; charset=utf-16le'),
      unsupported,
    )
    expect(await traces(app)).toEqual(NOTHING)
    expect((await raw(text, 'application/json; charset=UTF-8')).status).toBe(201)
  })

  it('refuses a parent of another thread, of another site, or one that is not public', async () => {
    const app = await startApp({ kind })
    await app.set({ submissionsPerMinute: 1000 })
    const owner = await app.keyFor('owner')
    await app.http.post('/api/v1/sites').set(owner).send({ key: 'lain', name: 'Lain' }).expect(201)
    const approve = async (id: string) =>
      app.http.post(`/api/v1/moderation/comments/${id}/decisions`).set(owner).send({ decision: 'approve' }).expect(200)
    const elsewhere = (await app.reply({ url: `${ARTICLE}-lain` })).body.comment.id as string
    const otherSite = (await app.reply({}, 'lain')).body.comment.id as string
    const pending = (await app.reply()).body.comment.id as string
    const rejected = (await app.reply()).body.comment.id as string
    await approve(elsewhere)
    await approve(otherSite)
    await app.http.post(`/api/v1/moderation/comments/${rejected}/decisions`).set(owner).send({ decision: 'reject' }).expect(200)
    const before = await everyTable(app)
    for (const parentId of [elsewhere, otherSite, pending, rejected]) {
      expectProblem(await app.reply({ parentId }), { status: 404, code: 'parent-not-found', fields: ['parentId'] })
    }
    expect({ ...(await everyTable(app)), RateLimit: [] }).toEqual({ ...before, RateLimit: [] })
  })

  it('refuses an unknown site, whatever its name is made of', async () => {
    const app = await startApp({ kind })
    for (const site of ['tidak-ada', 'DEFAULT', '%00', '%ED%A0%80', 'a'.repeat(300), "x'--"]) {
      const path = `/api/v1/sites/${site}/comments`
      const sent = await app.http.post(path).send(VALID)
      expect({ site, status: sent.status, type: sent.get('Content-Type') }).toEqual({
        site,
        status: 404,
        type: 'application/problem+json; charset=utf-8',
      })
      expect((await app.http.options(path).set('Origin', 'https://x.example').set('Access-Control-Request-Method', 'POST')).status).toBe(
        404,
      )
    }
    expect(await traces(app)).toEqual(NOTHING)
  })

  it('refuses other origins once the site names its own, and articles elsewhere', async () => {
    const app = await startApp({ kind })
    await app.deps.sites.change(await app.deps.sites.byKey('default'), { allowedOrigins: ['https://berita.example'] })
    for (const origin of [
      'https://jahat.example',
      'null',
      'http://berita.example',
      'https://berita.example:8443',
      'https://berita.example.jahat.example',
      'https://BERITA.example',
      '',
    ]) {
      const sent = await app.reply().set('Origin', origin)
      expect({ origin, status: sent.status }).toEqual({ origin, status: 403 })
      expectProblem(sent, { status: 403, code: 'foreign-origin' })
      expect(sent.headers).not.toHaveProperty('access-control-allow-origin')
    }
    expectProblem(await app.reply({ url: 'https://jahat.example/2026/kereta-malam' }), {
      status: 422,
      code: 'invalid-fields',
      fields: ['url'],
    })
    expect(await traces(app)).toEqual(NOTHING)
    expect((await app.reply().set('Origin', 'https://berita.example')).status).toBe(201)
    expect((await app.reply().set('Origin', app.url)).status).toBe(201) // our own pages
    expect((await app.reply()).status).toBe(201) // a server, curl
  })

  it('answers 503 when it cannot store, keeps nothing, and takes the same submission later', async () => {
    const app = await startApp({ kind })
    const { db } = app.deps
    const { write } = db
    db.write = () =>
      Promise.reject(Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432 budi@pembaca.example'), { code: 'ECONNREFUSED' }))
    const refused = await app.http.post(PATH).set('Idempotency-Key', 'kunci').send(VALID)
    expectProblem(refused, { status: 503, code: 'unavailable' })
    expect(refused.get('Retry-After')).toBe('5')
    expect(refused.text).not.toMatch(/ECONN|5432|budi/)
    expect(await traces(app)).toEqual(NOTHING)
    db.write = write
    expect((await app.http.post(PATH).set('Idempotency-Key', 'kunci').send(VALID)).status).toBe(201)
  })

  it('does not let a hostile e-mail address keep the process busy', async () => {
    const app = await startApp({ kind })
    const sent = await app.reply({ email: `a@${'x.'.repeat(30_000)}@`, name: ' '.repeat(2000), website: 'http://'.repeat(100) })
    expectProblem(sent, invalid('name', 'email', 'website'))
  })
})

function invalid(...fields: string[]) {
  return { status: 422, code: 'invalid-fields', fields }
}

/** The given text in every field of a valid submission that is text. */
function withIn(valid: typeof VALID, evil: string) {
  const all = { ...valid, title: 'Judul', website: 'https://x.example', parentId: 'x', browser: 'peramban-0123456789' }
  return Object.fromEntries(
    Object.entries(all).map(([field, value]) => [
      field,
      field === 'body' && /^[\r\n]/.test(evil) ? value : `${value.slice(0, 3)}${evil}${value.slice(3)}`,
    ]),
  )
}
