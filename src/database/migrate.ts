import { join } from 'node:path'
import { migrationsFolder } from '../program-files.ts'
import { isPostgresUrl } from './connect.ts'
import { migrateSqlite } from './migrate-sqlite.ts'
import { readMigrations } from './migration.ts'

/**
 * Brings the database up to this program's models and returns the names of the migrations that it applied.
 *
 * Each is applied together with its row in Prisma's ledger, in one transaction (apply.ts). Several processes may call it at once, also
 * beside a live server. An existing SQLite file is copied first.
 *
 * @throws DatabaseIsNewer, DatabaseDamaged, HalfDone, NoRoomForCopy: each a sentence for the operator
 */
export async function migrate({
  url,
  migrationsDir = migrationsFolder(),
  withCopy = true,
}: {
  url: string
  migrationsDir?: string
  /** Whether a copy of a SQLite file is kept before it is changed. */
  withCopy?: boolean
}): Promise<string[]> {
  if (!isPostgresUrl(url)) {
    const known = await readMigrations(join(migrationsDir, 'sqlite'))
    return migrateSqlite({ file: url.slice('file:'.length), known, withCopy })
  }
  const { migratePostgres } = await import('./migrate-postgres.ts') // what only PostgreSQL needs is loaded for it alone
  return migratePostgres({ url, known: await readMigrations(join(migrationsDir, 'postgresql')) })
}
