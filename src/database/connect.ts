import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { PrismaClient as PostgresClient } from './generated/postgresql/client.ts'
import type { Prisma, PrismaClient } from './generated/sqlite/client.ts'
import type { Changes } from './changes.ts'
import type { ReadRows } from './rows.ts'
import { openSqlite } from './sqlite.ts'

/** What a store may use inside a transaction: the models and raw queries. */
export type Transaction = Prisma.TransactionClient
/** A client for reads outside any transaction. */
export type Client = Omit<PrismaClient, '$transaction' | '$connect' | '$disconnect' | '$on' | '$extends'>

/**
 * The one door to the data, the same on SQLite and PostgreSQL.
 *
 * `read` never waits for a write; `write` runs its work in one transaction, and may run it again after a lost lock, so the work
 * must have no effect outside the transaction it is given. When `write` resolves, the change is on disk.
 */
export interface Database {
  provider: 'sqlite' | 'postgresql'
  read: Client
  /** Reads many rows fast, past the client. */
  rows: ReadRows
  write: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>
  /** A whole client whose every call takes its turn among the writes, for better-auth's adapter. */
  queued: PrismaClient
  changes: Changes
  close: () => Promise<void>
}

export interface DatabaseOptions {
  /** `file:...` for SQLite, `postgresql://...` for PostgreSQL. */
  url: string
  /** How long a statement waits for another process's lock before `write` tries again, milliseconds. SQLite waits on the main thread. */
  busyTimeoutMs?: number
  /** Tells other replicas; a process that only reads or runs one command does without. */
  listen?: boolean
  /** Refuses every write on this connection: for the worker that reads long. */
  readOnly?: boolean
  /** The program of the thread that checkpoints SQLite's log (checkpoints.ts); without it commits do so themselves. */
  checkpointThread?: URL | undefined
}

export const isPostgresUrl = (url: string) => /^postgres(ql)?:\/\//.test(url)

/** Opens the database named by the URL; it must have been migrated. */
export async function connect({
  url,
  busyTimeoutMs = 250,
  listen = false,
  readOnly = false,
  checkpointThread,
}: DatabaseOptions): Promise<Database> {
  if (isPostgresUrl(url)) {
    const [{ openPostgres }, { PrismaClient }] = await Promise.all([import('./postgres.ts'), import('./generated/postgresql/client.ts')])
    return openPostgres({
      url,
      listen,
      createClient: (adapter) => asClient(new PrismaClient({ adapter, transactionOptions: { maxWait: 5000, timeout: 15_000 } })),
    })
  }
  return openSqlite({ url, busyTimeoutMs, readOnly, checkpointThread })
}

/** Both clients come from the same models; this is the only place where one is taken for the other. */
const asClient = (client: PostgresClient) => client as unknown as PrismaClient

export type CreateClient = (adapter: SqlDriverAdapterFactory) => PrismaClient
