import pg from 'pg'
import { applyPending } from './apply.ts'
import { readLedger } from './ledger.ts'
import type { Migration, MigrationConnection } from './migration.ts'
import { poolConfig } from './postgres.ts'

const LOCK_ID = 7_203_114 // any number that nobody else uses for pg_advisory_lock in this database
const PATIENCE_MS = 30_000
const COPIES = 'Restore the backup from before the update (pg_restore), and start again.'

/** Migrates a database of PostgreSQL: one replica does, the others wait and then find nothing pending. */
export async function migratePostgres({ url, known }: { url: string; known: Migration[] }): Promise<string[]> {
  const client = new pg.Client({ ...poolConfig(url), statement_timeout: PATIENCE_MS })
  client.on('error', () => undefined) // the query that is under way reports it
  await client.connect()
  try {
    const connection = postgresConnection(client)
    if ((await readLedger(connection, known)).pending.length === 0) return []
    await client.query('SET statement_timeout = 0') // another replica may be at it, and take its time
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_ID]) // ends with the connection
    return await applyPending(connection, { known, beforeFirst: async () => undefined, copies: async () => COPIES })
  } finally {
    await client.end()
  }
}

function postgresConnection(client: pg.Client): MigrationConnection {
  const select = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows
  const run = async (script: string) => void (await client.query(script))
  const connection: MigrationConnection = {
    provider: 'postgresql',
    select,
    run,
    insert: async (sql, values) => void (await client.query(sql, values)),
    begin: () => run('BEGIN'),
    tables: async () =>
      (await select('SELECT tablename FROM pg_tables WHERE schemaname = current_schema()')).map((row) => String(row['tablename'])),
    shape: async () => {
      const [schema] = await select('SELECT current_schema() AS name')
      const parts = await Promise.all(SHAPE.map(select))
      return JSON.stringify(parts).replaceAll(`${String(schema?.['name'])}.`, '')
    },
    elsewhere: async (work) => {
      const [path] = await select('SHOW search_path')
      await run('SAVEPOINT elsewhere; CREATE SCHEMA balas_elsewhere')
      await run(`SET LOCAL search_path = balas_elsewhere, ${String(path?.['search_path'])}`)
      try {
        return await work(connection)
      } finally {
        await run('ROLLBACK TO SAVEPOINT elsewhere')
      }
    },
    checkReferences: () => run('SET CONSTRAINTS ALL IMMEDIATE'), // PostgreSQL checks them itself
    clear: async () => {
      for (const table of await connection.tables()) await run(`DROP TABLE "${table}" CASCADE`)
    },
  }
  return connection
}

/** Columns, indexes and constraints of the current schema. */
const SHAPE = [
  `SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
   WHERE table_schema = current_schema() AND table_name <> '_prisma_migrations' ORDER BY 1, 2`,
  `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations' ORDER BY 1`,
  `SELECT conname, conrelid::regclass::text AS of, pg_get_constraintdef(oid) AS def FROM pg_constraint
   WHERE connamespace = current_schema()::regnamespace AND conrelid::regclass::text <> '_prisma_migrations' AND contype <> 'n' ORDER BY 1`,
]
