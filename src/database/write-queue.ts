/** Runs one piece of work after another, in the order they were handed in; a failed one does not stop the rest. `after` follows each. */
export function createWriteQueue({ after }: { after: () => void }) {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run<T>(work: () => Promise<T>): Promise<T> {
      const mine = last.then(work, work)
      last = mine.catch(() => undefined).then(after)
      return mine
    },
    /** Resolves when everything handed in so far has ended. */
    idle: async () => {
      await last
    },
  }
}
