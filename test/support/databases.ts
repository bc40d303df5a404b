import { randomUUID } from 'node:crypto'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe } from '@jest/globals'
import pg from 'pg'
import { connect, type Database, type DatabaseOptions } from '../../src/database/connect.ts'

type Kind = 'sqlite' | 'postgresql'
type Open = (options?: Partial<DatabaseOptions>) => Promise<Database>

/**
 * Describes the same behaviour on SQLite and on PostgreSQL. `open` gives a connection to an empty, migrated database that belongs
 * to the running test; asked again in the same test it connects to the same one. All are closed after the test.
 */
export function eachDatabase(name: string, define: (open: Open, kind: Kind) => void) {
  describe.each<Kind>(['sqlite', 'postgresql'])(`${name} (%s)`, (kind) => {
    let url: Promise<string> | undefined
    const opened: Database[] = []
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((database) => database.close()))
      url = undefined
    })
    define(async (options) => {
      url ??= createDatabase(kind)
      const database = await connect({ url: await url, ...options })
      opened.push(database)
      return database
    }, kind)
  })
}

/** A fresh, migrated database of its own; gives its URL. */
export async function createDatabase(kind: Kind): Promise<string> {
  return kind === 'sqlite' ? copySqlite() : copyPostgres()
}

async function copySqlite(): Promise<string> {
  const folder = environment('BALAS_TEST_FOLDER')
  const file = join(folder, `${randomUUID()}.db`)
  await copyFile(join(folder, 'template.db'), file)
  return `file:${file}`
}

async function copyPostgres(): Promise<string> {
  const server = environment('BALAS_TEST_POSTGRES')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await withLock(server, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template_balas`))
  return server.replace(/\/postgres$/, `/${name}`)
}

/** PostgreSQL copies a template only while nobody else does. */
async function withLock(server: string, work: (client: pg.Client) => Promise<unknown>) {
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock(1)')
    await work(client)
  } finally {
    await client.end()
  }
}

function environment(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run the tests with npm test`)
  return value
}
