import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import Database from 'better-sqlite3'
import { recognise } from '../../../src/transfer/import/guess.ts'
import { waline } from '../../../src/transfer/import/readers/waline.ts'
import { read, withFile } from './read.ts'

const base = 'https://berita.example'

/** Tables and rows as Waline's own file has them: of a date that Waline sets nothing arrives, so the tables' defaults fill it in. */
const database = (...rows: string[]): Promise<Buffer> =>
  withFile('', async (file) => {
    const opened = new Database(file)
    opened.exec(`
      CREATE TABLE "wl_Comment" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "user_id" INTEGER, "comment" TEXT,
        "insertedAt" DATETIME DEFAULT (datetime('now', 'localtime')), "ip" TEXT, "link" TEXT, "mail" TEXT, "nick" TEXT, "rid" INTEGER, "pid" INTEGER,
        "sticky" NUMERIC, "status" TEXT NOT NULL, "like" INTEGER, "ua" TEXT, "url" TEXT,
        "createdAt" DATETIME DEFAULT (datetime('now', 'localtime')), "updatedAt" DATETIME DEFAULT (datetime('now', 'localtime')));
      CREATE TABLE "wl_Counter" ("id" INTEGER PRIMARY KEY, "time" INTEGER, "url" TEXT);
      CREATE TABLE "wl_Users" ("id" INTEGER PRIMARY KEY AUTOINCREMENT, "display_name" TEXT NOT NULL DEFAULT "", "email" TEXT NOT NULL DEFAULT "",
        "password" TEXT NOT NULL DEFAULT "", "type" TEXT NOT NULL DEFAULT "", "url" TEXT);
      INSERT INTO "wl_Users" VALUES (3, 'Redaksi', 'redaksi@example.org', 'rahasia', 'administrator', 'https://berita.example');
    `)
    for (const row of rows)
      opened.exec(
        `INSERT INTO "wl_Comment" (id, user_id, comment, insertedAt, ip, link, mail, nick, rid, pid, sticky, status, "like", url) VALUES (${row})`,
      )
    opened.close()
    return readFile(file)
  })

describe("Waline's SQLite file", () => {
  test('gives comments with every field, and the names of the people who signed in', async () => {
    const bytes = await database(
      `7, NULL, 'Halo *semua*', '2026-01-01 08:00:00', '203.0.113.7', 'https://sari.example', 'sari@example.org', 'Sari', NULL, NULL, 1, 'approved', 4, '/kereta/'`,
      `8, 3, 'Terima kasih', 1767225600123, '', '', '', NULL, 7, 7, NULL, 'waiting', NULL, '/kereta/'`,
      `9, NULL, 'Beli', '2026-01-01 08:00:00', '', '', '', 'Judi', 7, 8, 0, 'spam', NULL, '/kereta/'`,
    )
    const { all, comments, error } = await read(waline, bytes, { base })
    expect(error).toBeNull()
    expect(all.slice(0, 2)).toEqual([
      { type: 'thread', at: { row: 'wl_Comment row 7' }, externalId: '/kereta/', url: `${base}/kereta/`, title: null },
      {
        type: 'comment',
        at: { row: 'wl_Comment row 7' },
        externalId: '7',
        threadExternalId: '/kereta/',
        parentExternalId: null,
        status: 'approved',
        author: { name: 'Sari', email: 'sari@example.org', website: 'https://sari.example', ip: '203.0.113.7', isModerator: false },
        body: 'Halo *semua*',
        markup: 'markdown',
        createdAt: new Date('2026-01-01T08:00:00Z'),
        editedAt: null,
      },
    ])
    expect(comments.slice(1)).toMatchObject([
      {
        parentExternalId: '7',
        status: 'pending',
        author: { name: 'Redaksi', email: 'redaksi@example.org', isModerator: true },
        createdAt: new Date('2026-01-01T00:00:00.123Z'),
      },
      { parentExternalId: '8', status: 'spam' },
    ])
    expect(await withFile(bytes, (file) => recognise({ file, wished: 'auto' }))).toBe('waline')
  })

  test('is refused by name where the tables are others', async () => {
    const other = await withFile('', async (file) => {
      const opened = new Database(file)
      opened.exec('CREATE TABLE wl_Users (id INTEGER PRIMARY KEY)')
      opened.close()
      return readFile(file)
    })
    expect((await read(waline, other, { base })).error).toContain('no table "wl_Comment"')
  })
})
