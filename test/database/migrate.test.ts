import { cp, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { connect } from '../../src/database/connect.ts'
import { DatabaseIsNewer } from '../../src/database/ledger.ts'
import { migrate } from '../../src/database/migrate.ts'
import { migrationsFolder } from '../../src/program-files.ts'
import { createDatabase } from '../support/databases.ts'
import pg from 'pg'

async function emptyDatabase(kind: 'sqlite' | 'postgresql'): Promise<string> {
  if (kind === 'sqlite') return `file:${join(await mkdtemp(join(tmpdir(), 'balas-migrate-')), 'new.db')}`
  const server = process.env['BALAS_TEST_POSTGRES'] ?? ''
  const name = `empty_${process.pid}_${Date.now()}`
  const client = new pg.Client(server)
  await client.connect()
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  return server.replace(/\/postgres$/, `/${name}`)
}

/** A site, an article and a comment as the first migration's tables hold them. */
const OLD_ROWS = [
  `INSERT INTO "Site" ("id", "key", "name", "locale", "allowedOrigins", "settings", "createdAt") VALUES ('s', 's', 'S', 'id', '[]', '{}', '2026-01-01')`,
  `INSERT INTO "Thread" ("id", "siteId", "url", "approvedCount", "createdAt") VALUES ('t', 's', 'https://a.example/x/', 3, '2026-01-01')`,
  `INSERT INTO "Comment" ("id", "siteId", "threadId", "rootId", "depth", "path", "status", "shown", "name", "body", "html", "sanitizer", "folded", "verdicts", "createdAt")
   VALUES ('c', 's', 't', 'c', 0, 'c', 'approved', true, 'B', 'b', 'b', 1, 'b', '[]', '2026-01-01')`,
]

describe.each(['sqlite', 'postgresql'] as const)('migrating %s', (kind) => {
  test('two processes that start at once both find it migrated, once', async () => {
    const url = await emptyDatabase(kind)
    const applied = await Promise.all([migrate({ url }), migrate({ url })])
    expect(applied.flat().length).toBeGreaterThan(0)
    expect(new Set(applied.flat()).size).toBe(applied.flat().length)
    const db = await connect({ url })
    expect(await db.read.site.count()).toBe(0)
    await db.close()
  })

  test('a second start applies nothing and works beside a live server', async () => {
    const url = await createDatabase(kind)
    const live = await connect({ url })
    await live.write((tx) => tx.meta.create({ data: { key: 'live', value: 'yes' } }))
    expect(await migrate({ url })).toEqual([])
    await live.write((tx) => tx.meta.create({ data: { key: 'still', value: 'yes' } }))
    await live.close()
  })

  test('keeps threads and comments from before they had keys: each is found by its address', async () => {
    const url = await emptyDatabase(kind)
    const older = await mkdtemp(join(tmpdir(), 'balas-older-'))
    const [first = ''] = (await readdir(join(migrationsFolder(), kind))).toSorted()
    await cp(join(migrationsFolder(), kind, first), join(older, kind, first), { recursive: true })
    expect(await migrate({ url, migrationsDir: older })).toEqual([first])
    const before = await connect({ url })
    for (const row of OLD_ROWS) await before.write((tx) => tx.$executeRawUnsafe(row))
    await before.close()

    await migrate({ url })
    const db = await connect({ url })
    expect(await db.read.thread.findMany({ select: { id: true, url: true, key: true, approvedCount: true } })).toEqual([
      { id: 't', url: 'https://a.example/x/', key: 'https://a.example/x/', approvedCount: 3 },
    ])
    expect(await db.read.comment.findMany({ select: { id: true, threadId: true } })).toEqual([{ id: 'c', threadId: 't' }])
    const twin = { siteId: 's', url: 'https://a.example/', key: 'https://a.example/x/', createdAt: new Date(0) }
    await expect(db.write((tx) => tx.thread.create({ data: { id: 'u', ...twin } }))).rejects.toMatchObject({ code: 'P2002' })
    await expect(db.write((tx) => tx.thread.create({ data: { id: 'v', ...twin, siteId: 'none', key: 'y' } }))).rejects.toMatchObject({
      code: 'P2003',
    })
    await db.close()
  })

  test('a later migration is applied to a database that holds data, and a program without it then refuses', async () => {
    const url = await createDatabase(kind)
    const before = await connect({ url })
    await before.write((tx) => tx.meta.create({ data: { key: 'before', value: 'kept' } }))
    await before.close()
    const newer = await mkdtemp(join(tmpdir(), 'balas-newer-'))
    await cp(migrationsFolder(), newer, { recursive: true })
    await mkdir(join(newer, kind, '29991231000000_future'))
    await writeFile(
      join(newer, kind, '29991231000000_future', 'migration.sql'),
      'CREATE TABLE "Future" ("id" TEXT NOT NULL PRIMARY KEY);\n',
    )

    expect(await migrate({ url, migrationsDir: newer })).toEqual(['29991231000000_future'])
    const after = await connect({ url })
    expect(await after.read.meta.findUnique({ where: { key: 'before' } })).toEqual({ key: 'before', value: 'kept' })
    await after.close()
    await expect(migrate({ url })).rejects.toThrow(DatabaseIsNewer)
  })
})
