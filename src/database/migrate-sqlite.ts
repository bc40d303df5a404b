import { setTimeout as wait } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { applyPending } from './apply.ts'
import { describeCopies, forgetCopies, keepCopy } from './copy-before.ts'
import { readLedger } from './ledger.ts'
import type { Migration, MigrationConnection } from './migration.ts'

const PATIENCE_MS = 30_000
const PAUSE_MS = 50

/** The file is no database, or no longer one. */
export class DatabaseDamaged extends Error {}

/** Migrates a SQLite file, of which a copy is kept if it holds anything. */
export async function migrateSqlite({ file, known, withCopy }: { file: string; known: Migration[]; withCopy: boolean }): Promise<string[]> {
  const db = new SQLite(file, { timeout: 0 })
  try {
    await patiently(() => db.pragma('journal_mode = WAL'))
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = OFF') // does nothing within a transaction, and dropping a rebuilt table would delete what refers to it
    const connection = sqliteConnection(db)
    if ((await patiently(() => readLedger(connection, known))).pending.length === 0) return []
    return await applyPending(connection, {
      known,
      beforeFirst: async () => {
        if (withCopy && (await connection.tables()).length > 0) await keepCopy(file)
      },
      copies: () => describeCopies(file),
    })
  } catch (error) {
    if (!isDamage(error)) throw error
    throw new DatabaseDamaged(`The database ${file} is damaged (${error.code}). Nothing was changed. ${await describeCopies(file)}`)
  } finally {
    db.close()
    await forgetCopies(file, new Date())
  }
}

const isDamage = (error: unknown): error is { code: string } =>
  error instanceof SQLite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)

/** Another process may be migrating the same file. Waits by a timer: SQLite's own waiting would hold up the whole thread. */
async function patiently<T>(work: () => T | Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')) || performance.now() > deadline) throw error
      await wait(PAUSE_MS)
    }
  }
}

function sqliteConnection(db: SQLite.Database): MigrationConnection {
  const rows = (sql: string) => db.prepare(sql).all() as Record<string, unknown>[]
  const connection: MigrationConnection = {
    provider: 'sqlite',
    select: async (sql) => rows(sql),
    run: async (script) => void db.exec(script),
    insert: async (sql, values) => void db.prepare(sql).run(...values),
    begin: () => patiently(() => void db.exec('BEGIN IMMEDIATE')),
    tables: async () =>
      rows(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`).map(({ name }) =>
        String(name),
      ),
    shape: async () =>
      JSON.stringify(
        rows(
          `SELECT type, name, sql FROM sqlite_master WHERE name NOT IN ('_prisma_migrations', 'sqlite_autoindex__prisma_migrations_1') ORDER BY type, name`,
        ),
      ),
    elsewhere: async (work) => {
      const memory = new SQLite(':memory:')
      try {
        memory.pragma('foreign_keys = OFF')
        return await work(sqliteConnection(memory))
      } finally {
        memory.close()
      }
    },
    checkReferences: async () => {
      const [broken] = rows('PRAGMA foreign_key_check')
      if (broken) throw new Error(`a row of ${String(broken['table'])} points at none of ${String(broken['parent'])}; nothing was changed`)
    },
    clear: async () => {
      const virtual = rows(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual'`).map(({ name }) => String(name))
      for (const table of [...virtual, ...(await connection.tables())]) db.exec(`DROP TABLE "${table}"`)
    },
  }
  return connection
}
