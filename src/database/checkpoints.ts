import { Worker } from 'node:worker_threads'
import SQLite from 'better-sqlite3'

/** Frames of the log (4 KiB each) that wait before the thread is asked to copy them. */
const MANY = 2000
/** A file of 64 MiB: the thread has copied nearly all of it by then, and the writer, which alone can begin the log anew, does the rest. */
export const LONGEST_LOG = 16_000

export interface CheckpointThreadData {
  file: string
}

/**
 * Has a thread of its own copy SQLite's write-ahead log into the database file. The writer would do it within the commit that makes the log
 * long enough, and nobody is served for the half second that 32 MB take. Where the thread fails, the writer still does it, later.
 */
export function createCheckpoints({ file, thread }: { file: string; thread: URL }) {
  let worker: Worker | undefined
  let isAsked = false
  const db = new SQLite(file, { readonly: true, fileMustExist: true })
  const state = db.prepare<[], [busy: number, log: number, checkpointed: number]>('PRAGMA wal_checkpoint(NOOP)').raw()

  const isLong = (): boolean => {
    try {
      const [, log = 0, checkpointed = 0] = state.get() ?? []
      return log - checkpointed >= MANY
    } catch {
      return false // what is wrong with the file shows at the next commit, to somebody who can say it
    }
  }

  const begin = (): Worker => {
    const begun = new Worker(thread, {
      workerData: { file } satisfies CheckpointThreadData,
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
    })
    const gone = () => {
      if (worker === begun) worker = undefined
      isAsked = false
    }
    begun.on('message', () => (isAsked = false))
    begun.on('error', gone)
    begun.on('exit', gone)
    begun.unref()
    return begun
  }

  return {
    /** To be called after each commit: takes a microsecond. */
    look: (): void => {
      if (isAsked || !isLong()) return
      isAsked = true
      worker ??= begin()
      worker.postMessage('checkpoint')
    },
    close: async (): Promise<void> => {
      db.close()
      await worker?.terminate()
    },
  }
}
