import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { announcing, createChanges } from './changes.ts'
import { createCheckpoints, LONGEST_LOG } from './checkpoints.ts'
import type { Database } from './connect.ts'
import { retryLocked } from './errors.ts'
import { PrismaClient } from './generated/sqlite/client.ts'
import { sqliteRows } from './rows.ts'
import { createWriteQueue } from './write-queue.ts'

const CACHE_KB = 32_000
/** A worker reads most things once, and what is read often is mapped from the file. */
const LONG_READS_CACHE_KB = 8000
/** How long writes wait for another process that holds the file. */
const LOCK_PATIENCE_MS = 15_000
/** In pages: the commit that makes the log longer copies it into the file. */
const LOG_PAGES = 8000

/**
 * SQLite: one client writes, behind a queue that every write passes; another reads.
 *
 * The adapter shares one connection among all its callers, so a plain write beside an interactive transaction would become part
 * of that transaction and vanish with its rollback. Hence nothing writes but through the queue (DESIGN 4).
 */
export async function openSqlite({
  url,
  busyTimeoutMs,
  readOnly,
  checkpointThread,
}: {
  url: string
  busyTimeoutMs: number
  readOnly: boolean
  checkpointThread: URL | undefined
}): Promise<Database> {
  const changes = createChanges()
  const reader = new PrismaClient({
    adapter: sqliteFactory({ url, busyTimeoutMs, readOnly: true, ...(readOnly && { cacheKb: LONG_READS_CACHE_KB }) }),
  })
  const { rows, close: closeRows } = sqliteRows({ url, busyTimeoutMs })
  if (readOnly) {
    const refuse = () => Promise.reject(new Error('this connection only reads'))
    const close = async () => {
      closeRows()
      await reader.$disconnect()
    }
    return { provider: 'sqlite', read: reader, rows, write: refuse, queued: reader, changes, close }
  }
  const writer = new PrismaClient({
    adapter: sqliteFactory({ url, busyTimeoutMs, ...(checkpointThread && { longestLog: LONGEST_LOG }) }),
    transactionOptions: { maxWait: 10_000, timeout: 60_000 },
  })
  await writer.$connect()
  await reader.$connect()
  const checkpoints = checkpointThread && createCheckpoints({ file: fileOf(url), thread: checkpointThread })
  const queue = createWriteQueue({ after: () => checkpoints?.look() })
  const queued = writer.$extends({
    query: { $allOperations: ({ args, query }) => queue.run(() => retryLocked(() => query(args), { patienceMs: LOCK_PATIENCE_MS })) },
  })
  return {
    provider: 'sqlite',
    read: reader,
    rows,
    write: (work) =>
      queue.run(() =>
        retryLocked(() => announcing({ changes, transact: (body) => writer.$transaction(body), work }), { patienceMs: LOCK_PATIENCE_MS }),
      ),
    queued: queued as unknown as PrismaClient,
    changes,
    close: async () => {
      await queue.idle()
      await checkpoints?.close()
      closeRows()
      await reader.$disconnect()
      await writer.$disconnect()
    },
  }
}

/** Makes the folder of a SQLite file, which SQLite itself does not. Other databases need none. */
export async function makeFolder(url: string): Promise<void> {
  if (url.startsWith('file:')) await mkdir(dirname(fileOf(url)), { recursive: true, mode: 0o700 })
}

const fileOf = (url: string): string => url.slice('file:'.length)

/**
 * An adapter factory whose every connection is in WAL mode with synchronous=FULL, read back to be sure.
 *
 * better-sqlite3 is compiled so that a reopened WAL file starts at synchronous=NORMAL, which can lose an acknowledged commit when
 * the machine loses power, and the adapter has no option for it.
 */
export function sqliteFactory({
  url,
  busyTimeoutMs,
  readOnly = false,
  cacheKb = CACHE_KB,
  longestLog = LOG_PAGES,
}: {
  url: string
  busyTimeoutMs: number
  readOnly?: boolean
  /** Pages that this connection keeps in memory of its own. */
  cacheKb?: number
  /** In pages, before a commit copies the log itself. */
  longestLog?: number
}): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url, timeout: busyTimeoutMs }, { shadowDatabaseUrl: ':memory:' })
  const durable = async (connection: Promise<SqlDriverAdapter>) => {
    const adapter = await connection
    await adapter.executeScript(
      `PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-${cacheKb}; PRAGMA mmap_size=268435456; PRAGMA wal_autocheckpoint=${longestLog};`,
    )
    if (readOnly) await adapter.executeScript('PRAGMA query_only=ON;')
    const journal = await pragma(adapter, 'journal_mode')
    const synchronous = await pragma(adapter, 'synchronous')
    if (journal !== 'wal' || Number(synchronous) !== 2) {
      throw new Error(`SQLite would not give durable commits: journal_mode=${String(journal)}, synchronous=${String(synchronous)}`)
    }
    return adapter
  }
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => durable(factory.connect()),
    connectToShadowDb: () => factory.connectToShadowDb(),
  }
}

async function pragma(adapter: SqlDriverAdapter, name: string): Promise<unknown> {
  const { rows } = await adapter.queryRaw({ sql: `PRAGMA ${name}`, args: [], argTypes: [] })
  return rows[0]?.[0]
}
