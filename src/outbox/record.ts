import { setTimeout as wait } from 'node:timers/promises'

/** Pauses before a failed write of outcomes is tried again, milliseconds: what was sent and not recorded would be sent again. */
const PAUSES_MS = [100, 500, 2000]
/** How long an outcome waits for others to share its write, milliseconds: on disk, one costs as much as many. */
const GATHERING_MS = 10

/**
 * Records what became of things sent as soon as it is known: those that end at about the same time share a write.
 * The promise resolves when the outcome is on disk, and rejects when the database would not take it.
 */
export function createRecorder<Outcome>({
  write,
}: {
  /** Writes outcomes in one transaction. */
  write: (outcomes: Outcome[]) => Promise<void>
}): (outcome: Outcome) => Promise<void> {
  let waiting: Outcome[] = []
  let next: Promise<void> | undefined
  let last: Promise<unknown> = Promise.resolve()

  return (outcome) => {
    waiting.push(outcome)
    next ??= startAfter(last)
    return next
  }

  function startAfter(previous: Promise<unknown>) {
    const mine = Promise.all([previous, wait(GATHERING_MS)]).then(() => {
      const outcomes = waiting
      waiting = []
      next = undefined
      return persistently(() => write(outcomes))
    })
    last = mine.catch(() => undefined)
    return mine
  }
}

async function persistently(work: () => Promise<void>): Promise<void> {
  for (const pause of PAUSES_MS) {
    try {
      return await work()
    } catch {
      await wait(pause)
    }
  }
  await work()
}
