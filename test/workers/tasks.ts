// A worker whose tasks tell what was asked of it; tasks.mjs starts it.
import { parentPort } from 'node:worker_threads'
import { serve } from '../../src/workers/serve.ts'

if (!parentPort) throw new Error('tasks.ts is the entry of a worker thread')

let made = 0
let ended = 0

const tasks = {
  values: {
    echo: async (words: unknown) => words,
    counts: async () => ({ made, ended }),
    fail: async () => {
      throw new Error('it did not work')
    },
    crash: async () => process.exit(3),
    never: () => new Promise(() => undefined),
  },
  streams: {
    async *chunks({ count }: { count: number }) {
      try {
        for (let n = 0; n < count; n++) {
          made++
          yield new TextEncoder().encode(`${n}\n`)
        }
      } finally {
        ended++
      }
    },
    async *broken() {
      yield new TextEncoder().encode('so far\n')
      throw new Error('it broke')
    },
  },
}
serve({ port: parentPort, tasks, close: async () => undefined })
