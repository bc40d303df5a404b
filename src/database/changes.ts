import { EventEmitter } from 'node:events'
import type { Transaction } from './connect.ts'

/** Something public changed: a thread, named by its key, or a site's settings and with them anything of the site. */
export type Change = { siteId: string; key: string } | { siteId: string }

/** `missed` stands for announcements that may have been lost (a connection was down): drop every copy. */
type Listener = (change: Change | 'missed') => void

/**
 * How a committed change reaches whoever keeps a copy, in this process and in every other one on the same database.
 *
 * `announce` is called inside the changing transaction; listeners hear of it after the commit, and never when it is rolled back.
 */
export interface Changes {
  announce: (tx: Transaction, change: Change) => Promise<void>
  /** Tells this process's listeners what a transaction announced; called by `write` after the commit. */
  committed: (tx: Transaction) => void
  emit: Listener
  on: (listener: Listener) => () => void
}

/** `tellOthers` carries an announcement to other processes, inside the transaction. */
export function createChanges({ tellOthers }: { tellOthers?: (tx: Transaction, change: Change) => Promise<void> } = {}): Changes {
  const emitter = new EventEmitter().setMaxListeners(0)
  const announced = new WeakMap<Transaction, Change[]>()
  const emit: Listener = (change) => void emitter.emit('change', change)
  return {
    announce: async (tx, change) => {
      announced.set(tx, [...(announced.get(tx) ?? []), change])
      await tellOthers?.(tx, change)
    },
    committed: (tx) => announced.get(tx)?.forEach(emit),
    emit,
    on: (listener) => {
      emitter.on('change', listener)
      return () => emitter.off('change', listener)
    },
  }
}

/** Runs one transaction and tells of what it announced once it is committed. */
export async function announcing<T>({
  changes,
  transact,
  work,
}: {
  changes: Changes
  transact: (work: (tx: Transaction) => Promise<T>) => Promise<T>
  work: (tx: Transaction) => Promise<T>
}): Promise<T> {
  let mine: Transaction | undefined
  const result = await transact((tx) => {
    mine = tx
    return work(tx)
  })
  if (mine) changes.committed(mine)
  return result
}
