import { get } from 'node:http'
import { afterEach, describe, expect, test } from '@jest/globals'
import { startApp, type TestApp } from '../support/app.ts'
import { createDatabase } from '../support/databases.ts'
import { eventually } from '../comments/hot.ts'
import { openDesk } from './desk.ts'

const opened: (() => unknown)[] = []
afterEach(() => {
  for (const close of opened.splice(0)) close()
})

interface Counts {
  site: string
  pending: number
  approved: number
  rejected: number
  spam: number
  reported: number
}

/** Listens as a moderator's page does. */
function listen(app: TestApp, headers: Record<string, string>, query = '') {
  return new Promise<{ status: number; type: string | undefined; told: () => Counts[]; hasEnded: () => boolean }>((resolve, reject) => {
    const request = get(`${app.url}/api/v1/moderation/events${query}`, { agent: false, headers }, (answer) => {
      let text = ''
      let ended = false
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => (ended = true)).on('error', () => undefined)
      const told = () => Array.from(text.matchAll(/^event: counts\ndata: (.+)\n\n/gm), ([, data = '']) => JSON.parse(data) as Counts)
      resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'], told, hasEnded: () => ended })
    })
    request.on('error', reject)
    opened.push(() => request.destroy())
  })
}

const none = { approved: 0, rejected: 0, spam: 0 }

describe.each(['sqlite', 'postgresql'] as const)('the live queue on %s', (kind) => {
  test('tells the counts at once, and whenever a comment comes in or is decided, a second apart', async () => {
    const app = await startApp({ kind })
    const { key, held, decide, batch } = await openDesk(app)
    const page = await listen(app, key)
    expect(page).toMatchObject({ status: 200, type: 'text/event-stream; charset=utf-8' })
    const last = (wished: object) =>
      eventually(
        async () => page.told().at(-1),
        (counts) => JSON.stringify(counts) === JSON.stringify({ site: 'default', ...wished, reported: 0 }),
      )
    await last({ pending: 0, ...none })
    const begun = performance.now()
    const ids = [await held(), await held(), await held()]
    await last({ pending: 3, ...none })
    await decide(ids[0] ?? '', 'approve')
    await last({ pending: 2, ...none, approved: 1 })
    await batch(ids, 'spam')
    await last({ pending: 0, approved: 0, rejected: 0, spam: 3 })
    const seconds = Math.floor((performance.now() - begun) / 1000)
    expect(page.told().length).toBeLessThanOrEqual(2 + seconds) // at the beginning, at the first change, and once a second
  })

  test('tells of the caller’s sites alone, or of those that are asked about', async () => {
    const app = await startApp({ kind })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const { key, held } = await openDesk(app)
    const all = await listen(app, key)
    const one = await listen(app, key, '?site=default')
    const theirs = await listen(app, await app.keyFor('moderator', 'lain'))
    await held()
    await eventually(
      async () => all.told().length,
      (length) => length === 3,
    )
    const sites = (page: typeof all) => page.told().map(({ site }) => site)
    expect([sites(all), sites(one), sites(theirs)]).toEqual([['default', 'lain', 'default'], ['default', 'default'], ['lain']])
    expect((await app.http.get('/api/v1/moderation/events')).status).toBe(401)
    expect((await app.http.get('/api/v1/moderation/events?site=default').set(await app.keyFor('moderator', 'lain'))).status).toBe(404)
  })

  test('tells of a reader’s report', async () => {
    const app = await startApp({ kind })
    const { key, published } = await openDesk(app)
    const { id } = await published()
    const page = await listen(app, key)
    await app.http.post(`/api/v1/sites/default/comments/${id}/reports`).send({})
    await eventually(
      async () => page.told().at(-1)?.reported,
      (reported) => reported === 1,
    )
  })

  test('ends when the server stops, and has no more than 20 pages of one person', async () => {
    const app = await startApp({ kind })
    const { key } = await openDesk(app)
    const pages = await Promise.all(Array.from({ length: 20 }, () => listen(app, key)))
    expect((await listen(app, key)).status).toBe(429)
    expect((await app.http.head('/api/v1/moderation/events').set(key)).status).toBe(200)
    expect(app.deps.live.listeners()).toBe(20)
    app.deps.live.close()
    await eventually(
      async () => pages.filter((page) => page.hasEnded()).length,
      (ended) => ended === 20,
    )
    expect((await listen(app, key)).status).toBe(503)
    expect(app.deps.live.listeners()).toBe(0)
  })
})

test('the live queue hears of what other replicas take in', async () => {
  const databaseUrl = await createDatabase('postgresql')
  const [one, other] = [await startApp({ databaseUrl }), await startApp({ databaseUrl })]
  const { key } = await openDesk(one)
  const page = await listen(one, key)
  await other.reply()
  await eventually(
    async () => page.told().at(-1)?.pending,
    (pending) => pending === 1,
  )
})
