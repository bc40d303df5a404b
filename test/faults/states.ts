import { cp, mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import pg from 'pg'
import { migrationsFolder } from '../../src/program-files.ts'

export type Kind = 'sqlite' | 'postgresql'

/** The database past every door of the program: to fill it, to count it, and to leave it as an older version did. */
export interface Bare {
  run: (script: string) => Promise<void>
  rows: (sql: string) => Promise<Record<string, unknown>[]>
  close: () => Promise<void>
}

export async function emptyDatabase(kind: Kind): Promise<string> {
  if (kind === 'sqlite') return `file:${join(await mkdtemp(join(tmpdir(), 'balas-states-')), 'new.db')}`
  const server = process.env['BALAS_TEST_POSTGRES'] ?? ''
  const client = new pg.Client(server)
  await client.connect()
  const name = `state_${process.pid}_${process.hrtime.bigint()}`
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  return server.replace(/\/postgres$/, `/${name}`)
}

export async function bare(url: string): Promise<Bare> {
  if (url.startsWith('file:')) {
    const db = new SQLite(url.slice('file:'.length))
    db.pragma('foreign_keys = OFF')
    return {
      run: async (script) => void db.exec(script),
      rows: async (sql) => db.prepare(sql).all() as Record<string, unknown>[],
      close: async () => void db.close(),
    }
  }
  const client = new pg.Client(url)
  await client.connect()
  await client.query("SET session_replication_role = 'replica'") // rows come in any order
  return {
    run: async (script) => void (await client.query(script)),
    rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    close: () => client.end(),
  }
}

/** The names of all migrations, in their order. */
export const names = async (kind: Kind): Promise<string[]> => (await readdir(join(migrationsFolder(), kind))).toSorted()

/** A folder that holds the first migrations only, as an earlier version had it. */
export async function earlier(kind: Kind, length: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'balas-earlier-'))
  for (const name of (await names(kind)).slice(0, length)) {
    await cp(join(migrationsFolder(), kind, name), join(folder, kind, name), { recursive: true })
  }
  return folder
}

/** Puts a row into every table, whatever they are: each text is the same, so that all refer to each other. */
export async function fill(db: Bare, kind: Kind): Promise<void> {
  for (const table of await tables(db, kind)) {
    if (table.startsWith('Comment') && table !== 'Comment' && table.match(/Number|Unindexed/)) continue // kept by triggers
    const columns = await db.rows(
      kind === 'sqlite'
        ? `SELECT name, type FROM pragma_table_info('${table}')`
        : `SELECT column_name AS name, upper(data_type) AS type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '${table}'`,
    )
    const values = columns.map(({ type }) => valueOf(String(type)))
    await db.run(`INSERT INTO "${table}" (${columns.map(({ name }) => `"${String(name)}"`).join(', ')}) VALUES (${values.join(', ')})`)
  }
}

function valueOf(type: string): string {
  if (/INT|DOUBLE|REAL|NUMERIC/.test(type)) return '1'
  if (/BOOL/.test(type)) return 'true'
  if (/JSON/.test(type)) return "'{}'"
  if (/TIME/.test(type)) return "'2026-01-01T00:00:00.000+00:00'"
  return "'x'"
}

/** The tables of our own, without Prisma's ledger. */
export async function tables(db: Bare, kind: Kind): Promise<string[]> {
  const found = await db.rows(
    kind === 'sqlite'
      ? `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`
      : `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  )
  return found.map(({ name }) => String(name)).filter((name) => name !== '_prisma_migrations')
}

export async function count(db: Bare, kind: Kind): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const table of await tables(db, kind)) found[table] = Number((await db.rows(`SELECT count(*) AS n FROM "${table}"`))[0]?.['n'])
  return found
}
