import type { Transaction } from './connect.ts'

/** Anything that JSON can carry, and times. */
type Row = Record<string, unknown>

/**
 * Inserts many rows by one statement that never changes: the rows travel as one JSON parameter.
 *
 * `createMany` is compiled anew for every number of rows, which for a table as wide as comments costs a millisecond a row; this is
 * for the one place where that is too much. All rows name the same columns, in any order; a column that none names gets its default.
 */
export async function bulkInsert(
  tx: Transaction,
  { provider, table, rows }: { provider: 'sqlite' | 'postgresql'; table: string; rows: Row[] },
): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first).toSorted()
  const names = columns.map((column) => `"${column}"`).join(', ')
  const into = `INSERT INTO "${table}" (${names})`
  const sql =
    provider === 'sqlite'
      ? `${into} SELECT ${columns.map((_, index) => `json_extract(value, '$[${index}]')`).join(', ')} FROM json_each(?)`
      : `${into} SELECT ${names} FROM json_populate_recordset(NULL::"${table}", $1::json)`
  const values = provider === 'sqlite' ? rows.map((row) => columns.map((column) => sqliteValue(row[column]))) : rows
  await tx.$executeRawUnsafe(sql, JSON.stringify(values))
}

/** Prisma's SQLite adapter writes times with an offset, not with Z, and compares them as text. */
const sqliteValue = (value: unknown) => (value instanceof Date ? value.toISOString().replace('Z', '+00:00') : value)
