import type { FoundComment } from './source.ts'
import type { Stage } from './stage.ts'

/** Threads counted in memory before they are added up in the stage. */
const MOST = 2000

/**
 * The file's own count: how many comments of each status it names for each thread. It is taken from what readers find, before anything is
 * made of it, and planning has no part in it, so that a plan which lost comments does not agree with it (receipt.ts).
 */
export function createFileCount({ db }: Stage) {
  const add = db.prepare(
    'INSERT INTO seen (thread, status, count) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
  )
  const counts = new Map<string, Map<string, number>>()
  const flush = () => {
    for (const [thread, byStatus] of counts) for (const [status, count] of byStatus) add.run(thread, status, count)
    counts.clear()
  }
  return {
    count({ threadExternalId, status }: Pick<FoundComment, 'threadExternalId' | 'status'>) {
      if (counts.size >= MOST && !counts.has(threadExternalId)) flush()
      const byStatus = counts.get(threadExternalId) ?? new Map<string, number>()
      byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
      counts.set(threadExternalId, byStatus)
    },
    /** Writes down what is still in memory. */
    end: flush,
  }
}
