import { useSyncExternalStore } from 'react'
import type { Decision, ModeratedComment } from '../api/types.ts'

/** What became of a comment in this window since the list was read. */
export interface Standing {
  /** Decided (or about to be): the card is away while it does not belong to the list. */
  decided?: Decision
  /** The comment as the server gave it last, where that is newer than the list. */
  comment?: ModeratedComment
  /** Why it is back: the server's reason, or who was faster. */
  trouble?: { kind: 'refused'; error: unknown } | { kind: 'conflict'; by: string; at: string; to: string }
}

let standings: ReadonlyMap<string, Standing> = new Map()
const listeners = new Set<() => void>()

/** Notes what became of comments; null forgets it. */
export function note(changes: Iterable<readonly [id: string, standing: Standing | null]>): void {
  const next = new Map(standings)
  for (const [id, standing] of changes) {
    if (standing) next.set(id, standing)
    else next.delete(id)
  }
  standings = next
  for (const listener of listeners) listener()
}

/** After the list is read anew, everything is as it says. */
export function forgetStandings(): void {
  standings = new Map()
  for (const listener of listeners) listener()
}

export const standingOf = (id: string) => standings.get(id)

const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What became of all comments, by id. */
export const useStandings = () => useSyncExternalStore(listen, () => standings)

/** What became of one of them; nothing that happens to others concerns it. */
export const useStanding = (id: string) => useSyncExternalStore(listen, () => standings.get(id))
