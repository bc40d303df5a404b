import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { SaxesParser } from 'saxes'
import type { Test } from 'supertest'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'
import { createDatabase } from '../support/databases.ts'
import { openDesk } from '../moderation/desk.ts'
import { eventually } from './hot.ts'

const FEED = '/api/v1/sites/default/feed.atom'
const OTHER = 'https://berita.example/2026/lain'
const ATOM = 'http://www.w3.org/2005/Atom'
const THREADING = 'http://purl.org/syndication/thread/1.0'

interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

/** Reads XML by a parser that refuses whatever is not well-formed; elements are named `{namespace}local`. */
function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ uri, local, attributes }) => {
    const element = {
      name: `{${uri}}${local}`,
      attributes: Object.fromEntries(Object.values(attributes).map(({ name, value }) => [name, value])),
      children: [],
      text: '',
    }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const element = open.at(-1)
    if (element) element.text += text
  })
  parser.on('closetag', () => void open.pop())
  parser.write(xml).close()
  const [document] = root.children
  if (!document) throw new Error('there is no element')
  return document
}

const all = ({ children }: Element, name: string, namespace = ATOM) => children.filter((child) => child.name === `{${namespace}}${name}`)
const text = (element: Element, name: string) => all(element, name)[0]?.text
const link = (element: Element, rel: string) => all(element, 'link').find(({ attributes }) => attributes['rel'] === rel)?.attributes['href']
const ids = (feed: Element) => all(feed, 'entry').map((entry) => text(entry, 'id')?.replace('urn:uuid:', ''))
const asText = (request: Test) =>
  request.buffer(true).parse((res, done) => {
    const chunks: Buffer[] = []
    res.on('data', (chunk: Buffer) => chunks.push(chunk))
    res.on('end', () => done(null, Buffer.concat(chunks).toString()))
  })
const ask = async (app: Pick<TestApp, 'http'>, query: object = {}) => {
  const answer = await asText(app.http.get(FEED).query(query).set('Accept-Encoding', 'identity'))
  return { answer, feed: parse(answer.body as string), xml: answer.body as string }
}

async function startOpen(options: Parameters<typeof startApp>[0] = {}) {
  const app = await startApp(options)
  await app.set({ mode: 'publish-all', submissionsPerMinute: 100_000, floodSeconds: 0 })
  const say = async (fields: Record<string, unknown> = {}) => {
    app.clock.advance(1)
    return (await app.reply(fields)).body.comment.id as string
  }
  return { ...app, say, desk: await openDesk(app) }
}

describe.each(['sqlite', 'postgresql'] as const)('the feed (%s)', (kind) => {
  it('has the approved comments of a site or an article, newest first, and says of each who wrote what, where and when', async () => {
    const app = await startOpen({ kind })
    const first = await app.say({
      name: 'Budi',
      email: 'budi@pembaca.example',
      website: 'https://budi.example/?a=1&b=2',
      title: 'Kereta <malam> & siang',
      body: 'Halo <b>semua</b> & 1 < 2',
    })
    const reply = await app.say({ parentId: first })
    const elsewhere = await app.say({ url: OTHER })
    await app.set({ mode: 'hold-all' })
    await app.say()

    const { answer, feed, xml } = await ask(app)
    expect(answer.get('Content-Type')).toBe('application/atom+xml; charset=utf-8')
    expect(answer.get('Cache-Control')).toBe('no-cache')
    expect(answer.get('Access-Control-Allow-Origin')).toBe('*')
    expect(feed).toMatchObject({ name: `{${ATOM}}feed`, attributes: { 'xml:lang': 'id' } })
    const { id: siteId } = await app.deps.sites.byKey('default')
    expect(['id', 'title', 'updated'].map((name) => text(feed, name))).toEqual([
      `urn:uuid:${siteId}`,
      'Situs saya',
      '2026-11-23T05:00:03.000Z',
    ])
    expect(link(feed, 'self')).toBe(`${app.url}${FEED}`)
    expect(ids(feed)).toEqual([elsewhere, reply, first])
    expect(xml).not.toContain('pembaca.example')

    const [, second, third] = all(feed, 'entry')
    if (!second || !third) throw new Error('entries are missing')
    expect(['title', 'published', 'updated', 'content'].map((name) => text(third, name))).toEqual([
      'Kereta <malam> & siang',
      '2026-11-23T05:00:01.000Z',
      '2026-11-23T05:00:01.000Z',
      '<p>Halo <b>semua</b> &amp; 1 &lt; 2</p>',
    ])
    expect(all(third, 'content')[0]?.attributes).toEqual({ type: 'html' })
    expect(all(third, 'author')[0]?.children.map((part) => part.text)).toEqual(['Budi', 'https://budi.example/?a=1&b=2'])
    expect(link(third, 'alternate')).toBe(`${ARTICLE}#comment-${first}`)
    expect(all(third, 'in-reply-to', THREADING)).toEqual([])
    expect(all(second, 'in-reply-to', THREADING)[0]?.attributes).toEqual({
      ref: `urn:uuid:${first}`,
      type: 'text/html',
      href: `${ARTICLE}#comment-${first}`,
    })

    const own = (await ask(app, { url: `${ARTICLE}?utm_source=surat#respond` })).feed
    expect(ids(own)).toEqual([reply, first])
    expect([text(own, 'title'), link(own, 'alternate'), link(own, 'self')]).toEqual([
      'Kereta <malam> & siang',
      ARTICLE,
      `${app.url}${FEED}?url=${encodeURIComponent(ARTICLE)}`,
    ])
  })

  it('of an article nobody commented on is empty, with the id that it keeps', async () => {
    const app = await startOpen({ kind })
    const before = (await ask(app, { url: ARTICLE })).feed
    expect([ids(before), text(before, 'title')]).toEqual([[], ARTICLE])
    expect(Date.parse(text(before, 'updated') ?? '')).not.toBeNaN()
    expect(await app.deps.db.read.thread.count()).toBe(0)
    await app.say()
    const after = (await ask(app, { url: ARTICLE })).feed
    expect(ids(after)).toHaveLength(1)
    expect(text(after, 'id')).toBe(text(before, 'id'))
    expect(text((await ask(app, { url: OTHER })).feed, 'id')).not.toBe(text(before, 'id'))
    expect(text(before, 'id')).toMatch(/^urn:uuid:[0-9a-f-]{36}$/)
  })

  it('changes with every public change and is not sent again while there is none', async () => {
    const app = await startOpen({ kind })
    const id = await app.say({ title: 'Judul' })
    const tags = new Set<string>()
    const tagOf = async (query: object) => {
      const { answer } = await ask(app, query)
      const tag = answer.get('ETag') ?? ''
      expect(tag).toMatch(/^"[\w-]{22}"$/)
      expect((await app.http.get(FEED).query(query).set('Accept-Encoding', 'identity').set('If-None-Match', `"x", ${tag}`)).status).toBe(
        304,
      )
      return tag
    }
    const settle = async () => {
      const both = [await tagOf({}), await tagOf({ url: ARTICLE })]
      for (const tag of both) tags.add(tag)
    }
    await settle()
    const other = await app.say()
    await settle()
    await app.desk.decide(other, 'spam')
    await app.http.patch('/api/v1/sites/default/thread').query({ url: ARTICLE }).set(app.desk.key).send({ title: 'Judul lain' }).expect(200)
    await settle()
    app.clock.advance(60)
    const { version } = await app.desk.get(id)
    await app.desk.edit(id, 'Diubah', version)
    await settle()
    expect(tags.size).toBe(8)
    const [entry] = all((await ask(app)).feed, 'entry')
    expect(entry && [text(entry, 'published'), text(entry, 'updated'), text(entry, 'title')]).toEqual([
      '2026-11-23T05:00:01.000Z',
      '2026-11-23T05:01:02.000Z',
      'Judul lain',
    ])
  })

  it('stays well-formed whatever is typed', async () => {
    const app = await startOpen({ kind })
    const strange = ']]> \u0085\u2028\ufffe\uffff\u{1f600}\u{10ffff} <!-- &amp; &#1; "\''
    await app.say({ name: strange, title: strange, body: strange, website: 'https://a.example/%00?x=]]>&y="' })
    await app.deps.db.write((tx) => tx.comment.updateMany({ data: { html: '<p>\u0001\u000b\u000c\u001f\r\n\ufffe</p>' } }))
    app.deps.db.changes.emit('missed')
    const [entry] = all((await ask(app)).feed, 'entry')
    expect(entry && text(entry, 'title')).toContain('\u{1f600}')
    expect(entry && text(entry, 'content')).toBe('<p>\n</p>')
  })
})

describe('the feed', () => {
  it('is fifty comments long at most', async () => {
    const app = await startOpen()
    const said: string[] = []
    for (let n = 0; n < 53; n++) said.push(await app.say())
    for (const query of [{}, { url: ARTICLE }]) expect(ids((await ask(app, query)).feed)).toEqual(said.slice(3).toReversed())
  })

  it('is read once for all who ask, and not again until something public changes', async () => {
    const app = await startOpen()
    await app.say()
    const { comment } = app.deps.db.read
    let reads = 0
    const counted = new Proxy(comment, {
      get: (target, name) => {
        if (name === 'findMany') reads++
        return Reflect.get(target, name) as unknown
      },
    })
    Object.assign(app.deps.db, {
      read: new Proxy(app.deps.db.read, { get: (target, name) => (name === 'comment' ? counted : Reflect.get(target, name)) }),
    })
    await Promise.all(Array.from({ length: 5 }, () => ask(app)))
    for (let n = 0; n < 5; n++) await ask(app, { url: ARTICLE })
    expect(reads).toBe(2)
    const { answer } = await ask(app)
    await app.http
      .get(FEED)
      .set('If-None-Match', answer.get('ETag') ?? '')
      .expect(304)
    expect(reads).toBe(2)
  })

  it('finds a thread’s newest comments by an index, however many there are', async () => {
    const app = await startOpen()
    const [{ detail } = { detail: '' }] = await app.deps.db.read.$queryRaw<{ detail: string }[]>`
      EXPLAIN QUERY PLAN SELECT "id" FROM "Comment" WHERE "threadId" = 'x' AND "status" = 'approved' ORDER BY "id" DESC LIMIT 50`
    expect(detail).toContain('Comment_threadId_status_id_idx')
  })

  it('comes compressed, each form with its own tag', async () => {
    const app = await startOpen()
    await app.say({ body: 'panjang '.repeat(500) })
    const plain = await ask(app)
    const packed = await app.http
      .get(FEED)
      .set('Accept-Encoding', 'gzip')
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = []
        res.on('data', (chunk: Buffer) => chunks.push(chunk))
        res.on('end', () => done(null, Buffer.concat(chunks)))
      })
    const bytes = packed.body as Buffer
    expect(packed.get('Vary')).toContain('Accept-Encoding')
    expect(packed.get('ETag')).toBe(`${(plain.answer.get('ETag') ?? '').slice(0, -1)}-gzip"`)
    expect((bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString()).toBe(plain.xml)
  })

  it('is the same on every replica, as soon as one of them decides', async () => {
    const databaseUrl = await createDatabase('postgresql')
    const env = { PUBLIC_URL: 'https://balas.example' }
    const one = await startOpen({ kind: 'postgresql', databaseUrl, env })
    const two = await startOpen({ kind: 'postgresql', databaseUrl, env })
    expect(ids((await ask(two)).feed)).toEqual([])
    const id = await one.say()
    await eventually(
      async () => ids((await ask(two)).feed),
      (seen) => seen[0] === id,
    )
    expect((await ask(one)).answer.get('ETag')).toBe((await ask(two)).answer.get('ETag'))
  })

  it('refuses addresses that are not the site’s, and sites that are not', async () => {
    const app = await startOpen()
    await app.deps.sites.change(await app.deps.sites.byKey('default'), { allowedOrigins: ['https://berita.example'] })
    expect((await app.http.get(FEED).query({ url: 'https://lain.example/' })).status).toBe(422)
    expect((await app.http.get(FEED).query({ url: '' })).status).toBe(422)
    expect((await app.http.get('/api/v1/sites/tidak-ada/feed.atom')).status).toBe(404)
    expect((await app.http.get(FEED).set('Origin', 'https://berita.example')).get('Access-Control-Allow-Origin')).toBe(
      'https://berita.example',
    )
    expect(link((await ask(app)).feed, 'alternate')).toBe('https://berita.example')
  })
})
