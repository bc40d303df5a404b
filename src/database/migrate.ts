import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import { migrationsFolder, packageFile } from '../program-files.ts'
import { isPostgresUrl } from './connect.ts'
import { sqliteFactory } from './sqlite.ts'

const PATIENCE_MS = 30_000

/** The database holds migrations that this program does not know: it was written by a newer one. */
export class DatabaseIsNewer extends Error {}

/**
 * Brings the database up to this program's models and returns the names of the migrations that it applied.
 *
 * Runs Prisma's schema engine as WebAssembly, which keeps Prisma's `_prisma_migrations` ledger. The ledger is read by a plain
 * select first: with nothing pending the engine is not opened, since on SQLite it holds an exclusive lock and would stop a
 * live server. Several processes may call it at once.
 */
export async function migrate({ url, migrationsDir = migrationsFolder() }: { url: string; migrationsDir?: string }): Promise<string[]> {
  const provider = isPostgresUrl(url) ? 'postgresql' : 'sqlite'
  const known = await readMigrations(join(migrationsDir, provider))
  const release = provider === 'postgresql' ? await lockReplicas(url) : async () => undefined
  const deadline = performance.now() + PATIENCE_MS
  try {
    for (;;) {
      try {
        if ((await pending(url, known)).length === 0) return []
        return await applyAll({ url, provider, known })
      } catch (error) {
        if (provider !== 'sqlite' || !isLocked(error) || performance.now() > deadline) throw error
        await wait(100) // another process is migrating the same file
      }
    }
  } finally {
    await release()
  }
}

export interface Migration {
  name: string
  sql: string
}

export async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(names.toSorted().map(async (name) => ({ name, sql: await readFile(join(dir, name, 'migration.sql'), 'utf8') })))
}

async function pending(url: string, known: Migration[]): Promise<string[]> {
  const applied = await withConnection(url, appliedMigrations)
  const names = new Set(known.map(({ name }) => name))
  const unknown = applied.filter((name) => !names.has(name))
  if (unknown.length > 0) {
    throw new DatabaseIsNewer(
      `This database was written by a newer Balas (it has the migration ${unknown[0]}). Start that version, or restore a backup.`,
    )
  }
  return known.map(({ name }) => name).filter((name) => !applied.includes(name))
}

async function appliedMigrations(connection: SqlDriverAdapter): Promise<string[]> {
  const select = (sql: string) => connection.queryRaw({ sql, args: [], argTypes: [] })
  const tables =
    connection.provider === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'`
      : `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = '_prisma_migrations'`
  if ((await select(tables)).rows.length === 0) return []
  const ledger = await select('SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL')
  return ledger.rows.map(([name]) => String(name))
}

async function applyAll({ url, provider, known }: { url: string; provider: string; known: Migration[] }): Promise<string[]> {
  const opened: SqlDriverAdapter[] = []
  const engine = await openSchemaEngine({ datamodels: undefined, factory: await migrationFactory(url, opened) })
  try {
    const result = await engine.applyMigrations({
      migrationsList: migrationsList(provider, known),
      filters: { externalTables: [], externalEnums: [] },
    })
    return result.appliedMigrationNames
  } finally {
    engine.free()
    await Promise.all(opened.map((connection) => connection.dispose()))
  }
}

/** Prisma's list of migrations as its engine wants it. */
export const migrationsList = (provider: string, known: Migration[]) => ({
  baseDir: migrationsFolder(),
  lockfile: { path: 'migration_lock.toml', content: `provider = "${provider}"\n` },
  shadowDbInitScript: '',
  migrationDirectories: known.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
  })),
})

/** Opens Prisma's schema engine on a database, from its WebAssembly file; nothing is downloaded. Call `free` when done. */
export async function openSchemaEngine({
  datamodels,
  factory,
}: {
  datamodels: [string, string][] | undefined
  factory: SqlMigrationAwareDriverAdapterFactory
}) {
  engineModule ??= instantiateEngine()
  const { SchemaEngine } = await engineModule
  return SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory))
}

/** One instance a process: its bindings keep the instance in a variable of their module. */
let engineModule: ReturnType<typeof instantiateEngine> | undefined

async function instantiateEngine() {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const module = await WebAssembly.compile(await readFile(packageFile('@prisma/schema-engine-wasm/schema_engine_bg.wasm')))
  const { exports } = await WebAssembly.instantiate(module, { './schema_engine_bg.js': withLooseTimers(bindings) })
  const setWasm = (bindings as unknown as { __wbg_set_wasm: (exports: WebAssembly.Exports) => void }).__wbg_set_wasm
  setWasm(exports)
  const start = exports['__wbindgen_start'] as () => void
  start()
  return bindings
}

/** The engine leaves the timer of its lock behind, which would keep a finished process for ten seconds. */
function withLooseTimers(imports: WebAssembly.ModuleImports): WebAssembly.ModuleImports {
  const loose = (name: string, original: (...args: unknown[]) => unknown) =>
    name.startsWith('__wbg_setTimeout')
      ? (...args: unknown[]) => {
          const timer = original(...args)
          if (timer instanceof Object && 'unref' in timer && typeof timer.unref === 'function') timer.unref()
          return timer
        }
      : original
  return Object.fromEntries(
    Object.entries(imports).map(([name, value]) => [
      name,
      typeof value === 'function' ? loose(name, value as (...args: unknown[]) => unknown) : value,
    ]),
  )
}

/** What only PostgreSQL needs is loaded for it alone. */
async function migrationFactory(url: string, opened: SqlDriverAdapter[]): Promise<SqlMigrationAwareDriverAdapterFactory> {
  if (!isPostgresUrl(url)) return sqliteFactory({ url, busyTimeoutMs: 250, opened })
  const { postgresFactory } = await import('./migrate-postgres.ts')
  return postgresFactory(url, opened)
}

async function withConnection<T>(url: string, work: (connection: SqlDriverAdapter) => Promise<T>): Promise<T> {
  const connection = await (await migrationFactory(url, [])).connect()
  try {
    return await work(connection)
  } finally {
    await connection.dispose()
  }
}

async function lockReplicas(url: string): Promise<() => Promise<void>> {
  const { advisoryLock } = await import('./migrate-postgres.ts')
  return advisoryLock(url, PATIENCE_MS)
}

const isLocked = (error: unknown) =>
  /locked|busy|SocketTimeout/i.test(String(error) + JSON.stringify((error as { cause?: unknown }).cause ?? ''))
