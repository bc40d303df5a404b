import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { connect } from '../../src/database/connect.ts'
import { DatabaseIsNewer, migrate, MIGRATIONS_DIR } from '../../src/database/migrate.ts'
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

  test('a later migration is applied to a database that holds data, and a program without it then refuses', async () => {
    const url = await createDatabase(kind)
    const before = await connect({ url })
    await before.write((tx) => tx.meta.create({ data: { key: 'before', value: 'kept' } }))
    await before.close()
    const newer = await mkdtemp(join(tmpdir(), 'balas-newer-'))
    await cp(MIGRATIONS_DIR, newer, { recursive: true })
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
