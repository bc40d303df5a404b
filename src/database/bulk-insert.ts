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

/** Of a piece, in characters: V8 keeps texts of more than 128 KiB in a space of their own, which it clears rarely. */
const PIECE = 64 * 1024

/** Rows of one table, all of which name the same columns in any order; null for none. */
export function bulkRows(about: { provider: Provider; table: string; rows: Row[] }): BulkRows | null {
  const { columns, texts } = textsOf(about)
  return texts.length === 0 ? null : { table: about.table, columns, json: `[${texts.join(',')}]` }
}

/** The same in pieces, in the order of the rows: for many rows, which are to be gone from memory soon. */
export function bulkPieces(about: { provider: Provider; table: string; rows: Row[] }): BulkRows[] {
  const { columns, texts } = textsOf(about)
  const pieces: BulkRows[] = []
  let waiting: string[] = []
  let length = 0
  const put = () => pieces.push({ table: about.table, columns, json: `[${waiting.join(',')}]` })
  for (const text of texts) {
    if (length > 0 && length + text.length > PIECE) {
      put()
      waiting = []
      length = 0
    }
    waiting.push(text)
    length += text.length
  }
  if (waiting.length > 0) put()
  return pieces
}

/** Each row as JSON: its values in the order of the columns on SQLite, with their names on PostgreSQL. */
function textsOf({ provider, rows }: { provider: Provider; rows: Row[] }): { columns: string[]; texts: string[] } {
  const columns = Object.keys(rows[0] ?? {}).toSorted()
  const shaped = (row: Row) => (provider === 'sqlite' ? columns.map((column) => sqliteValue(row[column])) : row)
  return { columns, texts: rows.map((row) => JSON.stringify(shaped(row))) }
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
