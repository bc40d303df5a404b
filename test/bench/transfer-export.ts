import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import SQLite from 'better-sqlite3'
import { besideReaders } from './beside-readers.ts'
import { ratio } from './load.ts'
import { mb, watchMemory } from './memory.ts'
import { seed } from './seed.ts'
import { newDataDir, ownersKey, startServer } from './server.ts'

const FORMATS = ['ndjson', 'ndjson&emails=true', 'csv', 'wxr', 'archive']
const SLOW_BYTES = 50 * 1024
const SLOW_SECONDS = 30

/** How many comments a second leave over HTTP, beside a bare scan of the same rows; and what a slow reader costs in memory. */
export async function benchExport({ comments }: { comments: number }): Promise<void> {
  const dataDir = await newDataDir()
  const first = await startServer({ dataDir })
  await first.stop()
  seed({ file: first.file, total: comments, held: Math.ceil(comments / 100) })
  const server = await startServer({ dataDir })
  const key = await ownersKey(dataDir)
  const address = (query: string) => `${server.url}/api/v1/sites/default/export?format=${query}`

  scan(first.file) // warms the file's pages
  for (const format of FORMATS) {
    const ceiling = comments / scan(first.file)
    const memory = watchMemory(server.pid)
    const { seconds, bytes } = await read(address(format), key)
    const most = memory.stop()
    const rate = Math.round(comments / seconds)
    console.log(
      `export ${format.padEnd(20)} ${rate}/s (floor 20,000), ${Math.round(bytes / 1e6)} MB; ratio ${ratio(rate, ceiling)} of a bare scan's ${Math.round(ceiling)}/s; RssAnon at most ${mb(most)} MB (ceiling 400)`,
    )
  }
  for (const format of FORMATS) {
    const { most, readers } = await besideReaders({ server, work: async () => void (await read(address(format), key)) })
    console.log(
      `export ${format} beside readers: RssAnon at most ${mb(most)} MB; readers' p50 ${readers.p50} ms, p99 ${readers.p99} ms (ceiling 50)`,
    )
  }
  for (const format of ['ndjson', 'archive']) {
    const before = await rss(server.pid)
    const growth = await readSlowly({ url: address(format), key, pid: server.pid, before })
    console.log(
      `export ${format} to a reader of 50 KB/s: RSS grew by at most ${Math.round(growth / 1e6)} MB in ${SLOW_SECONDS} s (ceiling 50)`,
    )
  }
  await server.stop()
}

/** Seconds for reading the same columns of the same rows with nothing around it. */
function scan(file: string): number {
  const db = new SQLite(file, { readonly: true })
  const started = performance.now()
  const rows = db
    .prepare(
      `SELECT c.id, c.threadId, c.parentId, c.status, c.version, c.name, c.website, c.moderatorId, c.pageTitle, c.body, c.html, c.sanitizer,
        c.createdAt, c.editedAt, c.verdicts, c.emailSealed, t.url, t.title FROM "Comment" c JOIN "Thread" t ON t.id = c.threadId ORDER BY c.id`,
    )
    .raw()
    .iterate()
  for (const row of rows) if (row === null) throw new Error('a row is missing')
  db.close()
  return (performance.now() - started) / 1000
}

async function read(url: string, key: string): Promise<{ seconds: number; bytes: number }> {
  const started = performance.now()
  const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`)
  let bytes = 0
  for await (const chunk of answer.body ?? []) bytes += (chunk as Uint8Array).length
  return { seconds: (performance.now() - started) / 1000, bytes }
}

/** Takes 50 KB a second for a while; gives the most that the server's memory was above what it was before. */
function readSlowly({ url, key, pid, before }: { url: string; key: string; pid: number; before: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    let most = 0
    const asking = request(url, { headers: { authorization: `Bearer ${key}` } }, (answer) => {
      const timer = setInterval(() => {
        answer.read(Math.min(SLOW_BYTES, answer.readableLength))
        void rss(pid).then((now) => (most = Math.max(most, now - before)), reject)
      }, 1000)
      setTimeout(() => {
        clearInterval(timer)
        asking.destroy()
        resolve(most)
      }, SLOW_SECONDS * 1000)
    })
    asking.on('error', reject)
    asking.end()
  })
}

async function rss(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
}
