import { randomUUID } from 'node:crypto'
import { checksum, type Migration, type MigrationConnection } from './migration.ts'

/** The database holds migrations that this program does not know: it was written by a newer one. */
export class DatabaseIsNewer extends Error {}

/** Prisma's own table, so that its tools go on understanding the database. */
const TABLE = {
  sqlite: `CREATE TABLE "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`,
  postgresql: `CREATE TABLE "_prisma_migrations" (
    "id"                    VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"              VARCHAR(64) NOT NULL,
    "finished_at"           TIMESTAMPTZ,
    "migration_name"        VARCHAR(255) NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        TIMESTAMPTZ,
    "started_at"            TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count"   INTEGER NOT NULL DEFAULT 0
)`,
}

export const LEDGER = '_prisma_migrations'

interface State {
  pending: Migration[]
  /** The migration that an older version began and did not end. */
  halfDone: Migration | undefined
}

/** What is still to be applied. @throws DatabaseIsNewer */
export async function readLedger(connection: MigrationConnection, known: Migration[]): Promise<State> {
  if (!(await connection.tables()).includes(LEDGER)) return { pending: known, halfDone: undefined }
  const rows = await connection.select(
    `SELECT "migration_name" AS name, "finished_at" IS NOT NULL AS done FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
  )
  const named = new Map(rows.map(({ name, done }) => [String(name), Boolean(done)]))
  const names = new Set(known.map(({ name }) => name))
  const unknown = [...named.keys()].find((name) => !names.has(name))
  if (unknown !== undefined) {
    throw new DatabaseIsNewer(
      `This database was written by a newer Balas (it has the migration ${unknown}). Start that version, or restore a backup.`,
    )
  }
  const pending = known.filter(({ name }) => named.get(name) !== true)
  return { pending, halfDone: pending.find(({ name }) => named.has(name)) }
}

/** Writes that a migration is done, in the transaction in which it is. */
export async function record(connection: MigrationConnection, { name, sql }: Migration, startedAt: Date): Promise<void> {
  if (!(await connection.tables()).includes(LEDGER)) await connection.run(TABLE[connection.provider])
  await connection.run(`DELETE FROM "_prisma_migrations" WHERE "migration_name" = '${name}' AND "finished_at" IS NULL`)
  const time = (at: Date) => at.toISOString().replace('Z', '+00:00')
  const places = connection.provider === 'sqlite' ? Array<string>(5).fill('?') : ['$1', '$2', '$3', '$4::timestamptz', '$5::timestamptz']
  await connection.insert(
    `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
     VALUES (${places.join(', ')}, 1)`,
    [randomUUID(), checksum(sql), name, time(startedAt), time(new Date())],
  )
}
