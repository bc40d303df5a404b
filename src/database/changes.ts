import { EventEmitter } from 'node:events'
import type { Transaction } from './connect.ts'

/** Something public changed: a thread's comments, or a site's settings. `url` is the thread's canonical one. */
export type Change = { siteId: string; url: string } | { siteId: string }

/**
 * How a committed change reaches whoever keeps a copy, in this process and in every other one on the same database.
 *
 * `announce` is called inside the changing transaction; listeners hear of it after the commit, and never when it is rolled back.
 * `missed` is emitted when announcements may have been lost (a connection was down): drop every copy.
 */
export interface Changes {
  announce: (tx: Transaction, change: Change) => Promise<void>
  /** Runs the work of one transaction and emits what it announced once it is committed. */
  around: <T>(work: () => Promise<T>) => Promise<T>
  on: (listener: (change: Change | 'missed') => void) => () => void
  close: () => Promise<void>
}

/** For one process alone (SQLite): an announcement is kept beside its transaction and emitted when that has committed. */
export function inProcessChanges(): Changes {
  const emitter = new EventEmitter().setMaxListeners(0)
  let announced: Change[] = []
  return {
    announce: async (_tx, change) => {
      announced.push(change)
    },
    around: async (work) => {
      announced = []
      const result = await work()
      for (const change of announced.splice(0)) emitter.emit('change', change)
      return result
    },
    on: (listener) => {
      emitter.on('change', listener)
      return () => emitter.off('change', listener)
    },
    close: async () => {
      emitter.removeAllListeners()
    },
  }
}
