import SQLite from 'better-sqlite3'
import { LRUCache } from 'lru-cache'
import type { Sql } from './sql.ts'

/**
 * Reads rows past the client, which spends several times as long on each row as the database does: for exports and for
 * pages of threads that nobody kept.
 *
 *     const rows = await db.rows<Pick<RawOf<Comment>, 'id' | 'createdAt'>>(sql`SELECT "id", "createdAt" FROM "Comment" LIMIT ${250}`)
 */
export type ReadRows = <Row extends object>(query: Sql) => Promise<Row[]>

/** A model's row as `ReadRows` gives it: times are ISO text (UTC, milliseconds), all else as the models have it. */
export type RawOf<Model> = { [Name in keyof Model]: Date extends Model[Name] ? Exclude<Model[Name], Date> | string : Model[Name] }

const KEPT_STATEMENTS = 100

/** Reads a SQLite file on a connection of its own, opened by the first query. */
export function sqliteRows({ url, busyTimeoutMs }: { url: string; busyTimeoutMs: number }): { rows: ReadRows; close: () => void } {
  let db: SQLite.Database | undefined
  const kept = new LRUCache<string, { statement: SQLite.Statement; columns: Column[] }>({ max: KEPT_STATEMENTS })
  const prepared = (text: string) => {
    const known = kept.get(text)
    if (known) return known
    db ??= openToRead(url, busyTimeoutMs)
    const statement = db.prepare(text)
    const columns = statement.columns().map(({ name, type }) => ({ name, read: READERS[type ?? ''] }))
    const made = { statement, columns: columns.filter((column): column is Column => column.read !== undefined) }
    kept.set(text, made)
    return made
  }
  return {
    rows: async <Row extends object>({ sql, values }: Sql) => {
      const { statement, columns } = prepared(sql)
      const rows = statement.all(...values) as Record<string, unknown>[]
      for (const row of rows) {
        for (const { name, read } of columns) row[name] = row[name] === null ? null : read(row[name])
      }
      return rows as Row[]
    },
    close: () => db?.close(),
  }
}

interface Column {
  name: string
  read: (value: unknown) => unknown
}

function openToRead(url: string, timeout: number): SQLite.Database {
  const db = new SQLite(url.slice('file:'.length), { timeout, fileMustExist: true })
  db.pragma('query_only = ON')
  db.pragma('cache_size = -16000')
  return db
}

/** By the types that the columns were declared with. */
const READERS: Record<string, Column['read'] | undefined> = {
  DATETIME: (value) => isoTime(String(value)),
  BOOLEAN: (value) => value === 1,
  JSONB: (value) => JSON.parse(String(value)) as unknown,
}

/** Prisma's SQLite adapter writes `2026-11-23T05:00:00.000+00:00`; PostgreSQL's JSON has neither the zone nor zeros at the end. */
export function isoTime(text: string): string {
  if (text.length === 29 && text.endsWith('+00:00')) return `${text.slice(0, 23)}Z`
  if (text.length === 24 && text.endsWith('Z')) return text
  return new Date(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`).toISOString()
}
