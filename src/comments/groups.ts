import { setImmediate as nextTurn } from 'node:timers/promises'
import { Unavailable } from '../errors.ts'

const MOST_WAITING = 5000

export type Outcome<Result> = { ok: true; value: Result } | { ok: false; error: unknown }

/**
 * Group commit: items that come in while a group is under way share the next one, so that many cost one transaction and one
 * fsync. Under light load a group is a single item and nobody waits for company.
 *
 * `process` gives an outcome for every item, in their order; if it throws, every item of the group fails with that error.
 * @throws Unavailable when too many wait already: better a plain refusal than an answer that comes too late
 */
export function createGroups<Item, Result>({
  process,
  maxSize = 200,
}: {
  process: (items: Item[]) => Promise<Outcome<Result>[]>
  maxSize?: number
}) {
  interface Waiting {
    item: Item
    resolve: (result: Result) => void
    reject: (error: unknown) => void
  }
  const waiting: Waiting[] = []
  let running: Promise<void> | null = null

  const runAll = async () => {
    while (waiting.length > 0) {
      await nextTurn() // SQLite never leaves the event loop while it works: let those who came meanwhile in first
      const group = waiting.splice(0, maxSize)
      const outcomes = await process(group.map(({ item }) => item)).catch((error: unknown) =>
        group.map(() => ({ ok: false as const, error })),
      )
      group.forEach(({ resolve, reject }, index) => {
        const outcome = outcomes[index] ?? { ok: false, error: new Error('a group left an item without outcome') }
        if (outcome.ok) resolve(outcome.value)
        else reject(outcome.error)
      })
    }
    running = null
  }

  return {
    add: (item: Item): Promise<Result> =>
      new Promise((resolve, reject) => {
        if (waiting.length >= MOST_WAITING)
          return reject(Unavailable('Too many comments at once. Please try again in a moment.', { headers: { 'Retry-After': '5' } }))
        waiting.push({ item, resolve, reject })
        running ??= runAll()
      }),
    /** Resolves when nothing is under way. */
    idle: async () => {
      while (running) await running
    },
  }
}
