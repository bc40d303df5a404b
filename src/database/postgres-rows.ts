import pg from 'pg'
import type { ReadRows } from './rows.ts'
import type { Sql } from './sql.ts'

/** Reads from PostgreSQL through the pool that the client uses. */
export const postgresRows =
  (pool: pg.Pool, nameOf: (query: { sql: string }) => string): ReadRows =>
  async <Row extends object>({ sql, text, values }: Sql) =>
    (await pool.query<Row>({ name: nameOf({ sql }), text, values, types: { getTypeParser } })).rows

const TIMESTAMP = 1114
const getTypeParser: typeof pg.types.getTypeParser = ((type: number, format: 'text') =>
  type === TIMESTAMP ? utcTime : pg.types.getTypeParser(type, format)) as typeof pg.types.getTypeParser

/** PostgreSQL writes `2026-11-23 05:00:00.5`, without zeros at the end, and without the zone that it does not know. */
const utcTime = (text: string): string =>
  text.length === 23 ? `${text.slice(0, 10)}T${text.slice(11)}Z` : new Date(`${text.replace(' ', 'T')}Z`).toISOString()
