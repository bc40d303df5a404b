// Writes one row after another to a SQLite file until it is told to stop. Says which rows are acknowledged, as a server would.
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

const db = new Database(workerData.file)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
const insert = db.prepare(`INSERT INTO "Meta" ("key", "value") VALUES (?, ?)`)
const acknowledged = new Int32Array(workerData.acknowledged)

let row = 0
const write = () => {
  for (let n = 0; n < 20; n++) {
    insert.run(`row ${String(++row).padStart(7, '0')}`, 'x'.repeat(500))
    Atomics.store(acknowledged, 0, row)
  }
  parentPort.postMessage(row)
  if (acknowledged[1] === 0) setImmediate(write)
  else db.close()
}
write()
