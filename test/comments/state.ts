import type { TestApp } from '../support/app.ts'

type Rows = Record<string, unknown>[]

/** Every row of every table, as raw SQL gives it: what a stolen copy of the database would show. The search's index holds no text. */
export async function everyTable({ deps: { db } }: Pick<TestApp, 'deps'>): Promise<Record<string, Rows>> {
  const list =
    db.provider === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'CommentTrigram%'`
      : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`
  const tables = await db.read.$queryRawUnsafe<{ name: string }[]>(`${list} ORDER BY 1`)
  const rows: Record<string, Rows> = {}
  for (const { name } of tables) rows[name] = await db.read.$queryRawUnsafe<Rows>(`SELECT * FROM "${name}"`)
  return rows
}

/** All of it as one text; bytes as the letters they are. */
export async function everythingStored(app: Pick<TestApp, 'deps'>): Promise<string> {
  const letters = (_key: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return String(value)
    if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1')
    return value
  }
  // Buffers have a toJSON, which runs before the replacer.
  const rows = Object.entries(await everyTable(app)).map(([name, list]) => [
    name,
    list.map((row) => Object.entries(row).map(([column, value]) => [column, letters('', value)])),
  ])
  return JSON.stringify(rows, letters)
}

/** How many rows each table has that a submission may write to, and the site's counts; the limiter's own counts are left out. */
export async function traces({ deps: { db } }: Pick<TestApp, 'deps'>) {
  const { read } = db
  const sites = await read.site.findMany({
    select: { key: true, pendingCount: true, approvedCount: true, rejectedCount: true, spamCount: true },
  })
  return {
    sites,
    comments: await read.comment.count(),
    threads: await read.thread.count(),
    deliveries: await read.delivery.count(),
    answers: await read.idempotencyKey.count(),
    history: await read.history.count(),
    revisions: await read.revision.count(),
  }
}

export const NOTHING = {
  sites: [{ key: 'default', pendingCount: 0, approvedCount: 0, rejectedCount: 0, spamCount: 0 }],
  comments: 0,
  threads: 0,
  deliveries: 0,
  answers: 0,
  history: 0,
  revisions: 0,
}
