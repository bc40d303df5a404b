import { describe, expect, it } from '@jest/globals'
import supertest, { type Response } from 'supertest'
import { translator } from '../../src/locales/index.ts'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'
import { attribute, control, elementsOf, textOf } from '../views/document.ts'
import { everyTable, NOTHING, traces } from './state.ts'

const REPLY = '/sites/default/reply'
const THREAD = '/sites/default/thread'
const t = translator('id')
const TYPED = { author: 'Budi Santoso', email: 'budi@pembaca.example', url: 'https://budi.example/', comment: 'Saya setuju.' }
const RENDERED = { pagesRenderComments: true }

/** A browser with its cookies, and without JavaScript. */
const browserOf = (app: TestApp) => supertest.agent(app.url).set('Accept', 'text/html').set('Origin', app.url)

/** What a browser sends of a page's form: every control with what stands in it, and what was typed. */
function filledIn(page: string, typed: Record<string, string> = {}): Record<string, string> {
  const fields = elementsOf(page).flatMap((element): [string, string][] => {
    const name = attribute(element, 'name')
    if (!name || !['input', 'textarea'].includes(element.tagName)) return []
    if (attribute(element, 'type') === 'checkbox' && attribute(element, 'checked') === undefined) return []
    return [[name, element.tagName === 'textarea' ? textOf(element) : (attribute(element, 'value') ?? '')]]
  })
  return { ...Object.fromEntries(fields), ...typed }
}

const alert = ({ text }: Response) => textOf(elementsOf(text).find((element) => attribute(element, 'role') === 'alert'))
const cookiesOf = (answer: Response) =>
  Object.fromEntries((answer.get('Set-Cookie') ?? []).map((cookie) => [cookie.slice(0, cookie.indexOf('=')), cookie]))

describe.each(['sqlite', 'postgresql'] as const)('the plain form (%s)', (kind) => {
  it('takes WordPress’s field names, and leads to our page of the thread with the note and the preview', async () => {
    const app = await startApp({ kind })
    const browser = browserOf(app)
    const page = await browser.get(THREAD).query({ url: ARTICLE })
    const sent = await browser
      .post(REPLY)
      .type('form')
      .send(filledIn(page.text, { ...TYPED, title: 'Kereta malam' }))
    expect(sent.status).toBe(303)
    expect(sent.get('Location')).toBe(`${THREAD}?${new URLSearchParams({ url: ARTICLE })}#your-comment`)
    expect(sent.get('Cache-Control')).toBe('no-store')
    const row = await app.deps.db.read.comment.findFirstOrThrow()
    expect(row).toMatchObject({
      name: 'Budi Santoso',
      website: 'https://budi.example/',
      body: 'Saya setuju.',
      parentId: null,
      status: 'pending',
      pageTitle: 'Kereta malam',
    })
    const landed = await browser.get(sent.get('Location') ?? '')
    expect(landed.text).toContain(t('own.pending'))
    expect(landed.text).toContain('<p>Saya setuju.</p>')
    expect(landed.text).not.toContain('budi@pembaca')
    expect([landed.get('Cache-Control'), landed.get('X-Robots-Tag')]).toEqual(['no-store', 'noindex'])
  })

  it('takes our field names too, from a form that a site wrote by hand', async () => {
    const app = await startApp({ kind })
    const sent = await app.http
      .post(REPLY)
      .type('form')
      .send({ url: ARTICLE, name: 'Budi', email: 'budi@pembaca.example', website: '', body: 'Halo', parentId: '' })
    expect(sent.status).toBe(303)
    expect(await app.deps.db.read.comment.findFirst({ include: { thread: true } })).toMatchObject({
      name: 'Budi',
      website: null,
      thread: { url: ARTICLE },
    })
    await app.http
      .post(REPLY)
      .type('form')
      .send({ comment_post_url: ARTICLE, author: 'Sari', email: 'sari@pembaca.example', url: '', comment: 'Halo', comment_parent: '0' })
      .expect(303)
    expect(await app.deps.db.read.comment.count()).toBe(2)
  })

  it('answers a public comment from the form that its reply link leads to', async () => {
    const app = await startApp({ kind })
    await app.set({ mode: 'publish-all' })
    const parent = (await app.reply({ name: 'Sari' })).body.comment.id as string
    const browser = browserOf(app)
    const page = await browser.get(THREAD).query({ url: ARTICLE, replyto: parent })
    expect(page.text).toContain(t('form.titleTo', { name: 'Sari' }))
    const sent = await browser.post(REPLY).type('form').send(filledIn(page.text, TYPED))
    const child = await app.deps.db.read.comment.findFirstOrThrow({ where: { parentId: parent } })
    expect(sent.get('Location')).toBe(`${THREAD}?${new URLSearchParams({ url: ARTICLE })}#comment-${child.id}`)
    for (const replyto of ['x', '\0', '0193d9a0-1111-7abc-8def-0123456789ab', 'x'.repeat(100)]) {
      const other = await browser.get(THREAD).query({ url: ARTICLE, replyto })
      expect({ replyto, status: other.status, parent: attribute(control(elementsOf(other.text), 'comment_parent'), 'value') }).toEqual({
        replyto,
        status: 200,
        parent: '',
      })
    }
  })

  it.each([
    ['publish-all', {}, (id: string) => `${THREAD}?${new URLSearchParams({ url: ARTICLE })}#comment-${id}`],
    ['hold-all', {}, () => `${THREAD}?${new URLSearchParams({ url: ARTICLE })}#your-comment`],
    ['publish-all', RENDERED, (id: string) => `${ARTICLE}#comment-${id}`],
    ['hold-all', RENDERED, () => ARTICLE],
  ] as const)('leads a reader of a site that says %s %j to where the comment is', async (mode, settings, target) => {
    const app = await startApp({ kind })
    await app.set({ mode, ...settings })
    const sent = await app.http
      .post(REPLY)
      .type('form')
      .send({ ...TYPED, comment_post_url: `${ARTICLE}?utm_source=x#respond` })
    const { id } = await app.deps.db.read.comment.findFirstOrThrow()
    expect([sent.status, sent.get('Location')]).toEqual([303, target(id)])
  })

  it('says what is wrong in the site’s language, and keeps everything that was typed', async () => {
    const app = await startApp({ kind })
    const typed = {
      author: 'Budi "Si" <Santoso>',
      email: 'budi@',
      url: 'javascript:alert(1)',
      comment: '  Baris satu\n\n</textarea><b>dua</b>',
      'wp-comment-cookies-consent': 'yes',
    }
    const sent = await app.http
      .post(REPLY)
      .set('Accept', 'text/html')
      .type('form')
      .send({ ...typed, comment_post_url: `${ARTICLE}?utm_source=x`, title: 'Kereta malam' })
    expect(sent.status).toBe(422)
    expect([sent.get('Content-Type'), sent.get('Cache-Control'), sent.get('X-Robots-Tag')]).toEqual([
      'text/html; charset=utf-8',
      'no-store',
      'noindex',
    ])
    expect(sent.text).toContain('<html lang="id"')
    expect(alert(sent)).toBe([t('problem.invalid'), t('field.email.invalid'), t('field.website.invalid')].join(''))
    const again = filledIn(sent.text)
    expect({ ...again, comment: again['comment']?.trim(), idempotencyKey: '' }).toEqual({
      ...typed,
      comment: typed.comment.trim(),
      comment_post_url: `${ARTICLE}?utm_source=x`,
      title: 'Kereta malam',
      comment_parent: '',
      message_topic: '',
      locale: 'id',
      idempotencyKey: '',
    })
    expect(sent.text).not.toContain('<b>dua</b>')
    expect(sent.headers).not.toHaveProperty('set-cookie')
    expect(await traces(app)).toEqual(NOTHING)
    await app.http
      .post(REPLY)
      .type('form')
      .send({ ...again, email: 'budi@pembaca.example', url: '' })
      .expect(303)

    await app.deps.sites.change(await app.deps.sites.byKey('default'), { locale: 'en' })
    const english = await app.http
      .post(REPLY)
      .type('form')
      .send({ ...typed, comment_post_url: ARTICLE })
    expect(alert(english)).toContain(translator('en')('field.email.invalid'))
  })

  it('explains every other refusal on a page of its own status', async () => {
    const app = await startApp({ kind })
    await app.set({ submissionsPerMinute: 100 })
    const post = (fields: Record<string, string> = {}) =>
      app.http
        .post(REPLY)
        .set('Accept', 'text/html')
        .type('form')
        .send({ ...TYPED, comment_post_url: ARTICLE, ...fields })
    await post().expect(303)
    const expectPage = (answer: Response, status: number, message: string) => {
      expect({ status: answer.status, type: answer.get('Content-Type'), alert: alert(answer) }).toEqual({
        status,
        type: 'text/html; charset=utf-8',
        alert: message,
      })
      expect(filledIn(answer.text)['author']).toBe(TYPED.author)
    }
    expectPage(await post(), 409, t('problem.duplicate'))
    const fast = await post({ comment: 'Lain' })
    expectPage(fast, 429, t('problem.floodFor', { count: 15 }))
    expect(fast.get('Retry-After')).toBe('15')
    app.clock.advance(60)
    const orphan = await post({ comment: 'Lain', comment_parent: '0193d9a0-1111-7abc-8def-0123456789ab' })
    expect([orphan.status, alert(orphan)]).toEqual([404, expect.stringContaining(t('problem.parent'))])
    expect(filledIn(orphan.text)['comment_parent']).toBe('')
    const strange = await post({ comment: 'Lain', comment_parent: 'x\0', comment_post_url: `${ARTICLE}\0` })
    expect(strange.status).toBe(422)
    await app.set({ submissionsPerMinute: 1 })
    const many = await post({ comment: 'Banyak' })
    expect([many.status, many.get('Retry-After')]).toEqual([429, expect.stringMatching(/^\d+$/)])
    await app.set({ submissionsPerMinute: 100 })
    await app.http
      .patch('/api/v1/sites/default/thread')
      .query({ url: ARTICLE })
      .set(await app.keyFor('owner'))
      .send({ open: false })
      .expect(200)
    expectPage(await post({ comment: 'Lain' }), 403, t('problem.closed'))
    await app.deps.sites.change(await app.deps.sites.byKey('default'), { allowedOrigins: ['https://berita.example'] })
    expectPage(await post({ comment: 'Lain' }).set('Origin', 'https://jahat.example'), 403, t('problem.originPage'))
    for (const from of ['cross-site', 'none']) {
      const unnamed = await post({ comment: 'Lain' }).set('Origin', 'null').set('Sec-Fetch-Site', from)
      expectPage(unnamed, 403, t('problem.originPage'))
    }
    expectPage(await post({ comment: 'Lain' }).set('Origin', 'null').set('Sec-Fetch-Site', 'same-site'), 403, t('problem.closed'))
    const { db } = app.deps
    await app.http
      .patch('/api/v1/sites/default/thread')
      .query({ url: ARTICLE })
      .set(await app.keyFor('owner'))
      .send({ open: true })
      .expect(200)
    const { write } = db
    db.write = () => Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
    expectPage(await post({ comment: 'Lain' }), 503, t('problem.unavailable'))
    db.write = write
    expect(await app.deps.db.read.comment.count()).toBe(1)
  })

  it('answers requests that are no form with a page or a problem, as the client reads', async () => {
    const app = await startApp({ kind })
    const page = await app.http.post(REPLY).set('Accept', 'text/html').set('Accept-Language', 'id').send({ comment: 'x' })
    expect([page.status, page.get('Content-Type')]).toEqual([415, 'text/html; charset=utf-8'])
    expect((await app.http.post(REPLY)).body).toMatchObject({ status: 400, type: 'urn:balas:problem:malformed' })
    expect(
      (
        await app.http
          .post(REPLY)
          .type('form')
          .send(`comment=${'x'.repeat(70_000)}`)
      ).status,
    ).toBe(413)
    expect((await app.http.post('/sites/tidak-ada/reply').set('Accept', 'text/html').type('form').send(TYPED)).status).toBe(404)
    expect(await traces(app)).toEqual(NOTHING)
  })

  it('makes one comment of a double click, and of a second try after a bad line', async () => {
    const app = await startApp({ kind })
    const browser = browserOf(app)
    const form = filledIn((await browser.get(THREAD).query({ url: ARTICLE })).text, TYPED)
    const twins = await Promise.all([browser.post(REPLY).type('form').send(form), browser.post(REPLY).type('form').send(form)])
    const later = await browser.post(REPLY).type('form').send(form)
    expect([...twins, later].map((answer) => [answer.status, answer.get('Location')])).toEqual(
      Array.from({ length: 3 }, () => [303, twins[0]?.get('Location')]),
    )
    expect(await traces(app)).toMatchObject({ comments: 1, sites: [{ pendingCount: 1 }] })
  })

  it('takes a second comment from a page that the back button brought back, hidden key and all', async () => {
    const app = await startApp({ kind })
    const browser = browserOf(app)
    const page = await browser.get(THREAD).query({ url: ARTICLE })
    await browser.post(REPLY).type('form').send(filledIn(page.text, TYPED)).expect(303)
    app.clock.advance(20)
    await browser
      .post(REPLY)
      .type('form')
      .send(filledIn(page.text, { ...TYPED, comment: 'Satu lagi.' }))
      .expect(303)
    expect(await app.deps.db.read.comment.count()).toBe(2)
  })

  it('puts what a program filled in, trap and all, into spam, and answers as always', async () => {
    const app = await startApp({ kind })
    const person = await app.http
      .post(REPLY)
      .type('form')
      .send({ ...TYPED, comment_post_url: ARTICLE, message_topic: '' })
    const program = await app.http
      .post(REPLY)
      .type('form')
      .send({ ...TYPED, email: 'bot@pembaca.example', comment_post_url: ARTICLE, message_topic: 'x' })
    const look = (answer: Response) => ({
      status: answer.status,
      location: answer.get('Location'),
      cookies: Object.keys(cookiesOf(answer)),
      headers: Object.keys(answer.headers),
    })
    expect(look(program)).toEqual(look(person))
    const rows = await app.deps.db.read.comment.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map(({ status }) => status)).toEqual(['pending', 'spam'])
    const own = await app.http
      .get(THREAD)
      .query({ url: ARTICLE })
      .set('Cookie', cookiesOf(program)['balas_preview']?.split(';')[0] ?? '')
    expect(own.text).toContain(t('own.pending'))
  })

  it('takes a comment from the browser that just sent one only after a while', async () => {
    const app = await startApp({ kind })
    const browser = browserOf(app)
    const post = (fields: Record<string, string>) =>
      browser
        .post(REPLY)
        .type('form')
        .send({ ...TYPED, comment_post_url: ARTICLE, ...fields })
    await post({}).expect(303)
    expect((await post({ email: 'lain@pembaca.example', comment: 'Dua' })).status).toBe(429)
    app.clock.advance(15)
    await post({ email: 'lain@pembaca.example', comment: 'Dua' }).expect(303)
  })
})

describe('the preview of a comment that waits', () => {
  const start = async () => {
    const app = await startApp()
    const sent = await app.http
      .post(REPLY)
      .type('form')
      .send({ ...TYPED, comment_post_url: ARTICLE })
    const cookie = cookiesOf(sent)['balas_preview'] ?? ''
    return {
      app,
      cookie,
      value: cookie.split(';')[0] ?? '',
      look: (query: object, cookies: string) =>
        app.http
          .get(THREAD)
          .query({ url: ARTICLE, ...query })
          .set('Cookie', cookies),
    }
  }

  it('is for the browser that sent it, by a cookie that scripts cannot read', async () => {
    const { cookie, value, look, app } = await start()
    expect(cookie).toMatch(/; Max-Age=600; Path=\/sites\/default\/thread; .*HttpOnly; SameSite=Lax$/)
    expect(value).not.toContain((await app.deps.db.read.comment.findFirstOrThrow()).id)
    expect((await look({}, value)).text).toContain('<p>Saya setuju.</p>')
    const others = await look({}, '')
    expect(others.text).not.toContain('Saya setuju')
    expect([others.get('Cache-Control'), others.get('Vary'), others.get('X-Robots-Tag')]).toEqual(['no-cache', 'Cookie', undefined])
    expect((await look({}, `${value.slice(0, -2)}xx`)).text).not.toContain('Saya setuju')
    expect((await look({}, 'balas_preview=; balas_author=%00; balas_browser=x')).status).toBe(200)
  })

  it('is gone after ten minutes, also when the browser keeps the cookie', async () => {
    const { app, value, look } = await start()
    app.clock.advance(599)
    expect((await look({}, value)).text).toContain('Saya setuju')
    app.clock.advance(1)
    expect((await look({}, value)).text).not.toContain('Saya setuju')
  })

  it('shows on the page of its own article and site only', async () => {
    const { app, value, look } = await start()
    await app.http
      .post('/api/v1/sites')
      .set(await app.keyFor('owner'))
      .send({ key: 'lain', name: 'Lain' })
      .expect(201)
    expect((await look({ url: `${ARTICLE}-lain` }, value)).text).not.toContain('Saya setuju')
    expect((await app.http.get('/sites/lain/thread').query({ url: ARTICLE }).set('Cookie', value)).text).not.toContain('Saya setuju')
  })

  it('says that it is published once it is, and nothing once it is withdrawn', async () => {
    const { app, value, look } = await start()
    const { id } = await app.deps.db.read.comment.findFirstOrThrow()
    const decision = async (name: string) =>
      app.http
        .post(`/api/v1/moderation/comments/${id}/decisions`)
        .set(await app.keyFor('owner'))
        .send({ decision: name })
        .expect(200)
    await decision('approve')
    const shown = await look({}, value)
    expect(shown.text).toContain(t('own.approved'))
    expect(shown.text).toContain(`id="comment-${id}"`)
    await decision('reject')
    expect((await look({}, value)).text).toContain(t('own.pending')) // a rejection is not told
    await app.http
      .delete(`/api/v1/moderation/comments/${id}`)
      .set(await app.keyFor('owner'))
      .expect(204)
    expect((await look({}, value)).text).not.toContain(t('own.title'))
  })
})

describe('"save my name"', () => {
  it('fills the form in next time, sealed in a cookie of this site alone', async () => {
    const app = await startApp()
    const browser = browserOf(app)
    const sent = await browser
      .post(REPLY)
      .type('form')
      .send({ ...TYPED, comment_post_url: ARTICLE, 'wp-comment-cookies-consent': 'yes' })
    const cookie = cookiesOf(sent)['balas_author'] ?? ''
    expect(cookie).toMatch(/; Max-Age=31536000; Path=\/sites\/default\/; .*HttpOnly; SameSite=Lax$/)
    expect(decodeURIComponent(cookie)).not.toMatch(/budi/i)
    const page = await browser.get(THREAD).query({ url: `${ARTICLE}-lain` })
    expect(filledIn(page.text)).toMatchObject({
      author: TYPED.author,
      email: TYPED.email,
      url: TYPED.url,
      comment: '',
      'wp-comment-cookies-consent': 'yes',
    })
    expect([page.get('Cache-Control'), page.get('X-Robots-Tag')]).toEqual(['no-store', 'noindex'])
    const stranger = await app.http.get(THREAD).query({ url: ARTICLE })
    expect(filledIn(stranger.text)).toMatchObject({ author: '', email: '', url: '' })
  })

  it('forgets when the box is left empty', async () => {
    const app = await startApp()
    const browser = browserOf(app)
    await browser
      .post(REPLY)
      .type('form')
      .send({ ...TYPED, comment_post_url: ARTICLE, 'wp-comment-cookies-consent': 'yes' })
      .expect(303)
    app.clock.advance(20)
    await browser
      .post(REPLY)
      .type('form')
      .send({ ...TYPED, comment_post_url: ARTICLE, comment: 'Dua' })
      .expect(303)
    expect(filledIn((await browser.get(THREAD).query({ url: ARTICLE })).text)).toMatchObject({ author: '', email: '' })
  })

  it('keeps cookies to https where the server is reached so', async () => {
    const app = await startApp({ env: { PUBLIC_URL: 'https://balas.example' } })
    const sent = await app.http
      .post(REPLY)
      .type('form')
      .send({ ...TYPED, comment_post_url: ARTICLE, 'wp-comment-cookies-consent': 'yes' })
    const cookies = Object.values(cookiesOf(sent))
    expect(cookies).toHaveLength(3)
    for (const cookie of cookies) expect(cookie).toContain('; Secure')
  })
})

describe('the page of a thread', () => {
  it('can be opened for any article without leaving a trace', async () => {
    const app = await startApp()
    const before = await everyTable(app)
    const page = await app.http.get(THREAD).query({ url: `${ARTICLE}?email=budi@pembaca.example` })
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('budi@')
    expect(page.get('Content-Security-Policy')).toContain("form-action 'self' https://berita.example;")
    const feeds = elementsOf(page.text).filter((element) => attribute(element, 'href')?.includes('/feed.atom'))
    expect(feeds.map(({ tagName }) => tagName)).toEqual(['link', 'a'])
    for (const feed of feeds) await app.http.get(attribute(feed, 'href') ?? '').expect('Content-Type', /^application\/atom\+xml/)
    for (const query of [{}, { url: 'x' }, { url: ARTICLE, order: 'x' }, { url: ARTICLE, cursor: 'x' }, { url: [ARTICLE, ARTICLE] }]) {
      const wrong = await app.http.get(THREAD).query(query).set('Accept', 'text/html')
      expect([wrong.status, wrong.get('Content-Type')]).toEqual([422, 'text/html; charset=utf-8'])
    }
    expect(await everyTable(app)).toEqual(before)
  })

  it('pages through a long thread, both ways round', async () => {
    const app = await startApp()
    await app.set({ mode: 'publish-all', submissionsPerMinute: 1000 })
    for (let n = 0; n < 60; n++) {
      app.clock.advance(1)
      await app.reply()
    }
    for (const order of ['oldest', 'newest']) {
      const first = await app.http.get(THREAD).query({ url: ARTICLE, order })
      const next = elementsOf(first.text).find((element) => attribute(element, 'rel') === 'next')
      const second = await app.http.get(attribute(next, 'href') ?? '')
      const shown = [first, second].map(({ text }) => [...text.matchAll(/id="comment-([0-9a-f-]{36})"/g)].map(([, id]) => id))
      expect(shown.map((ids) => ids.length)).toEqual([50, 10])
      expect(new Set(shown.flat()).size).toBe(60)
    }
  })
})
