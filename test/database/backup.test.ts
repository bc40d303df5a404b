import { once } from 'node:events'
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from '@jest/globals'
import SQLite from 'better-sqlite3'
import { backup, BackupRefused } from '../../src/database/backup.ts'
import { connect } from '../../src/database/connect.ts'
import { createDatabase } from '../support/databases.ts'

const emptyFolder = () => mkdtemp(join(tmpdir(), 'balas-backup-test-'))

/** Another thread that keeps writing to the same file until it is stopped. */
function keepWriting(url: string) {
  const acknowledged = new Int32Array(new SharedArrayBuffer(8))
  const worker = new Worker(new URL('steady-writer.mjs', import.meta.url), {
    workerData: { file: url.replace('file:', ''), acknowledged: acknowledged.buffer },
  })
  return {
    acknowledged: () => Atomics.load(acknowledged, 0),
    writtenMore: () => once(worker, 'message'),
    stop: async () => {
      Atomics.store(acknowledged, 1, 1)
      await once(worker, 'exit')
    },
  }
}

test('a copy made while another connection writes holds every row acknowledged before, and no row without those before it', async () => {
  const url = await createDatabase('sqlite')
  const folder = await emptyFolder()
  const writer = keepWriting(url)
  await writer.writtenMore()

  const before = writer.acknowledged()
  const { file, bytes } = await backup({ url, to: join(folder, 'copy.db') })
  await writer.writtenMore()
  await writer.stop()
  expect(writer.acknowledged()).toBeGreaterThan(before)

  expect(await readdir(folder)).toEqual(['copy.db'])
  expect(await stat(file)).toMatchObject({ size: bytes })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const copy = new SQLite(file, { readonly: true })
  const keys = copy.prepare(`SELECT "key" FROM "Meta" ORDER BY "key"`).pluck().all()
  copy.close()
  expect(keys.length).toBeGreaterThanOrEqual(before)
  expect(keys).toEqual(Array.from({ length: keys.length }, (_, n) => `row ${String(n + 1).padStart(7, '0')}`))
})

test('a server opens the copy in place and writes on', async () => {
  const url = await createDatabase('sqlite')
  const db = await connect({ url })
  await db.write((tx) => tx.meta.create({ data: { key: 'one', value: 'é😀' } }))
  const { file, advice } = await backup({ url, to: join(await emptyFolder(), 'copy.db') })
  await db.close()
  expect(advice.join('\n')).toContain('SECRET')
  expect(advice.join('\n')).toContain(file)

  const restored = await connect({ url: `file:${file}` })
  await restored.write((tx) => tx.meta.create({ data: { key: 'two', value: '' } }))
  expect(await restored.read.meta.findMany({ orderBy: { key: 'asc' } })).toEqual([
    { key: 'one', value: 'é😀' },
    { key: 'two', value: '' },
  ])
  await restored.close()
})

test('nothing that exists is overwritten, and a failure leaves nothing behind', async () => {
  const url = await createDatabase('sqlite')
  const folder = await emptyFolder()
  const to = join(folder, 'mine')
  await writeFile(to, 'precious')
  await expect(backup({ url, to })).rejects.toThrow(BackupRefused)
  expect(await readFile(to, 'utf8')).toBe('precious')

  await expect(backup({ url: `file:${join(folder, 'no.db')}`, to: join(folder, 'copy.db') })).rejects.toThrow('There is no database')
  await expect(backup({ url, to: join(folder, 'no folder', 'copy.db') })).rejects.toThrow(/ENOENT/)
  expect(await readdir(folder)).toEqual(['mine'])
})

test('a damaged database gives no backup', async () => {
  const url = await createDatabase('sqlite')
  const db = new SQLite(url.replace('file:', ''))
  db.pragma('journal_mode = DELETE')
  db.unsafeMode(true)
  db.pragma('writable_schema = ON')
  db.exec(
    `INSERT INTO "Meta" VALUES ('one', 'x'); CREATE TABLE "Spare" ("a" TEXT); CREATE INDEX "SpareIndex" ON "Spare" ("a"); INSERT INTO "Spare" VALUES ('b')`,
  )
  db.exec(`UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'Spare') WHERE name = 'SpareIndex'`)
  db.close()
  const folder = await emptyFolder()
  await expect(backup({ url, to: join(folder, 'copy.db') })).rejects.toThrow('damaged')
  expect(await readdir(folder)).toEqual([])
})

test('for PostgreSQL the message names the commands, without the password', async () => {
  const url = 'postgresql://balas:hush%20hush@db.example:5433/comments?sslmode=require&connection_limit=3&password=hush'
  const refused = await backup({ url, to: "/backups/it's.dump" }).catch((error: Error) => error)
  expect(refused).toBeInstanceOf(BackupRefused)
  const { message } = refused as BackupRefused
  expect(message).toContain(
    `pg_dump --format=custom --no-owner --file='/backups/it'\\''s.dump' --dbname='postgresql://balas@db.example:5433/comments?sslmode=require'`,
  )
  expect(message).toContain('pg_restore --clean --if-exists')
  expect(message).not.toContain('hush')
})
