import type { Transaction } from './connect.ts'

/** Anything that JSON can carry, and times. */
type Row = Record<string, unknown>
type Provider = 'sqlite' | 'postgresql'

/** Rows of one table as the text in which they travel, so that another thread can make it. */
export interface BulkRows {
  table: string
  columns: string[]
  json: string
}

/** Rows of one table, all of which name the same columns in any order; null for none. */
export function bulkRows({ provider, table, rows }: { provider: Provider; table: string; rows: Row[] }): BulkRows | null {
  const [first] = rows
  if (!first) return null
  const columns = Object.keys(first).toSorted()
  const values = provider === 'sqlite' ? rows.map((row) => columns.map((column) => sqliteValue(row[column]))) : rows
  return { table, columns, json: JSON.stringify(values) }
}

/**
 * Inserts many rows by one statement that never changes: the rows travel as one JSON parameter.
 *
 * `createMany` is compiled anew for every number of rows, which for a table as wide as comments costs a millisecond a row; this is
 * for where that is too much. A column that the rows do not name gets its default. `orIgnore` leaves out rows that break a unique key.
 */
export async function insertBulk(
  tx: Transaction,
  { provider, bulk: { table, columns, json }, orIgnore = false }: { provider: Provider; bulk: BulkRows; orIgnore?: boolean },
): Promise<void> {
  const names = columns.map((column) => `"${column}"`).join(', ')
  const into = `INSERT INTO "${table}" (${names})`
  const conflict = orIgnore ? ' ON CONFLICT DO NOTHING' : ''
  const sql =
    provider === 'sqlite'
      ? `${into} SELECT ${columns.map((_, index) => `json_extract(value, '$[${index}]')`).join(', ')} FROM json_each(?) WHERE true${conflict}`
      : `${into} SELECT ${names} FROM json_populate_recordset(NULL::"${table}", $1::json)${conflict}`
  await tx.$executeRawUnsafe(sql, json)
}

/** Both at once. */
export async function bulkInsert(tx: Transaction, { provider, table, rows }: { provider: Provider; table: string; rows: Row[] }) {
  const bulk = bulkRows({ provider, table, rows })
  if (bulk) await insertBulk(tx, { provider, bulk })
}

/** Prisma's SQLite adapter writes times with an offset, not with Z, and compares them as text; JSON columns hold text. */
const sqliteValue = (value: unknown) => (value instanceof Date ? value.toISOString().replace('Z', '+00:00') : value)
