import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { bindMigrationAwareSqlAdapterFactory, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { Migration } from '../src/database/migration.ts'
import { migrationsFolder } from '../src/program-files.ts'

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
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg.wasm')
  const module = await WebAssembly.compile(readFileSync(file))
  const { exports } = await WebAssembly.instantiate(module, {
    './schema_engine_bg.js': bindings,
  })
  const setWasm = (bindings as unknown as { __wbg_set_wasm: (exports: WebAssembly.Exports) => void }).__wbg_set_wasm
  setWasm(exports)
  const start = exports['__wbindgen_start'] as () => void
  start()
  return bindings
}
