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
import {
  type ColumnType,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { readMigrations } from '../src/database/migration.ts'
import { migrationsFolder } from '../src/program-files.ts'
import { sqliteFactory } from '../src/database/sqlite.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { migrationsList, openSchemaEngine } from './engine.ts'

/** Tables that the models do not know, made by the migrations about search; FTS5 keeps its index in tables of its own. */
const OF_OUR_OWN = [
  'CommentNumber',
  'CommentUnindexed',
  'CommentTrigram',
  ...['data', 'idx', 'config'].map((part) => `CommentTrigram_${part}`),
]

const title = process.argv[2]
if (!title || !/^[a-z0-9-]+$/.test(title)) throw new Error('usage: npm run migration -- name-of-the-change')

const postgres = await startPostgres()
const name = `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${title}`
const factories: Record<'sqlite' | 'postgresql', SqlMigrationAwareDriverAdapterFactory> = {
  sqlite: sqliteFactory({ url: `file:${join(mkdtempSync(join(tmpdir(), 'balas-author-')), 'empty.db')}`, busyTimeoutMs: 1000 }),
  postgresql: new PrismaPg({ connectionString: await postgres.createDatabase('main') }),
}
const shadow = { connectionString: await postgres.createDatabase('shadow') }
factories.postgresql.connectToShadowDb = () => withLetters(shadow)
const connectToShadow = factories.sqlite.connectToShadowDb.bind(factories.sqlite)
factories.sqlite.connectToShadowDb = async () => scripted(await connectToShadow())

for (const provider of ['sqlite', 'postgresql'] as const) {
  const file = join(import.meta.dirname, `../src/database/generated/${provider}.prisma`)
  const schema = { path: file, content: readFileSync(file, 'utf8') }
  const known = await readMigrations(join(migrationsFolder(), provider))
  const engine = await openSchemaEngine({ datamodels: [[schema.path, schema.content]], factory: factories[provider] })
  const { stdout } = await engine.diff({
    from: known.length === 0 ? { tag: 'empty' } : { tag: 'migrations', ...migrationsList(provider, known) },
    to: { tag: 'schemaDatamodel', files: [schema] },
    script: true,
    exitCode: null,
    filters: { externalTables: provider === 'sqlite' ? OF_OUR_OWN : [], externalEnums: [] },
  })
  engine.free()
  if (!stdout?.trim() || stdout.includes('This is an empty migration')) {
    console.log(`${provider}: nothing to do`)
    continue
  }
  mkdirSync(join(migrationsFolder(), provider, name), { recursive: true })
  writeFileSync(join(migrationsFolder(), provider, name, 'migration.sql'), stdout)
  console.log(`${provider}: ${name}`)
}
await postgres.stop()
process.exit(0) // the engine's connections keep no file of ours open, but would keep the process

/** The engine replays a migration of many statements as if it were one, which better-sqlite3 only takes as a script. */
function scripted(connection: SqlDriverAdapter): SqlDriverAdapter {
  connection.executeRaw = async ({ sql }) => {
    await connection.executeScript(sql)
    return 0
  }
  return connection
}

/**
 * The engine's own questions about the tables are answered in PostgreSQL's one-letter type, which it wants and Prisma's adapter
 * refuses. So it passes the adapter in the guise of a type that no such answer has.
 */
async function withLetters(config: pg.PoolConfig): Promise<SqlDriverAdapter> {
  const letter: number = pg.types.builtins.CHAR
  const guise: number = pg.types.builtins.UUID
  const pool = new pg.Pool(config).on('error', () => undefined) // the server is stopped before its connections
  const ask = pool.query.bind(pool) as (...given: unknown[]) => Promise<pg.QueryResult>
  const query = async (...given: unknown[]) => {
    const result = await ask(...given)
    for (const field of result.fields) if (field.dataTypeID === letter) field.dataTypeID = guise
    return result
  }
  const connection = await new PrismaPg(Object.assign(pool, { query })).connect()
  const unmasked = new Map<ColumnType, ColumnType>([[ColumnTypeEnum.Uuid, ColumnTypeEnum.Character]])
  const queryRaw = connection.queryRaw.bind(connection)
  connection.queryRaw = async (question) => {
    const { columnTypes, ...result } = await queryRaw(question)
    return { ...result, columnTypes: columnTypes.map((type) => unmasked.get(type) ?? type) }
  }
  return connection
}
