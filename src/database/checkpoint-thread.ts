// The thread that checkpoints SQLite's write-ahead log, started by checkpoints.ts. Unlike other modules, importing this one does something.
import { parentPort, workerData } from 'node:worker_threads'
import SQLite from 'better-sqlite3'
import type { CheckpointThreadData } from './checkpoints.ts'

/** Frames that are left to the writer, which empties the log once it is that short. */
const LITTLE = 200
const ROUNDS = 8
/** Then the thread ends, with the memory that it takes. */
const IDLE_MS = 30_000

if (!parentPort) throw new Error('checkpoint-thread.ts is the entry of a worker thread')
const port = parentPort

const db = new SQLite((workerData as CheckpointThreadData).file, { timeout: 0, fileMustExist: true })
db.pragma('wal_autocheckpoint = 0')
db.pragma('synchronous = FULL')
const passive = db.prepare<[], [busy: number, log: number, checkpointed: number]>('PRAGMA wal_checkpoint(PASSIVE)').raw()

/** Copies what is in the log into the file; what is written meanwhile too, as far as it is worth it. */
function checkpoint(): void {
  for (let round = 0; round < ROUNDS; round++) {
    const [busy = 0, log = 0, checkpointed = 0] = passive.get() ?? []
    if (busy === 1 || log - checkpointed <= LITTLE) return
  }
}

const idle = setTimeout(() => {
  db.close()
  port.close()
}, IDLE_MS)

port.on('message', () => {
  checkpoint()
  idle.refresh()
  port.postMessage('done')
})
