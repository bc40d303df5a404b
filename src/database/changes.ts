import { EventEmitter } from 'node:events'
import type { Transaction } from './connect.ts'

/** Something public changed: a thread, named by its key, or a site's settings and with them anything of the site. */
export type Change = { siteId: string; key: string } | { siteId: string }

/** Something of a site changed that readers do not see: what its moderators look at, whom it takes no comments from, or whom it tells. */
export interface InnerChange {
  siteId: string
  inner: Inner
}
const INNER = ['queue', 'bans', 'webhooks'] as const
type Inner = (typeof INNER)[number]

/** `missed` stands for announcements that may have been lost (a connection was down): drop every copy. */
type Listener = (change: Change | 'missed') => void
/** Null stands for announcements that may have been lost. */
type InnerListener = (siteId: string | null) => void

/**
 * How a committed change reaches whoever keeps a copy, in this process and in every other one on the same database.
 *
 * `announce` is called inside the changing transaction; listeners hear of it after the commit, and never when it is rolled back.
 */
export interface Changes {
  announce: (tx: Transaction, ...changes: (Change | InnerChange)[]) => Promise<void>
  /** Tells this process's listeners what a transaction announced; called by `write` after the commit. */
  committed: (tx: Transaction) => void
  emit: (change: Change | InnerChange | 'missed') => void
  /** Listens to public changes. */
  on: (listener: Listener) => () => void
  /** Listens to one kind of the others: they come with every comment, and copies of what readers see need not go for them. */
  onInner: (inner: Inner, listener: InnerListener) => () => void
}

/** `tellOthers` carries announcements to other processes, inside the transaction. */
export function createChanges({
  tellOthers,
}: { tellOthers?: (tx: Transaction, changes: (Change | InnerChange)[]) => Promise<void> } = {}): Changes {
  const emitter = new EventEmitter().setMaxListeners(0)
  const announced = new WeakMap<Transaction, (Change | InnerChange)[]>()
  const emit: Changes['emit'] = (change) => {
    if (change !== 'missed') return void ('inner' in change ? emitter.emit(change.inner, change.siteId) : emitter.emit('change', change))
    emitter.emit('change', change)
    for (const inner of INNER) emitter.emit(inner, null)
  }
  const on = (name: string, listener: Listener | InnerListener) => {
    emitter.on(name, listener)
    return () => void emitter.off(name, listener)
  }
  return {
    announce: async (tx, ...changes) => {
      announced.set(tx, [...(announced.get(tx) ?? []), ...changes])
      if (changes.length > 0) await tellOthers?.(tx, changes)
    },
    committed: (tx) => announced.get(tx)?.forEach(emit),
    emit,
    on: (listener) => on('change', listener),
    onInner: on,
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
