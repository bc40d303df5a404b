import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { connect, type Database } from '../../src/database/connect.ts'
import { newId } from '../../src/ids.ts'
import { CannotUnseal, place, seal } from '../../src/privacy/sealed.ts'
import { deriveKeys } from '../../src/privacy/secret.ts'
import { type ExportOptions, exportSite } from '../../src/transfer/export.ts'
import { createDatabase, eachDatabase } from '../support/databases.ts'
import { addComments, addSite, commentRow, keys, second, textOf } from './history.ts'
import { readCsv } from './read-csv.ts'

const exported = (db: Database, options: Partial<ExportOptions> & { siteId: string }) =>
  textOf(exportSite({ client: db.read, keys, options: { format: 'ndjson', emails: false, ...options } }))

interface Line {
  type: string
  id: string
  [field: string]: unknown
}
const linesOf = (text: string) => text.trimEnd().split('\n').map((line) => JSON.parse(line) as Line)
const idsOf = (lines: Line[], type: string) => lines.filter((line) => line.type === type).map(({ id }) => id)

/** A small history with something of everything in it. */
async function seed(db: Database) {
  const site = await addSite(db, { key: 'blog', threads: 2, settings: { mode: 'publish-all', holdWords: ['judi'] } })
  const [one = '', two = ''] = site.threadIds
  const row = { siteId: site.siteId, threadId: one }
  const approved = commentRow({
    ...row, at: second(10), name: 'Budi "B" 😀', email: 'budi@example.org', website: 'https://budi.example/', body: '=1+1\nשלום', browserIndex: 'BROWSERINDEX',
    networkIndex: 'NETWORKINDEX', ipSealed: 'IPSEALED', editedAt: second(50), verdicts: [{ reason: 'two links', check: 'links', outcome: 'hold', facts: { links: 2, limit: 1 } }],
  })
  const reply = commentRow({ ...row, at: second(20), status: 'pending', parentId: approved.id, email: 'ani@example.org' })
  const spam = commentRow({ ...row, threadId: two, at: second(30), status: 'spam', name: 'Judi' })
  const removed = commentRow({ ...row, threadId: two, at: second(40), status: 'removed', name: '', body: '', html: '' })
  await addComments(db, [removed, spam, reply, approved])
  await db.write(async (tx) => {
    await tx.history.createMany({
      data: [
        { id: newId(second(60)), commentId: approved.id, at: second(60), actorId: 'user:1', actorName: 'Moderator', action: 'approve', from: 'pending', to: 'approved', version: 2 },
        { id: newId(second(61)), commentId: approved.id, at: second(61), actorId: 'key:2', actorName: 'Bot', action: 'edit', from: 'approved', to: 'approved', reason: 'typo', version: 3 },
      ],
    })
    await tx.revision.create({ data: { id: newId(second(70)), commentId: approved.id, state: 'waiting', body: 'baru', html: '<p>baru</p>', sanitizer: 1, verdicts: [], createdAt: second(70) } })
  })
  return { ...site, one, two, approved, reply, spam, removed }
}

eachDatabase('an export', (open) => {
  test('as NDJSON has header, threads, comments with all that was done about them, and a trailer that proves it is whole', async () => {
    const db = await open()
    const { siteId, one, two, approved, reply, spam, removed } = await seed(db)
    const text = await exported(db, { siteId })
    const lines = linesOf(text)

    expect(lines[0]).toEqual({
      type: 'header', format: 'balas', version: 1, emails: false, filter: { status: null, since: null },
      site: { key: 'blog', name: 'Situs blog', locale: 'id', settings: { holdWords: ['judi'], mode: 'publish-all' } },
    })
    expect(lines.slice(1, 3)).toEqual([
      { type: 'thread', id: one, url: 'https://blog.example/blog/0', title: 'Artikel 0', open: true, createdAt: '2026-03-01T08:00:00.000Z' },
      { type: 'thread', id: two, url: 'https://blog.example/blog/1', title: 'Artikel 1', open: true, createdAt: '2026-03-01T08:00:01.000Z' },
    ])
    expect(idsOf(lines, 'comment')).toEqual([approved.id, reply.id, spam.id, removed.id])
    expect(lines[3]).toEqual({
      type: 'comment', id: approved.id, threadId: one, url: 'https://blog.example/blog/0', parentId: null, status: 'approved',
      author: { name: 'Budi "B" 😀', website: 'https://budi.example/' }, moderatorId: null, pageTitle: null, body: '=1+1\nשלום', html: '<p>=1+1\nשלום</p>',
      createdAt: '2026-03-01T08:00:10.000Z', editedAt: '2026-03-01T08:00:50.000Z', reports: 0,
      verdicts: [{ check: 'links', facts: { limit: 1, links: 2 }, outcome: 'hold', reason: 'two links' }],
      revisions: [{ state: 'waiting', body: 'baru', html: '<p>baru</p>', replacedBody: null, replacedHtml: null, verdicts: [], createdAt: '2026-03-01T08:01:10.000Z' }],
      history: [
        { at: '2026-03-01T08:01:00.000Z', actor: 'Moderator', actorId: 'user:1', action: 'approve', from: 'pending', to: 'approved', reason: null },
        { at: '2026-03-01T08:01:01.000Z', actor: 'Bot', actorId: 'key:2', action: 'edit', from: 'approved', to: 'approved', reason: 'typo' },
      ],
    })
    expect(lines[4]).toMatchObject({ parentId: approved.id, status: 'pending', history: [], revisions: [] })
    expect(lines[6]).toMatchObject({ status: 'removed', author: { name: '' }, body: '' })
    const beforeTrailer = text.slice(0, text.lastIndexOf('{"type":"trailer"'))
    expect(lines.at(-1)).toEqual({ type: 'trailer', count: 4, sha256: createHash('sha256').update(beforeTrailer).digest('hex') })
  })

  test('as JSON is one document with the same records', async () => {
    const db = await open()
    const { siteId } = await seed(db)
    const lines = linesOf(await exported(db, { siteId }))
    const records = (type: string) => lines.filter((line) => line.type === type).map(({ type: _, ...record }) => record)
    expect(JSON.parse(await exported(db, { siteId, format: 'json' }))).toEqual({
      ...records('header')[0], threads: records('thread'), comments: records('comment'), count: 4,
    })
  })

  test('as CSV has a row for each comment', async () => {
    const db = await open()
    const { siteId, approved } = await seed(db)
    const [names, first, ...rest] = readCsv(await exported(db, { siteId, format: 'csv' }))
    expect(names).toEqual(['id', 'url', 'title', 'parentId', 'status', 'authorName', 'authorWebsite', 'body', 'createdAt', 'editedAt'])
    expect(first).toEqual([
      approved.id, 'https://blog.example/blog/0', 'Artikel 0', '', 'approved', 'Budi "B" 😀', 'https://budi.example/', "'=1+1\nשלום", '2026-03-01T08:00:10.000Z', '2026-03-01T08:00:50.000Z',
    ])
    expect(rest).toHaveLength(3)
  })

  test.each(['ndjson', 'json', 'csv'] as const)('as %s holds addresses only when asked for, and never anything of a network or a browser', async (format) => {
    const db = await open()
    const { siteId, approved } = await seed(db)
    const stolen = await exported(db, { siteId, format })
    expect(stolen).not.toMatch(/@example\.org/)
    expect(stolen).not.toContain(String(approved.emailSealed))
    const full = await exported(db, { siteId, format, emails: true })
    expect(full).toContain('budi@example.org')
    expect(full).toContain('ani@example.org')
    for (const text of [stolen, full]) expect(text).not.toMatch(/BROWSERINDEX|NETWORKINDEX|IPSEALED/)
  })

  test('with addresses says so, and has null for a comment without one', async () => {
    const db = await open()
    const { siteId } = await seed(db)
    const lines = linesOf(await exported(db, { siteId, emails: true }))
    expect(lines[0]).toMatchObject({ emails: true })
    expect(lines.filter(({ type }) => type === 'comment').map(({ author }) => (author as { email: unknown }).email)).toEqual(['budi@example.org', 'ani@example.org', null, null])
  })

  test('with addresses fails when one was sealed with another secret, rather than leave it out', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'blog' })
    const row = commentRow({ siteId, threadId: threadIds[0] ?? '', at: second(1) })
    await addComments(db, [{ ...row, emailSealed: seal({ keys: deriveKeys('another secret'), place: place('Comment.email', row.id), value: 'x@example.org' }) }])
    await expect(exported(db, { siteId, emails: true })).rejects.toThrow(CannotUnseal)
  })

  test('of a status or since a time has those comments, and only the threads that they stand in', async () => {
    const db = await open()
    const { siteId, one, two, approved, reply, spam, removed } = await seed(db)
    const pending = linesOf(await exported(db, { siteId, status: 'pending' }))
    expect([idsOf(pending, 'thread'), idsOf(pending, 'comment')]).toEqual([[one], [reply.id]])
    expect(pending[0]).toMatchObject({ filter: { status: 'pending', since: null } })

    const late = linesOf(await exported(db, { siteId, since: second(30) }))
    expect([idsOf(late, 'thread'), idsOf(late, 'comment')]).toEqual([[two], [spam.id, removed.id]])
    expect(late[0]).toMatchObject({ filter: { status: null, since: '2026-03-01T08:00:30.000Z' } })
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

  test('of a site that is not there fails', async () => {
    await expect(exported(await open(), { siteId: newId(second(0)) })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('over many pages has every comment of the site once, in the order of their ids, and the same bytes again', async () => {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'blog', threads: 1100 })
    const other = await addSite(db, { key: 'other' })
    const states = ['approved', 'pending', 'spam', 'rejected', 'removed']
    const rows = Array.from({ length: 1700 }, (_, n) => commentRow({ siteId, threadId: threadIds[(n * 7) % 1100] ?? '', at: second(n), status: states[n % 5] ?? '', body: `nomor ${n}` }))
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
    await addComments(db, Array.from({ length: 600 }, (_, n) => commentRow({ ...row, at: second(n) })))
    let text = ''
    let late = 600
    for await (const chunk of exportSite({ client: db.read, keys, options: { siteId, format: 'ndjson', emails: false } })) {
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
  sites: await read.site.findMany(), threads: await read.thread.findMany(), comments: await read.comment.findMany(),
  history: await read.history.findMany(), revisions: await read.revision.findMany(),
})

async function writeAll(db: Database, { sites, threads, comments, history, revisions }: Awaited<ReturnType<typeof readAll>>) {
  const json = (value: unknown) => value as object
  await db.write(async (tx) => {
    await tx.site.createMany({ data: sites.map((site) => ({ ...site, allowedOrigins: json(site.allowedOrigins), settings: json(site.settings) })) })
    await tx.thread.createMany({ data: threads })
    await tx.comment.createMany({ data: comments.map((comment) => ({ ...comment, verdicts: json(comment.verdicts) })) })
    await tx.history.createMany({ data: history })
    await tx.revision.createMany({ data: revisions.map((revision) => ({ ...revision, verdicts: json(revision.verdicts) })) })
  })
}
