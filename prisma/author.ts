/**
 * Writes the next migration for both databases: what `schema.prisma` says and the migrations so far do not.
 *
 *     npm run migration -- add-bans
 *
 * Read what it wrote before committing it. The diff needs a database to replay the migrations on: SQLite has one in memory,
 * for PostgreSQL an embedded server is started and stopped.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { MIGRATIONS_DIR, migrationsList, openSchemaEngine, readMigrations } from '../src/database/migrate.ts'
import { sqliteFactory } from '../src/database/sqlite.ts'
import { startPostgres } from '../test/support/postgres.ts'

const title = process.argv[2]
if (!title || !/^[a-z0-9-]+$/.test(title)) throw new Error('usage: npm run migration -- name-of-the-change')

const postgres = await startPostgres()
const name = `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${title}`
const factories = {
  sqlite: sqliteFactory({ url: `file:${join(mkdtempSync(join(tmpdir(), 'balas-author-')), 'empty.db')}`, busyTimeoutMs: 1000 }),
  postgresql: new PrismaPg({ connectionString: await postgres.createDatabase('main') }),
}
const shadow = { connectionString: await postgres.createDatabase('shadow') }
factories.postgresql.connectToShadowDb = () => new PrismaPg(shadow).connect()

for (const provider of ['sqlite', 'postgresql'] as const) {
  const file = join(import.meta.dirname, `../src/database/generated/${provider}.prisma`)
  const schema = { path: file, content: readFileSync(file, 'utf8') }
  const known = await readMigrations(join(MIGRATIONS_DIR, provider))
  const engine = await openSchemaEngine({ datamodels: [[schema.path, schema.content]], factory: factories[provider] })
  const { stdout } = await engine.diff({
    from: known.length === 0 ? { tag: 'empty' } : { tag: 'migrations', ...migrationsList(provider, known) },
    to: { tag: 'schemaDatamodel', files: [schema] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  engine.free()
  if (!stdout?.trim() || stdout.includes('This is an empty migration')) {
    console.log(`${provider}: nothing to do`)
    continue
  }
  mkdirSync(join(MIGRATIONS_DIR, provider, name), { recursive: true })
  writeFileSync(join(MIGRATIONS_DIR, provider, name, 'migration.sql'), stdout)
  console.log(`${provider}: ${name}`)
}
await postgres.stop()
process.exit(0) // the engine's connections keep no file of ours open, but would keep the process
