import Database from 'better-sqlite3'
import { bytesOf } from './bytes.ts'
import type { Place } from '../source.ts'
import type { Fields } from './fields.ts'
import { LONG } from './limits.ts'
import { readableCopy } from './sqlite-copy.ts'
import { unreadable } from './unreadable.ts'
import type { Reason } from '../reasons.ts'

export interface Row {
  fields: Fields
  at: Place
  flaw: Reason | null
}

export interface SqliteFile {
  /** The rows of a table in the order of their row ids, with those of these columns that the table has. */
  rows(input: { table: string; columns: string[] }): Generator<Row, void>
  close(): Promise<void>
}

/**
 * Opens somebody else's SQLite file to read tables from it, and does nothing else that the file could ask for: only plain tables and plain
 * columns are read (a view or a computed column is a program), the schema is not trusted, and damage is noticed.
 *
 * @param tables what must be in it
 * @throws UnreadableFile for what is no database, is damaged, or has other tables
 */
export async function openSqliteFile({ file, tables }: { file: string; tables: string[] }): Promise<SqliteFile> {
  const copy = await readableCopy(file)
  const database = guarded(() => new Database(copy.file, { readonly: true, fileMustExist: true }))
  const close = async () => {
    database.close()
    await copy.remove()
  }
  try {
    guarded(() => {
      for (const pragma of ['trusted_schema = OFF', 'cell_size_check = ON', 'query_only = ON', 'mmap_size = 0']) database.pragma(pragma)
      for (const table of tables) plainTable(database, table)
    })
  } catch (error) {
    await close()
    throw error
  }
  return { rows: ({ table, columns }) => rowsOf({ database, table, columns }), close }
}

function plainTable(database: Database.Database, table: string): void {
  const found = database.prepare<[string], { type: string; sql: string }>('SELECT type, sql FROM sqlite_schema WHERE name = ?').get(table)
  if (!found) throw unreadable(`The database has no table "${table}".`)
  if (found.type !== 'table' || /^\s*create\s+virtual/i.test(found.sql)) throw unreadable(`"${table}" is no plain table in this database.`)
}

function* rowsOf({ database, table, columns }: { database: Database.Database; table: string; columns: string[] }): Generator<Row, void> {
  const known = guarded(() =>
    database.prepare<[string], { name: string; hidden: number }>('SELECT name, hidden FROM pragma_table_xinfo(?)').all(table),
  )
  const present = columns.filter((column) => known.some(({ name, hidden }) => name === column && hidden === 0))
  const lengths = present.map((column) => `coalesce(octet_length("${column}"), 0)`).join(' + ')
  const values = present.map((column) => `CASE WHEN octet_length("${column}") <= ${LONG} THEN "${column}" END AS "${column}"`)
  const query = guarded(() =>
    database.prepare(`SELECT rowid AS "row id", ${lengths} AS "bytes", ${values.join(', ')} FROM "${table}" ORDER BY rowid`),
  )
  const rows = guarded(() => query.iterate()) as IterableIterator<Fields>
  try {
    for (;;) {
      const next = guarded(() => rows.next())
      if (next.done) return
      const { 'row id': id, bytes, ...fields } = next.value
      yield { fields, at: { row: `${table} row ${String(id)}` }, flaw: Number(bytes) > LONG ? 'too-long' : null }
    }
  } finally {
    rows.return?.()
  }
}

export async function isSqliteFile(file: string): Promise<boolean> {
  for await (const chunk of bytesOf({ file })) return isSqlite(chunk)
  return false
}

export const isSqlite = (head: Buffer) => head.toString('latin1', 0, 16) === 'SQLite format 3\0'

/** What SQLite says of a file that is none or is damaged, as the file's fault. */
function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
    if (code === 'SQLITE_NOTADB') throw unreadable('The file is not an SQLite database.')
    if (/^SQLITE_(?:CORRUPT|IOERR|ERROR|FORMAT|TOOBIG)/.test(code))
      throw unreadable(`The database is damaged: ${(error as Error).message}.`)
    throw error
  }
}
