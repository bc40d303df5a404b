import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { idOf } from '../../src/transfer/import/stable-id.ts'
import { ratio } from './load.ts'
import { newDataDir, SECRET, startServer } from './server.ts'

const PER_THREAD = 50
const CLI = join(import.meta.dirname, '../../dist/cli.js')

/** How many comments a second come in by the command line, beside bare inserts of the same rows into the same tables; and the memory it takes. */
export async function benchImport({ comments }: { comments: number }): Promise<void> {
  const dataDir = await newDataDir()
  const { file: database, stop } = await startServer({ dataDir })
  await stop()
  const empty = join(dataDir, 'empty.db')
  await copyFile(database, empty)
  const file = join(dataDir, 'history.ndjson')
  await writeHistory({ file, comments })

  const started = performance.now()
  const child = spawn(process.execPath, [CLI, 'import', '--site', 'default', '--format', 'ndjson', file], {
    env: { ...process.env, DATA_DIR: dataDir, SECRET },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const memory: number[] = []
  let isOver = false
  const ended = once(child, 'exit').then(([code]) => {
    isOver = true
    return code as number
  })
  while (!isOver) {
    memory.push(await heap(child.pid ?? 0))
    await Promise.race([wait(500), ended])
  }
  if ((await ended) !== 0) throw new Error('the import failed')
  const rate = comments / ((performance.now() - started) / 1000)
  const ceiling = comments / insertBare({ from: database, into: empty })
  const half = memory.slice(0, Math.ceil(memory.length / 2))
  console.log(`import ndjson ${Math.round(rate)}/s (floor 5,000); ratio ${ratio(rate, ceiling)} of bare inserts' ${Math.round(ceiling)}/s`)
  console.log(`import ndjson took at most ${mb(Math.max(...half))} MB in its first half, ${mb(Math.max(...memory))} MB in all`)
}

const mb = (bytes: number) => Math.round(bytes / 1e6)

/** Memory of its own, without the database's file that is mapped into it; 0 when it has ended. */
async function heap(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024
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

/** Fifty comments to an article, every third of which answers another. */
async function writeHistory({ file, comments }: { file: string; comments: number }): Promise<void> {
  const out = createWriteStream(file)
  const hash = createHash('sha256')
  const write = async (record: object) => {
    const line = `${JSON.stringify(record)}\n`
    hash.update(line)
    if (!out.write(line)) await once(out, 'drain')
  }
  const at = (n: number) => new Date(Date.parse('2020-01-01T00:00:00Z') + n * 60_000)
  const idAt = (n: number, of: string) => idOf({ at: at(n), place: 0, of: `${of}${n}` })
  const threadOf = (n: number) => ({
    id: idAt(n - (n % PER_THREAD), 'thread'),
    url: `https://berita.example/${Math.floor(n / PER_THREAD)}`,
  })
  const filter = { status: null, since: null, until: null, url: null }
  await write({ type: 'header', format: 'balas', version: 1, emails: true, filter, snapshot: '/' })
  for (let n = 0; n < comments; n += PER_THREAD)
    await write({ type: 'thread', ...threadOf(n), title: 'Kereta malam', open: true, createdAt: at(n).toISOString() })
  for (let n = 0; n < comments; n++) {
    const thread = threadOf(n)
    const body = `Komentar nomor ${n} tentang kereta malam yang berhenti lebih lama di stasiun kecil itu.`
    await write({
      type: 'comment',
      id: idAt(n, 'comment'),
      threadId: thread.id,
      url: thread.url,
      parentId: n % 3 === 2 && n % PER_THREAD > 1 ? idAt(n - 1, 'comment') : null,
      status: n % 20 === 7 ? 'spam' : 'approved',
      version: 1,
      author: { name: `Pembaca ${n}`, website: null, email: `pembaca${n % 50_000}@example.com` },
      moderatorId: null,
      pageTitle: null,
      body,
      html: `<p>${body}</p>`,
      sanitizer: 1,
      createdAt: at(n).toISOString(),
      editedAt: null,
      verdicts: [],
      reports: [],
      revisions: [],
      history: [],
    })
  }
  out.end(`${JSON.stringify({ type: 'trailer', count: comments, sha256: hash.digest('hex') })}\n`)
  await once(out, 'finish')
}
