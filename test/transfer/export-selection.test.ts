import { describe, expect, test } from '@jest/globals'
import { connect, type Database } from '../../src/database/connect.ts'
import { exportSite } from '../../src/transfer/export.ts'
import { startApp } from '../support/app.ts'
import { createDatabase, eachDatabase } from '../support/databases.ts'
import { addComments, addSite, commentRow, keys, second, SECRET } from './history.ts'
import { readCsv } from './read-csv.ts'
import { exported, idsOf, linesOf, optionsFor, seed } from './seed.ts'

eachDatabase('an export', (open) => {
  test('of a status or since a time has those comments, and only the threads that they stand in', async () => {
    const db = await open()
    const { siteId, one, two, approved, reply, spam, removed } = await seed(db)
    const pending = linesOf(await exported(db, { siteId, status: 'pending' }))
    expect([idsOf(pending, 'thread'), idsOf(pending, 'comment')]).toEqual([[one], [reply.id]])
    expect(pending[0]).toMatchObject({ filter: { status: 'pending', since: null, until: null, url: null } })

    const late = linesOf(await exported(db, { siteId, since: second(30) }))
    expect([idsOf(late, 'thread'), idsOf(late, 'comment')]).toEqual([[two], [spam.id, removed.id]])
    expect(late[0]).toMatchObject({ filter: { status: null, since: '2026-03-01T08:00:30.000Z', until: null, url: null } })
    expect(late.at(-1)).toMatchObject({ count: 2 })

    const both = linesOf(await exported(db, { siteId, status: 'approved', since: second(10) }))
    expect([idsOf(both, 'thread'), idsOf(both, 'comment')]).toEqual([[one], [approved.id]])
    const none = linesOf(await exported(db, { siteId, status: 'approved', since: second(11) }))
    expect(none.map(({ type }) => type)).toEqual(['header', 'trailer'])
  })

  test('of a site without comments has its threads; of one without anything, header and trailer', async () => {
    const db = await open()
    const quiet = await addSite(db, { key: 'quiet', threads: 1 })
    const empty = await addSite(db, { key: 'empty', threads: 0 })
    expect(linesOf(await exported(db, { siteId: quiet.siteId })).map(({ type }) => type)).toEqual(['header', 'thread', 'trailer'])
    expect(linesOf(await exported(db, { siteId: empty.siteId })).map(({ type }) => type)).toEqual(['header', 'trailer'])
    expect(JSON.parse(await exported(db, { siteId: empty.siteId, format: 'json' }))).toMatchObject({ threads: [], comments: [], count: 0 })
    expect(readCsv(await exported(db, { siteId: empty.siteId, format: 'csv' }))).toHaveLength(1)
  })

  test('over many pages has every comment of the site once, in the order of their ids, and the same bytes again', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'blog', threads: 1100 })
    const other = await addSite(db, { key: 'other' })
    const states = ['approved', 'pending', 'spam', 'rejected', 'removed']
    const rows = Array.from({ length: 1700 }, (_, n) =>
      commentRow({ siteId, threadId: threadIds[(n * 7) % 1100] ?? '', at: second(n), status: states[n % 5] ?? '', body: `nomor ${n}` }),
    )
    await addComments(db, rows.toReversed())
    await addComments(db, [commentRow({ siteId: other.siteId, threadId: other.threadIds[0] ?? '', at: second(5), body: 'rahasia' })])

    const text = await exported(db, { siteId })
    const lines = linesOf(text)
    expect(idsOf(lines, 'thread')).toEqual(threadIds)
    expect(idsOf(lines, 'comment')).toEqual(rows.map(({ id }) => id))
    expect(lines.at(-1)).toMatchObject({ count: 1700 })
    expect(text).not.toContain('rahasia')
    expect(await exported(db, { siteId })).toBe(text)
  })

  test('ends with the newest comment of its beginning, however many come in meanwhile', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'blog' })
    const row = { siteId, threadId: threadIds[0] ?? '', body: 'x'.repeat(1000) }
    await addComments(
      db,
      Array.from({ length: 600 }, (_, n) => commentRow({ ...row, at: second(n) })),
    )
    let text = ''
    let late = 600
    for await (const chunk of exportSite({ db, keys, options: await optionsFor(db, { siteId }) })) {
      text += Buffer.from(chunk).toString()
      await addComments(db, [commentRow({ ...row, at: second(late++) })])
    }
    expect(late).toBeGreaterThan(605)
    expect(linesOf(text).at(-1)).toMatchObject({ type: 'trailer', count: 600 })
  })
})

describe('the same history', () => {
  test('gives the same bytes from SQLite and from PostgreSQL', async () => {
    const texts: string[] = []
    let rows: Awaited<ReturnType<typeof readAll>> | undefined
    for (const kind of ['sqlite', 'postgresql'] as const) {
      const db = await connect({ url: await createDatabase(kind) })
      if (rows) await writeAll(db, rows)
      else await seed(db)
      rows = await readAll(db)
      texts.push(await exported(db, { siteId: rows.sites[0]?.id ?? '', emails: true }))
      await db.close()
    }
    expect(texts[1]).toBe(texts[0])
  })
})

const readAll = async ({ read }: Database) => ({
  sites: await read.site.findMany(),
  threads: await read.thread.findMany(),
  comments: await read.comment.findMany(),
  history: await read.history.findMany(),
  revisions: await read.revision.findMany(),
  reports: await read.report.findMany(),
})

async function writeAll(db: Database, { sites, threads, comments, history, revisions, reports }: Awaited<ReturnType<typeof readAll>>) {
  const json = (value: unknown) => value as object
  await db.write(async (tx) => {
    await tx.site.createMany({
      data: sites.map((site) => ({ ...site, allowedOrigins: json(site.allowedOrigins), settings: json(site.settings) })),
    })
    await tx.thread.createMany({ data: threads })
    await tx.comment.createMany({ data: comments.map((comment) => ({ ...comment, verdicts: json(comment.verdicts) })) })
    await tx.history.createMany({ data: history })
    await tx.report.createMany({ data: reports })
    await tx.revision.createMany({ data: revisions.map((revision) => ({ ...revision, verdicts: json(revision.verdicts) })) })
  })
}

describe('the endpoint', () => {
  test('takes a status, times, an article and a byte order mark, and names what it cannot take', async () => {
    const { http, deps, keyFor } = await startApp({ env: { SECRET } })
    const { one, two, approved, reply, spam, removed } = await seed(deps.db)
    const key = await keyFor('owner')
    const get = async (query: string) => (await http.get(`/api/v1/sites/blog/export?${query}`).set(key).buffer(true)).text
    const ids = async (query: string) => {
      const lines = linesOf(await get(query))
      return [idsOf(lines, 'thread'), idsOf(lines, 'comment')]
    }
    expect(await ids(`until=${second(30).toISOString()}`)).toEqual([[one], [approved.id, reply.id]])
    expect(await ids(`since=2026-03-01T15:00:20%2B07:00&until=${second(31).toISOString()}`)).toEqual([
      [one, two],
      [reply.id, spam.id],
    ])
    expect(await ids('url=http://www.blog.example/blog/1/')).toEqual([[two], [spam.id, removed.id]])
    expect(await ids('url=https://blog.example/blog/1&status=approved')).toEqual([[], []])
    expect(linesOf(await get('url=https://blog.example/blog/1'))[0]).toMatchObject({ filter: { url: 'https://blog.example/blog/1' } })
    expect(await get('format=csv&bom=true')).toMatch(/^\ufeff"id"/)

    const refused = async (query: string) => (await http.get(`/api/v1/sites/blog/export?${query}`).set(key).expect(422)).body.errors
    expect(await refused('url=https://blog.example/other')).toEqual([{ field: 'url', message: 'has no comments' }])
    for (const [query, field] of [
      ['until=yesterday', 'until'],
      ['format=xls', 'format'],
      ['status=removed', 'status'],
      ['after=1', 'after'],
    ] as const)
      expect(await refused(query)).toMatchObject([{ field }])
    await http.get('/api/v1/sites/blog/export').expect(401)
    await http
      .get('/api/v1/sites/blog/export')
      .set(await keyFor('moderator', 'blog'))
      .expect(403)
  })

  test('answers with a problem document when the file cannot be begun', async () => {
    const { http, deps, keyFor } = await startApp()
    await seed(deps.db) // sealed with another secret
    const answer = await http
      .get('/api/v1/sites/blog/export?emails=true')
      .set(await keyFor('owner'))
      .expect(500)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  })
})
