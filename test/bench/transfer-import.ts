import { copyFile, open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { alone, besideReaders } from './beside-readers.ts'
import { writeHistory } from './history.ts'
import { ratio } from './load.ts'
import { mb } from './memory.ts'
import { seed } from './seed.ts'
import { type BenchServer, newDataDir, ownersKey, startServer } from './server.ts'

const SEEDED = 1000

/**
 * How many comments a second come in at a running server, beside bare inserts of the same rows into the same tables, and the memory of its
 * own that the server takes, at this size and at a fifth of it; and, in a run of its own, how long readers wait meanwhile.
 */
export async function benchImport({ comments }: { comments: number }): Promise<void> {
  const fifth = Math.ceil(comments / 5)
  for (const size of [fifth, comments]) {
    const { server, work, bare } = await prepare(size)
    const { most, before, seconds } = await alone({ server, work })
    await server.stop()
    const rate = size / seconds
    const ceiling = size / bare()
    console.log(
      `import of ${size}: ${Math.round(rate)}/s (floor 5,000); ratio ${ratio(rate, ceiling)} of bare inserts' ${Math.round(ceiling)}/s; ` +
        `RssAnon ${mb(before)} MB before, at most ${mb(most)} MB (ceiling 400)`,
    )
  }
  const { server, work } = await prepare(fifth)
  const { most, readers, seconds } = await besideReaders({ server, work })
  await server.stop()
  console.log(
    `import of ${fifth} beside 500 readers a second: ${Math.round(fifth / seconds)}/s; they wait p50 ${readers.p50} ms, p99 ${readers.p99} ms (ceiling 50); ` +
      `RssAnon at most ${mb(most)} MB`,
  )
}

/** A server with a little in it, and a file to bring in. */
async function prepare(comments: number) {
  const dataDir = await newDataDir()
  const first = await startServer({ dataDir })
  await first.stop()
  const empty = join(dataDir, 'empty.db')
  await copyFile(first.file, empty)
  seed({ file: first.file, total: SEEDED, held: 10 })
  const file = join(dataDir, 'history.ndjson')
  await writeHistory({ file, comments })
  const server = await startServer({ dataDir })
  const key = await ownersKey(dataDir)

  return { server, work: () => bringIn({ server, key, file }), bare: () => insertBare({ from: server.file, into: empty }) }
}

/** Sends the file, and waits until it is dealt with. */
async function bringIn({ server, key, file }: { server: BenchServer; key: string; file: string }): Promise<void> {
  const headers = { authorization: `Bearer ${key}` }
  const imports = `${server.url}/api/v1/sites/default/imports`
  const handle = await open(file)
  const sending = { method: 'POST', headers, body: handle.readableWebStream({ type: 'bytes' }), duplex: 'half' } as RequestInit
  const taken = await fetch(`${imports}?format=ndjson`, sending)
  await handle.close()
  if (taken.status !== 202) throw new Error(`the import was answered by ${taken.status}`)
  const { import: begun } = (await taken.json()) as { import: { id: string } }
  for (;;) {
    const answer = await fetch(`${imports}/${begun.id}`, { headers })
    const { import: now } = (await answer.json()) as { import: { state: string; problem: unknown } }
    if (now.state === 'done') return
    if (now.state === 'failed') throw new Error(`the import failed: ${JSON.stringify(now.problem)}`)
    await wait(250)
  }
}

/** Seconds for the rows that an import left, put one by one into the same empty tables, 200 to a durable transaction. */
function insertBare({ from, into }: { from: string; into: string }): number {
  const db = new SQLite(into)
  db.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; PRAGMA wal_autocheckpoint=8000;',
  )
  const source = new SQLite(from, { readonly: true })
  const started = performance.now()
  for (const table of ['Thread', 'Comment', 'ExternalId']) {
    let insert: SQLite.Statement | undefined
    let pending = 0
    for (const row of source.prepare(`SELECT * FROM "${table}"`).raw().iterate() as IterableIterator<unknown[]>) {
      insert ??= db.prepare(`INSERT INTO "${table}" VALUES (${row.map(() => '?').join(', ')})`)
      if (pending === 0) db.exec('BEGIN')
      insert.run(...row)
      pending = (pending + 1) % 200
      if (pending === 0) db.exec('COMMIT')
    }
    if (db.inTransaction) db.exec('COMMIT')
  }
  const seconds = (performance.now() - started) / 1000
  source.close()
  db.close()
  return seconds
}
