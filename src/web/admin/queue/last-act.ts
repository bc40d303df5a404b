import { useSyncExternalStore } from 'react'
import type { Decision } from '../api/types.ts'

/** Something that was done and can be taken back: a decision, or a batch of them. */
export type Act = { decision: Decision; ids: string[]; name: string } & ({ kind: 'one' } | { kind: 'batch'; batch: string })
/** What is said below the list: the last act, or a message. */
export type Said = { act: Act } | { text: string; error?: unknown } | null

let acts: readonly Act[] = []
let said: Said = null
const listeners = new Set<() => void>()

function tell(next: Said) {
  said = next
  for (const listener of listeners) listener()
}

export function remember(act: Act): void {
  acts = [...acts.slice(-99), act]
  tell({ act })
}

/** The newest act, which is no longer there to be taken back. */
export function takeLast(): Act | undefined {
  const act = acts.at(-1)
  acts = acts.slice(0, -1)
  return act
}

/** A decision that never came about cannot be taken back. */
export function forget(id: string): void {
  acts = acts.filter(({ kind, ids }) => kind === 'batch' || ids[0] !== id)
  if (said && 'act' in said && said.act.kind === 'one' && said.act.ids[0] === id) tell(null)
}

export const forgetAll = () => {
  acts = []
}
export const say = (text: string, error?: unknown) => tell({ text, error })

export const useSaid = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => said,
  )
