import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { load } from './load.ts'
import { newDataDir, startProcess } from './server.ts'

/** Rows a second that SQLite takes one by one, each on disk before the next (WAL, synchronous=FULL): what durable storing costs here. */
export async function sqliteCeiling(seconds: number): Promise<number> {
  const db = new SQLite(join(await newDataDir(), 'ceiling.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('CREATE TABLE comment (id TEXT PRIMARY KEY, name TEXT, email TEXT, body TEXT, html TEXT, at TEXT)')
  const insert = db.prepare('INSERT INTO comment VALUES (?, ?, ?, ?, ?, ?)')
  const until = performance.now() + seconds * 1000
  let rows = 0
  while (performance.now() < until) {
    const body = `Komentar nomor ${rows} tentang kereta malam yang berhenti lebih lama di stasiun kecil itu.`
    insert.run(`id-${rows}`, `Pembaca ${rows}`, `pembaca${rows}@example.com`, body, `<p>${body}</p>`, new Date().toISOString())
    rows++
  }
  db.close()
  return rows / seconds
}

/** Answers a second that `node:http` alone writes of the same bytes, in a process of its own: what an answer costs here. */
export async function httpCeiling(body: Buffer): Promise<number> {
  const file = join(await newDataDir(), 'body')
  await writeFile(file, body)
  const server = await startProcess({ args: ['--import', 'tsx', join(import.meta.dirname, 'ceiling-server.ts'), file] })
  const { perSecond } = await load({ url: server.url, duration: 5 })
  await server.stop()
  return perSecond
}
