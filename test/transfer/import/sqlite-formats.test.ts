import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { cusdis } from '../../../src/transfer/import/readers/cusdis.ts'
import { isso } from '../../../src/transfer/import/readers/isso.ts'
import { NEEDS_BASE, read, readFrom, withFile } from './read.ts'

const base = 'https://berita.example'

/** The bytes of a database after these statements. */
const database = (...statements: string[]): Promise<Buffer> =>
  withFile('', async (file) => {
    const opened = new Database(file)
    opened.pragma('foreign_keys = OFF')
    for (const statement of statements) opened.exec(statement)
    opened.close()
    return readFile(file)
  })

describe("Isso's database", () => {
  const schema = `
    CREATE TABLE preferences (key VARCHAR PRIMARY KEY, value VARCHAR);
    CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
    CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL, modified FLOAT,
      mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR,
      likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);
    CREATE TRIGGER remove_stale_threads AFTER DELETE ON comments BEGIN DELETE FROM threads WHERE id NOT IN (SELECT tid FROM comments); END;
    INSERT INTO threads VALUES (1, '/1/', 'Satu'), (2, 'https://lain.example/2', NULL);
  `
  const comment = (values: string) =>
    `INSERT INTO comments (tid, id, parent, created, modified, mode, remote_addr, text, author, email, website, voters) VALUES (${values}, x'00ff')`
  const whole = comment(
    "1, 7, 3, 1616066987.5, 1616067000, 1, '203.0.113.0', 'Halo *semua*', 'Sari', 'sari@example.org', 'https://sari.example'",
  )

  test('gives threads and every field of the comments', async () => {
    const { all, error } = await read(isso, await database(schema, whole), { base })
    expect(error).toBeNull()
    expect(all).toEqual([
      { type: 'thread', at: { row: 'threads row 1' }, externalId: '1', url: `${base}/1/`, title: 'Satu' },
      { type: 'thread', at: { row: 'threads row 2' }, externalId: '2', url: 'https://lain.example/2', title: null },
      {
        type: 'comment',
        at: { row: 'comments row 7' },
        externalId: '7',
        threadExternalId: '1',
        parentExternalId: '3',
        createdAt: new Date(1616066987500),
        status: 'approved',
        author: { name: 'Sari', email: 'sari@example.org', website: 'https://sari.example', ip: '203.0.113.0' },
        body: 'Halo *semua*',
        markup: 'markdown',
        editedAt: new Date(1616067000000),
      },
    ])
  })

  test('knows comments that wait, places of deleted ones, and writers without names', async () => {
    const rows = [
      comment("1, 1, NULL, 1616066987, NULL, 2, NULL, 'a', NULL, NULL, NULL"),
      comment("1, 2, NULL, 1616066987, NULL, 4, NULL, '', NULL, 'x@example.org', NULL"),
    ]
    const { comments } = await read(isso, await database(schema, ...rows), { base })
    expect(comments).toMatchObject([
      { status: 'pending', parentExternalId: null, author: { name: '', email: null, website: null, ip: null }, editedAt: null },
      { status: 'removed', author: { email: null } },
    ])
  })

  test('has comments skipped by row: no base for their path, no thread, too long', async () => {
    const rows = [
      comment("1, 1, NULL, 1616066987, NULL, 1, NULL, 'a', NULL, NULL, NULL"),
      comment("9, 2, NULL, 1616066987, NULL, 1, NULL, 'a', NULL, NULL, NULL"),
      comment('2, 3, NULL, 1616066987, NULL, 1, NULL, hex(zeroblob(600000)), NULL, NULL, NULL'),
      comment("2, 4, NULL, 1616066987, NULL, 1, NULL, 'baik', NULL, NULL, NULL"),
    ]
    const { skipped, comments } = await read(isso, await database(schema, ...rows))
    expect(skipped.map(({ at, reason }) => [at.row, reason])).toEqual([
      ['comments row 1', NEEDS_BASE],
      ['comments row 2', 'article-missing'],
      ['comments row 3', 'too-long'],
    ])
    expect(comments.map(({ body }) => body)).toEqual(['baik'])
  })

  test('of an old version, without the later columns, is read', async () => {
    const old = `CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR);
      CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, voters BLOB);
      INSERT INTO threads VALUES (1, '/1'); INSERT INTO comments VALUES (1, 1, NULL, 1616066987, 1, '', 'Halo', x'00');`
    expect((await read(isso, await database(old), { base })).comments).toMatchObject([{ body: 'Halo', author: { name: '' } }])
  })

  test('in WAL mode, packed or not, is read without a file beside it and without being changed', async () => {
    const bytes = await database('PRAGMA journal_mode = WAL', schema, whole)
    expect(bytes[18]).toBe(2)
    await withFile(bytes, async (file) => {
      expect((await readFrom(isso, file, { base })).comments).toHaveLength(1)
      expect(await readdir(dirname(file))).toEqual(['file'])
      expect((await readFile(file)).equals(bytes)).toBe(true)
      await writeFile(file, gzipSync(bytes))
      expect((await readFrom(isso, file, { base })).comments).toHaveLength(1)
    })
  })

  test('is refused when a table is a view or computed, so that nothing in it is run', async () => {
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, i AS tid FROM n'
    const threads =
      "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR, title VARCHAR, remote_addr); INSERT INTO threads VALUES (1, '/1', '', '')"
    expect((await read(isso, await database(threads, `CREATE VIEW comments AS ${endless}`), { base })).error).toBe(
      '"comments" is no plain table in this database.',
    )
    const computed = 'CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, mode, text GENERATED ALWAYS AS (hex(zeroblob(1000))))'
    const { comments, error } = await read(
      isso,
      await database(threads, computed, 'INSERT INTO comments (tid, id, mode) VALUES (1, 1, 1)'),
      { base },
    )
    expect([error, comments[0]?.body]).toEqual([null, ''])
  })

  test('is refused when it is damaged, cut off, without its tables, or something else', async () => {
    const rows = Array.from({ length: 300 }, (_, at) =>
      comment(`1, ${at + 1}, NULL, 1616066987, NULL, 1, NULL, '${'x'.repeat(500)}', NULL, NULL, NULL`),
    )
    const bytes = await database(schema, ...rows)
    expect((await read(isso, bytes.subarray(0, 40_000), { base })).error).toContain('damaged')
    const holed = Buffer.from(bytes)
    holed.fill(0xff, 30_000, 60_000)
    const found = await read(isso, holed, { base })
    expect(found.error).toContain('damaged')
    expect((await read(isso, await database('CREATE TABLE comments (remote_addr)'))).error).toBe('The database has no table "threads".')
    expect((await read(isso, 'id,url,body\n')).error).toContain('not an SQLite database')
    expect((await read(isso, '<disqus xmlns="http://disqus.com">')).error).toContain('a Disqus export')
  })
})

describe("Cusdis' data", () => {
  const schema = `
    CREATE TABLE projects (id TEXT PRIMARY KEY, title TEXT NOT NULL);
    CREATE TABLE pages (id TEXT PRIMARY KEY, slug TEXT NOT NULL, url TEXT, title TEXT, created_at DATETIME DEFAULT CURRENT_TIMESTAMP, projectId TEXT);
    CREATE TABLE comments (id TEXT PRIMARY KEY, pageId TEXT NOT NULL, created_at DATETIME DEFAULT CURRENT_TIMESTAMP, updated_at DATETIME, deletedAt DATETIME,
      moderatorId TEXT, by_email TEXT, by_nickname TEXT NOT NULL, content TEXT NOT NULL, approved BOOLEAN NOT NULL DEFAULT false, parentId TEXT);
    INSERT INTO pages VALUES ('p1', 'satu', 'https://berita.example/1', 'Satu', 1616066987123, 'x'), ('p2', 'dua', NULL, NULL, '2021-03-18 11:29:47', 'x');
  `
  const columns = '(id, pageId, created_at, deletedAt, moderatorId, by_email, by_nickname, content, approved, parentId)'
  const comment = (values: string) => `INSERT INTO comments ${columns} VALUES (${values})`

  test('as SQLite gives pages and every field of the comments, in the order they were written', async () => {
    const rows = [
      comment("'b', 'p1', 1616066987123, NULL, NULL, 'sari@example.org', 'Sari', 'Halo', 1, 'a'"),
      comment("'a', 'p1', '2021-03-18 11:29:47', NULL, 'm', NULL, 'Admin', 'Ya', 0, NULL"),
      comment("'c', 'p1', 1616066987123, 1616066987124, NULL, NULL, 'Sari', 'Rahasia', 1, NULL"),
      comment("'d', 'p2', 1616066987123, NULL, NULL, NULL, 'Sari', 'x', 1, NULL"),
    ]
    const { threads, comments, skipped, error } = await read(cusdis, await database(schema, ...rows))
    expect(error).toBeNull()
    expect(threads).toEqual([
      { type: 'thread', at: { row: 'pages row 1' }, externalId: 'p1', url: `${base}/1`, title: 'Satu', createdAt: new Date(1616066987123) },
    ])
    expect(comments).toMatchObject([
      {
        at: { row: 'comments row 1' },
        externalId: 'b',
        threadExternalId: 'p1',
        parentExternalId: 'a',
        status: 'approved',
        author: { name: 'Sari', email: 'sari@example.org', isModerator: false },
        body: 'Halo',
        markup: 'markdown',
        createdAt: new Date(1616066987123),
      },
      { externalId: 'a', status: 'pending', author: { name: 'Admin', isModerator: true }, createdAt: new Date('2021-03-18T11:29:47Z') },
      { externalId: 'c', status: 'removed', body: '', author: { name: '' } },
    ])
    expect(skipped.map(({ externalId, reason }) => [externalId, reason])).toEqual([['d', NEEDS_BASE]])
  })

  test('as JSON is read whatever table comes first, by the names of the models too', async () => {
    const dump = {
      comments: [
        {
          id: 'a',
          pageId: 'p1',
          createdAt: '2021-03-18T11:29:47.000Z',
          by_nickname: 'Sari',
          by_email: null,
          content: 'Halo',
          approved: true,
          deletedAt: null,
        },
        { id: 'b', pageId: 'p9', by_nickname: 'Sari', content: 'x' },
        { pageId: 'p1' },
      ],
      pages: [{ id: 'p1', slug: '/1', url: null, title: 'Satu' }],
    }
    const { threads, comments, skipped } = await read(cusdis, JSON.stringify(dump), { base })
    expect(threads.map(({ url }) => url)).toEqual([`${base}/1`])
    expect(comments).toMatchObject([{ externalId: 'a', status: 'approved', createdAt: new Date('2021-03-18T11:29:47Z') }])
    expect(skipped.map(({ reason }) => reason)).toEqual(['article-missing', 'no-id'])
  })
})
