import { useSyncExternalStore } from 'react'
import type { Decision, ModeratedComment } from '../api/types.ts'

/** What became of a comment in this window since the list was read. */
export interface CardState {
  /** Decided (or about to be): the card is away while it does not belong to the list. */
  decided?: Decision
  /** The comment as the server gave it last, where that is newer than the list. */
  comment?: ModeratedComment
  /** Why it is back: the server's reason, or who was faster. */
  trouble?: { kind: 'refused'; error: unknown } | { kind: 'conflict'; by: string; at: string; to: string }
}

let cardStates: ReadonlyMap<string, CardState> = new Map()
const listeners = new Set<() => void>()

/** Notes what became of comments; null forgets it. */
export function note(changes: Iterable<readonly [id: string, cardState: CardState | null]>): void {
  const next = new Map(cardStates)
  for (const [id, cardState] of changes) {
    if (cardState) next.set(id, cardState)
    else next.delete(id)
  }
  cardStates = next
  for (const listener of listeners) listener()
}

/** After the list is read anew, everything is as it says. */
export function forgetCardStates(): void {
  cardStates = new Map()
  for (const listener of listeners) listener()
}

export const cardStateOf = (id: string) => cardStates.get(id)

const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What became of all comments, by id. */
export const useCardStates = () => useSyncExternalStore(listen, () => cardStates)

/** What became of one of them; nothing that happens to others concerns it. */
export const useCardState = (id: string) => useSyncExternalStore(listen, () => cardStates.get(id))
