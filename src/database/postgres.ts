import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import type { Change, Changes } from './changes.ts'
import { inProcessChanges } from './changes.ts'
import type { CreateClient, Database } from './connect.ts'
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
  const client = createClient(new PrismaPg(pool, { disposeExternalPool: true, statementNameGenerator: statementName() }))
  const changes = await postgresChanges({ url, listen })
  return {
    provider: 'postgresql',
    read: client,
    write: (work) => retryLocked(() => client.$transaction(work)),
    queued: client,
    changes,
    close: async () => {
      await changes.close()
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

/** Names prepared statements by their text, a bounded number of them, so that PostgreSQL parses and plans each once a connection. */
function statementName() {
  const names = new Map<string, string>()
  return ({ sql }: { sql: string }) => {
    const known = names.get(sql)
    if (known) return known
    if (names.size >= 500) names.clear()
    const name = `balas_${names.size}_${sql.length}`
    names.set(sql, name)
    return name
  }
}

/** Announcements by NOTIFY, which PostgreSQL itself holds back until the commit. */
async function postgresChanges({ url, listen }: { url: string; listen: boolean }): Promise<Changes> {
  const local = inProcessChanges()
  const emit = (change: Change | 'missed') => local.around(async () => local.announce(undefined as never, change as Change))
  let stop = false
  let connection: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined

  const open = async () => {
    const client = new pg.Client(poolConfig(url))
    client.on('notification', ({ payload }) => void emit(JSON.parse(payload ?? '"missed"') as Change))
    client.on('error', () => undefined)
    client.on('end', again)
    await client.connect()
    await client.query(`LISTEN ${CHANNEL}`)
    connection = client
  }
  const again = () => {
    if (stop) return
    retry = setTimeout(() => {
      open().then(() => emit('missed'), again)
    }, RECONNECT_MS)
  }
  if (listen) await open()

  return {
    announce: async (tx, change) => {
      await tx.$executeRaw`SELECT pg_notify(${CHANNEL}, ${JSON.stringify(change)})`
    },
    around: (work) => work(),
    on: local.on,
    close: async () => {
      stop = true
      clearTimeout(retry)
      await connection?.end()
      await local.close()
    },
  }
}
