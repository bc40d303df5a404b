import { randomUUID } from 'node:crypto'
import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { LRUCache } from 'lru-cache'
import pg from 'pg'
import { announcing, type Change, type Changes, createChanges, type InnerChange } from './changes.ts'
import type { CreateClient, Database } from './connect.ts'
import { postgresRows } from './postgres-rows.ts'
import { retryLocked } from './errors.ts'

const CHANNEL = 'balas_changes'
const RECONNECT_MS = 500

/** PostgreSQL: a pool for reads and transactions, and a connection of its own that hears what other replicas announce. */
export async function openPostgres({
  url,
  listen,
  createClient,
}: {
  url: string
  listen: boolean
  createClient: CreateClient
}): Promise<Database> {
  const pool = new pg.Pool(poolConfig(url))
  pool.on('error', () => undefined) // an idle connection that dies is replaced; the query that needs one reports the failure
  const nameOf = statementName()
  const client = createClient(new PrismaPg(pool, { disposeExternalPool: true, statementNameGenerator: nameOf }))
  const self = randomUUID()
  const changes = createChanges({
    tellOthers: async (tx, announced) => {
      const payloads = JSON.stringify(announced.map((change) => ({ from: self, change })))
      await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, value::text) FROM json_array_elements(${payloads}::json)`
    },
  })
  const stopListening = listen ? await hearOthers({ url, self, changes }) : async () => undefined
  return {
    provider: 'postgresql',
    read: client,
    rows: postgresRows(pool, nameOf),
    write: (work) => retryLocked(() => announcing({ changes, transact: (body) => client.$transaction(body), work })),
    queued: client,
    changes,
    close: async () => {
      await stopListening()
      await client.$disconnect()
    },
  }
}

/** Times are UTC whatever the server's or the machine's zone is; a database that does not answer is noticed in seconds. */
export const poolConfig = (url: string): pg.PoolConfig => ({
  connectionString: url,
  max: 10,
  connectionTimeoutMillis: 3000,
  statement_timeout: 30_000,
  options: '-c timezone=UTC',
})

/** Names prepared statements by a hash of their text, so that PostgreSQL parses and plans each once a connection. */
function statementName() {
  const names = new LRUCache<string, string>({ max: 1000 })
  return ({ sql }: { sql: string }) => {
    const name = names.get(sql) ?? `balas_${createHash('sha256').update(sql).digest('base64url').slice(0, 22)}`
    names.set(sql, name)
    return name
  }
}

/**
 * Emits what other replicas announce by NOTIFY, which PostgreSQL itself holds back until their commit. A connection that broke is
 * opened again, and then everything counts as missed. Gives a function that ends it.
 */
async function hearOthers({ url, self, changes }: { url: string; self: string; changes: Changes }): Promise<() => Promise<void>> {
  let stopped = false
  let connection: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined

  const open = async () => {
    const client = new pg.Client(poolConfig(url))
    client.on('notification', ({ payload = '{}' }) => {
      const { from, change = 'missed' } = JSON.parse(payload) as { from?: string; change?: Change | InnerChange }
      if (from !== self) changes.emit(change) // our own were told after the commit already
    })
    client.on('error', () => undefined) // 'end' follows
    await client.connect()
    client.on('end', again)
    await client.query(`LISTEN ${CHANNEL}`)
    connection = client
    if (stopped) await client.end() // closed while it was being opened again
  }
  const again = () => {
    if (stopped) return
    retry = setTimeout(() => void open().then(() => changes.emit('missed'), again), RECONNECT_MS)
  }
  await open()
  return async () => {
    stopped = true
    clearTimeout(retry)
    await connection?.end().catch(() => undefined) // it may be broken already
  }
}
