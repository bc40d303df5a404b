import { describe, expect, it } from '@jest/globals'
import { startApp, type TestApp } from '../support/app.ts'
import { createDatabase } from '../support/databases.ts'
import { openDesk } from '../moderation/desk.ts'
import { everythingStored } from './state.ts'

const path = (id: string, site = 'default') => `/api/v1/sites/${site}/comments/${id}/reports`
const browser = (n: number) => `browser-of-reader-${n}`
const PROXIED = { TRUST_PROXY: '1' }

/** An app with a moderator's desk and readers that report, each from a network of its own unless told otherwise. */
async function start(options: Parameters<typeof startApp>[0] = {}) {
  const app = await startApp({ env: PROXIED, ...options })
  await app.set({ submissionsPerMinute: 100_000, floodSeconds: 0 })
  const desk = await openDesk(app)
  let readers = 0
  const report = (id: string, body: object = {}, from?: string) =>
    app.http
      .post(path(id))
      .set('X-Forwarded-For', from ?? `198.51.${++readers}.7`)
      .send(body)
  const reported = async (query: Record<string, string | number> = {}) => desk.walk({ reported: 'true', ...query })
  return { ...app, desk, report, reported }
}

const rows = (app: Pick<TestApp, 'deps'>) => app.deps.db.read.report.findMany({ orderBy: { id: 'asc' } })

describe.each(['sqlite', 'postgresql'] as const)('a report of a comment (%s)', (kind) => {
  it('is kept, counted and shown to moderators, with what the reader said', async () => {
    const { desk, report, reported, deps, clock, ...app } = await start({ kind })
    const { id } = await desk.published()
    const other = await desk.published()
    const before = await desk.get(id)
    const versions = await deps.db.read.thread.findMany({ select: { version: true } })
    const answer = await report(id, { reason: ' Judi\r\nonline\u202e\u0007 ', browser: browser(1) })
    expect({ status: answer.status, body: answer.body, cache: answer.get('Cache-Control') }).toEqual({
      status: 202,
      body: {},
      cache: 'no-store',
    })
    clock.advance(60)
    const form = await app.http.post(path(id)).set('X-Forwarded-For', '203.0.113.9').type('form').send({ reason: '' })
    expect(form.status).toBe(202)

    const after = await desk.get(id)
    expect(after).toMatchObject({
      reports: 2,
      version: before.version,
      reportedFor: [
        { reason: null, at: '2026-11-23T05:01:00.000Z' },
        { reason: 'Judi\nonline', at: '2026-11-23T05:00:00.000Z' },
      ],
    })
    expect(await deps.db.read.thread.findMany({ select: { version: true } })).toEqual(versions)
    expect(await reported()).toEqual([id])
    expect(await desk.counts()).toMatchObject({ approved: 2, reported: 1 })
    expect(await desk.get(other.id)).toMatchObject({ reports: 0, reportedFor: [] })
  })

  it('counts once for a browser, once for a network that tells none, and three times for a network in all', async () => {
    const { desk, report, deps } = await start({ kind })
    const { id } = await desk.published()
    const count = async () => (await deps.db.read.comment.findUniqueOrThrow({ where: { id } })).reports
    for (const from of ['203.0.113.1', '198.51.100.1']) await report(id, { browser: browser(1) }, from)
    expect(await count()).toBe(1)
    for (const from of ['203.0.113.2', '203.0.113.3']) await report(id, {}, from)
    expect(await count()).toBe(2)
    for (let n = 2; n < 8; n++) await report(id, { browser: browser(n) }, `203.0.113.${n}`)
    expect(await count()).toBe(3)
    await report(id, { browser: browser(9) }, '2001:db8:77:aa01::1')
    expect(await count()).toBe(4)
    expect(await rows({ deps })).toHaveLength(4)
  })

  it('is counted right when many come at once', async () => {
    const { desk, report, deps } = await start({ kind })
    const { id } = await desk.published()
    await Promise.all(Array.from({ length: 12 }, (_, n) => report(id, { browser: browser(n % 6) }, `198.51.${n % 6}.1`)))
    await Promise.all(Array.from({ length: 9 }, (_, n) => report(id, { browser: browser(100 + n) }, '203.0.113.1')))
    expect((await deps.db.read.comment.findUniqueOrThrow({ where: { id } })).reports).toBe(9)
    expect(await rows({ deps })).toHaveLength(9)
  })

  it('answers the same and stores nothing where there is nothing to report', async () => {
    const app = await start({ kind })
    const { desk, report } = app
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const held = await desk.held()
    const spam = await desk.published()
    await desk.decide(spam.id, 'spam')
    const elsewhere = await desk.published({}, 'lain')
    const { id: shown } = await desk.published()
    const answers = []
    for (const id of [
      held,
      spam.id,
      elsewhere.id,
      held.toUpperCase(),
      held.replace(/.$/, 'g'),
      '%00',
      'x'.repeat(500),
      'tidak-ada',
      shown,
    ]) {
      const { status, body, headers } = await report(id)
      const { date: _date, 'x-request-id': _id, ...rest } = headers as Record<string, string>
      answers.push(JSON.stringify({ status, body, rest }))
    }
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toContain('"status":202,"body":{}')
    expect((await rows(app)).map(({ commentId }) => commentId)).toEqual([shown])
  })

  it('goes with the comment, and what it said with what the comment said', async () => {
    const app = await start({ kind })
    const { desk, report } = app
    const parent = await desk.published()
    const lone = await desk.published()
    await desk.published({ parentId: parent.id })
    await report(parent.id, { reason: 'rahasia dapur', browser: browser(1) })
    await report(lone.id, { reason: 'rahasia dapur', browser: browser(1) })
    expect(await everythingStored(app)).toContain('rahasia dapur')
    for (const { id } of [parent, lone]) expect((await desk.remove(id)).status).toBe(204)
    expect(await rows(app)).toEqual([])
    expect(await everythingStored(app)).not.toContain('rahasia dapur')
    expect((await app.deps.db.read.comment.findUniqueOrThrow({ where: { id: parent.id } })).reports).toBe(0)
  })

  it('is dismissed by a moderator, with a line of history, and does not come back from the same readers', async () => {
    const app = await start({ kind })
    const { desk, report, reported, http } = app
    const { id } = await desk.published()
    await report(id, { browser: browser(1) }, '203.0.113.1')
    const dismiss = () => http.delete(`/api/v1/moderation/comments/${id}/reports`).set(desk.key)
    const { version } = await desk.get(id)
    for (let time = 0; time < 2; time++) {
      const answer = await dismiss()
      expect({ status: answer.status, reports: answer.body.comment.reports }).toEqual({ status: 200, reports: 0 })
    }
    const after = await desk.get(id)
    expect(after).toMatchObject({ reports: 0, reportedFor: [], version, status: 'approved' })
    expect(await desk.counts()).toMatchObject({ reported: 0 })
    expect(after.history.filter(({ action }) => action === 'dismiss-reports')).toMatchObject([
      { at: '2026-11-23T05:00:00.000Z', actor: 'owner key', action: 'dismiss-reports', from: 'approved', to: 'approved', reason: null },
    ])
    expect(await reported()).toEqual([])
    await report(id, { browser: browser(1) }, '203.0.113.1')
    expect(await reported()).toEqual([])
    await report(id, { browser: browser(2) })
    expect(await reported()).toEqual([id])
  })

  it('is settled by a decision that takes the comment out of view, alone or among many, and stays so when that is undone', async () => {
    const app = await start({ kind })
    const { desk, report, reported } = app
    const { id: alone } = await desk.published()
    const { id: among } = await desk.published()
    const { id: stays } = await desk.published()
    for (const id of [alone, among, stays]) await report(id, { browser: browser(1) })
    expect(await reported({ limit: 2 })).toEqual([stays, among, alone])
    await desk.decide(stays, 'approve')
    expect((await desk.decide(alone, 'hold')).body.comment.reports).toBe(0)
    const { batch } = (await desk.batch([among], 'spam')).body as { batch: string }
    expect(await reported()).toEqual([stays])
    await desk.undo(batch)
    await desk.decide(alone, 'approve')
    expect(await reported()).toEqual([stays])
    expect((await rows(app)).map(({ commentId, dismissed }) => [commentId, dismissed])).toEqual([
      [alone, true],
      [among, true],
      [stays, false],
    ])
  })

  it('makes a list that is narrowed like all others, and shows each moderator their sites', async () => {
    const app = await start({ kind })
    const { desk, report, reported } = app
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const edited = await desk.published({ name: 'Budi', email: 'budi@reader.example', body: 'Setuju' })
    const { id: ani } = await desk.published({ name: 'Ani', body: 'Tidak setuju', url: 'https://berita.example/lain' })
    const { id: quiet } = await desk.published({ name: 'Budi', body: 'Setuju juga' })
    const { id: there } = await desk.published({}, 'lain')
    await desk.amend(edited, 'Diubah')
    for (const id of [edited.id, ani]) await report(id)
    await app.http.post(path(there, 'lain')).send({})
    expect(await reported({ limit: 1 })).toEqual([there, ani, edited.id])
    expect(await reported({ site: 'default' })).toEqual([ani, edited.id])
    expect(await reported({ status: 'pending' })).toEqual([edited.id])
    expect(await reported({ status: 'spam' })).toEqual([])
    expect(await reported({ q: 'setuju', site: 'default' })).toEqual([ani, edited.id])
    expect(await reported({ author: 'budi' })).toEqual([edited.id])
    expect(await reported({ author: 'budi@reader.example' })).toEqual([edited.id])
    expect(await reported({ url: 'https://berita.example/lain' })).toEqual([ani])
    expect(await desk.walk({ author: 'budi' })).toEqual([quiet, edited.id])
    const theirs = await openDesk(app, await app.keyFor('moderator', 'lain'))
    expect(await theirs.walk({ reported: 'true' })).toEqual([there])
  })
})

describe('reports', () => {
  it('refuse what is no report, from where it must not come, and for a site that is not', async () => {
    const { http, desk, deps } = await start()
    const { id } = await desk.published()
    const ask = async (body: object, site?: string) => {
      const { status, body: problem } = await http.post(path(id, site)).send(body)
      return [status, problem.errors?.[0]?.field]
    }
    expect(await ask({ reason: 'é'.repeat(1000) })).toEqual([202, undefined])
    expect(await ask({ reason: 'x'.repeat(1001) })).toEqual([422, 'reason'])
    expect(await ask({ reason: 'a\0b' })).toEqual([422, 'reason'])
    expect(await ask({ reason: 7 })).toEqual([422, 'reason'])
    expect(await ask({ browser: 'short' })).toEqual([422, 'browser'])
    expect(await ask({}, 'tidak-ada')).toEqual([404, undefined])
    await deps.sites.change(await deps.sites.byKey('default'), { allowedOrigins: ['https://berita.example'] })
    expect((await http.post(path(id)).set('Origin', 'https://lain.example').send({})).status).toBe(403)
    const own = await http.post(path(id)).set('Origin', 'https://berita.example').send({})
    expect([own.status, own.get('Access-Control-Allow-Origin')]).toEqual([202, 'https://berita.example'])
  })

  it('are twenty a minute from one network; of the next nothing is kept, and nothing is said', async () => {
    const { desk, report, deps, clock } = await start()
    const ids: string[] = []
    for (let n = 0; n < 22; n++) ids.push((await desk.published()).id)
    const answers = []
    for (const id of ids) answers.push(await report(id, {}, '203.0.113.1'))
    expect(
      new Set(
        answers.map(({ status, text, headers }) => JSON.stringify([status, text, headers['ratelimit-remaining'], headers['retry-after']])),
      ).size,
    ).toBe(1)
    expect(await rows({ deps })).toHaveLength(20)
    clock.advance(60)
    await report(ids[21] ?? '', {}, '203.0.113.1')
    expect(await rows({ deps })).toHaveLength(21)
  })

  it('name nobody to whoever steals the database', async () => {
    const app = await start()
    const { id } = await app.desk.published()
    await app.report(id, { browser: browser(1) }, '203.0.113.77')
    const [row] = await rows(app)
    expect(JSON.stringify(row)).not.toMatch(/203\.0|browser-of/)
  })

  it('share their bounds among servers on one database', async () => {
    const databaseUrl = await createDatabase('postgresql')
    const one = await start({ kind: 'postgresql', databaseUrl })
    const two = await start({ kind: 'postgresql', databaseUrl })
    const { id } = await one.desk.published()
    await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? one : two).report(id, { browser: browser(n) }, '203.0.113.1')))
    expect(await rows(one)).toHaveLength(3)
    expect((await one.desk.get(id)).reports).toBe(3)
  })
})
