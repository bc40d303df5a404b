import type { Readable } from 'node:stream'
import { get } from 'node:http'
import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { pino } from 'pino'
import { createEvents } from '../../src/comments/events.ts'
import type { Database } from '../../src/database/connect.ts'
import { newId } from '../../src/ids.ts'
import { ARTICLE, startApp } from '../support/app.ts'
import { createDatabase, eachDatabase } from '../support/databases.ts'
import { openDesk } from '../moderation/desk.ts'
import { eventually } from './hot.ts'
import { listen } from './listen.ts'

const EVENTS = '/api/v1/sites/default/events'
const log = pino({ level: 'silent' })
const change = (version: number) => `event: change\nid: ${version}\ndata: {"version":${version}}\n\n`

describe.each(['sqlite', 'postgresql'] as const)('the events of a thread (%s)', (kind) => {
  it('tell its version at once and then every public change, and nothing of what waits', async () => {
    const app = await startApp({ kind })
    const { held, decide, published, amend } = await openDesk(app)
    const page = await listen(app)
    expect(page).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
        'access-control-allow-origin': '*',
      },
    })
    await page.told([0])
    expect(page.text()).toBe(`retry: 5000\n\n${change(0)}`)
    expect(await app.deps.db.read.thread.count()).toBe(0)

    const id = await held()
    await decide(id, 'approve')
    await page.told([0, 1])
    await decide(id, 'spam')
    await page.told([0, 1, 2])
    const own = await published({ url: `${ARTICLE}?p=9` })
    await amend(own, 'Diubah, dan menunggu')
    await decide(id, 'approve')
    await page.told([0, 1, 2, 3])

    const late = await listen(app, { url: `${ARTICLE}?utm_source=surat#comments` })
    await late.told([3])
    expect((await app.http.get('/api/v1/sites/default/thread').query({ url: ARTICLE })).get('ETag')).toMatch(/^"3-/)
  })

  it('are forgotten with the page, and end when the server stops', async () => {
    const app = await startApp({ kind })
    const pages = [await listen(app), await listen(app)]
    expect(app.deps.events.count()).toBe(2)
    pages[0]?.leave()
    await eventually(
      async () => app.deps.events.count(),
      (count) => count === 1,
    )
    app.deps.events.close()
    await eventually(
      async () => pages[1]?.hasEnded(),
      (hasEnded) => hasEnded === true,
    )
    await eventually(
      async () => app.deps.events.count(),
      (count) => count === 0,
    )
    const refused = await app.http.get(EVENTS).query({ url: ARTICLE })
    expect({ status: refused.status, again: refused.get('Retry-After') }).toEqual({ status: 503, again: '60' })
  })
})

describe('events', () => {
  it('are told on every replica, also after the connection that hears of changes broke', async () => {
    const databaseUrl = await createDatabase('postgresql')
    const one = await startApp({ kind: 'postgresql', databaseUrl })
    const two = await startApp({ kind: 'postgresql', databaseUrl })
    const { published, decide } = await openDesk(one)
    const pages = [await listen(one), await listen(two)]
    const { id } = await published()
    for (const page of pages) await page.told([0, 1])

    await two.deps.db.read
      .$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database()`
    await decide(id, 'hold')
    for (const page of pages) await page.told([0, 1, 2])
  })

  it('are for pages of the site alone, and for a GET', async () => {
    const app = await startApp()
    await app.deps.sites.change(await app.deps.sites.byKey('default'), { allowedOrigins: ['https://berita.example'] })
    const own = await listen(app, { headers: { Origin: 'https://berita.example' } })
    expect(own.headers['access-control-allow-origin']).toBe('https://berita.example')
    const foreign = await listen(app, { headers: { Origin: 'https://lain.example' } })
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined()
    const head = await app.http.head(EVENTS).query({ url: ARTICLE })
    expect({ status: head.status, type: head.type, open: app.deps.events.count() }).toEqual({
      status: 200,
      type: 'text/event-stream',
      open: 2,
    })
    expect((await app.http.get(EVENTS)).status).toBe(422)
    expect((await app.http.get(EVENTS).query({ url: 'https://lain.example/' })).status).toBe(422)
    expect((await app.http.get('/api/v1/sites/tidak-ada/events').query({ url: ARTICLE })).status).toBe(404)
  })

  it('go to a hundred pages of one network, told by IPv4 address or IPv6 /56; further ones are told to ask', async () => {
    const app = await startApp({ env: { TRUST_PROXY: '1' } })
    const from = (ip: string) => listen(app, { headers: { 'X-Forwarded-For': ip } })
    const pages = await Promise.all(Array.from({ length: 100 }, (_, n) => from(`2001:db8:77:aa${String(n % 100).padStart(2, '0')}::1`)))
    expect(pages.every(({ status }) => status === 200)).toBe(true)
    const refused = await from('2001:db8:77:aaff::2')
    expect({ status: refused.status, again: refused.headers['retry-after'] }).toEqual({ status: 429, again: '60' })
    expect(refused.headers['content-type']).toMatch('application/problem+json')
    expect((await from('2001:db8:77:ab00::1')).status).toBe(200)
    pages[0]?.leave()
    await eventually(
      async () => app.deps.events.count(),
      (count) => count === 100,
    )
    expect((await from('2001:db8:77:aaff::2')).status).toBe(200)
  })

  it('are refused with 503 when the version cannot be read, and nothing of the listener stays', async () => {
    const app = await startApp({ kind: 'postgresql' })
    await app.deps.sites.byKey('default')
    const { read } = app.deps.db
    Object.assign(app.deps.db, {
      read: { thread: { findMany: () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })) } },
    })
    const refused = await listen(app)
    expect(refused.status).toBe(503)
    await eventually(
      async () => app.deps.events.count(),
      (count) => count === 0,
    )
    Object.assign(app.deps.db, { read })
    await (await listen(app)).told([0])
  })
})

describe('a page that goes while it waits for the first event', () => {
  it('is forgotten too', async () => {
    const app = await startApp()
    await app.deps.sites.byKey('default')
    let answer: (rows: object[]) => void = () => undefined
    const slow = new Promise<object[]>((resolve) => (answer = resolve))
    Object.assign(app.deps.db, { read: { thread: { findMany: () => slow } } })
    const page = get(`${app.url}${EVENTS}?url=${encodeURIComponent(ARTICLE)}`, { agent: false }).on('error', () => undefined)
    await eventually(
      async () => app.deps.events.count(),
      (count) => count === 1,
    )
    const closed = new Promise((resolve) => page.once('close', resolve))
    page.destroy()
    await closed
    answer([])
    await eventually(
      async () => app.deps.events.count(),
      (count) => count === 0,
    )
  })
})

eachDatabase('the hub of events', (open) => {
  afterEach(() => void jest.useRealTimers())

  /** A hub on a database with one thread, and how often it was asked for versions. */
  async function start(options: { most?: number; mostOfNetwork?: number } = {}) {
    const db = await open()
    const siteId = newId(new Date(0))
    await db.write((tx) =>
      tx.site.create({
        data: { id: siteId, key: 'situs', name: 'Situs', locale: 'id', allowedOrigins: [], settings: {}, createdAt: new Date(0) },
      }),
    )
    const thread = newId(new Date(1))
    await db.write((tx) => tx.thread.create({ data: { id: thread, siteId, url: ARTICLE, key: ARTICLE, createdAt: new Date(1) } }))
    let reads = 0
    const findMany = (args: never) => {
      reads++
      return db.read.thread.findMany(args)
    }
    const hub = createEvents({
      db: { changes: db.changes, read: { thread: { findMany } } as unknown as Database['read'] },
      log,
      ...options,
    })
    const raise = (announce = true) =>
      db.write(async (tx) => {
        await tx.thread.update({ where: { id: thread }, data: { version: { increment: 1 } } })
        if (announce) await db.changes.announce(tx, { siteId, key: ARTICLE })
      })
    const connect = async (network = 'a', key = ARTICLE) => {
      const stream = await hub.open({ siteId, key, network })
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      return {
        stream,
        text: () => text,
        has: (part: string) =>
          eventually(
            async () => text,
            (seen) => seen.includes(part),
          ),
      }
    }
    return { db, siteId, hub, raise, connect, reads: () => reads }
  }

  it('reads a version once a change, however many listen', async () => {
    const { connect, raise, reads } = await start()
    const pages = [await connect(), await connect(), await connect()]
    const before = reads()
    await raise()
    for (const page of pages) await page.has(change(1))
    expect(reads()).toBe(before + 1)
  })

  it('asks for all threads anew when announcements may have been lost', async () => {
    const { db, connect, raise } = await start()
    const page = await connect()
    const other = await connect('a', `${ARTICLE}?p=2`)
    await raise(false)
    db.changes.emit('missed')
    await page.has(change(1))
    expect(other.text()).toBe(`retry: 5000\n\n${change(0)}`)
  })

  it('keeps lines open with a comment every 25 seconds, and finds what nobody announced', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask', 'performance', 'Date'] })
    const { connect, raise } = await start()
    const pages = [await connect(), await connect('b', `${ARTICLE}?p=2`)]
    await raise(false)
    jest.advanceTimersByTime(24_999)
    expect(pages.map(({ text }) => text().includes('\n:\n'))).toEqual([false, false])
    jest.advanceTimersByTime(1)
    for (const page of pages) await page.has('\n:\n\n')
    await pages[0]?.has(change(1))
  })

  it('ends the streams of a site whose settings changed, so that its pages ask again', async () => {
    const { connect, db, siteId, hub } = await start()
    const page = await connect()
    db.changes.emit({ siteId: 'another site' })
    expect(page.stream.readableEnded).toBe(false)
    db.changes.emit({ siteId })
    await eventually(
      async () => hub.count(),
      (count) => count === 0,
    )
    await (await connect()).has(change(0))
  })

  it('takes so many listeners and no more, and room again when one goes', async () => {
    const { connect, hub } = await start({ most: 3, mostOfNetwork: 2 })
    const first = await connect()
    await connect()
    await expect(connect()).rejects.toMatchObject({ status: 429, extras: { headers: { 'Retry-After': '60' } } })
    await connect('b')
    await expect(connect('c')).rejects.toMatchObject({ status: 503, extras: { headers: { 'Retry-After': '60' } } })
    first.stream.destroy()
    await eventually(
      async () => hub.count(),
      (count) => count === 2,
    )
    await connect()
  })

  it('leaves a listener who does not read, and tells the others', async () => {
    const { hub, siteId, connect, db } = await start()
    const deaf: Readable = await hub.open({ siteId, key: ARTICLE, network: 'a' })
    const page = await connect()
    for (let n = 1; !deaf.destroyed; n++) {
      await db.write((tx) => tx.thread.updateMany({ data: { version: n * 1_000_000 } }))
      db.changes.emit({ siteId, key: ARTICLE })
      await page.has(change(n * 1_000_000))
      expect(n).toBeLessThan(100)
    }
    expect(deaf.readableLength).toBeLessThan(3000)
    await eventually(
      async () => hub.count(),
      (count) => count === 1,
    )
  })
})
