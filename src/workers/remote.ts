import { Readable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { Problem, Unavailable } from '../errors.ts'
import type { Answer, Failure, Request, Tasks } from './messages.ts'

/**
 * Of a worker's young objects, a fraction of the default: a page of rows is short-lived and small beside it, and it is never given
 * back to the system.
 */
const YOUNG_MB = 8
const CLOSE_MS = 2000 // then a worker in the middle of a long statement is stopped hard; it only reads

type Input<Task> = Task extends (input: infer Given) => unknown ? Given : never
type Value<Task> = Task extends (input: never) => Promise<infer Given> ? Given : never

export interface Remote<Offered extends Tasks> {
  /** Has the worker do a task. @throws Unavailable when the worker dies before it answers */
  ask<Name extends keyof Offered['values'] & string>(
    task: Name,
    input: Input<Offered['values'][Name]>,
  ): Promise<Value<Offered['values'][Name]>>
  /**
   * A stream that is read in the worker, one chunk ahead of its reader at most. Nothing starts before it is read; destroying it
   * stops the worker's reading. It fails with Unavailable when the worker dies.
   */
  stream<Name extends keyof Offered['streams'] & string>(task: Name, input: Input<Offered['streams'][Name]>): Readable
  /** Ends the worker; whatever it had not finished fails with Unavailable. */
  close(): Promise<void>
}

/** The main thread's side of one long-lived worker, started at the first use and again after it died. */
export function createRemote<Offered extends Tasks>({
  file,
  workerData,
  log,
}: {
  file: URL
  workerData: unknown
  log: Pick<Logger, 'error'>
}): Remote<Offered> {
  let session: Session | undefined
  let closed = false
  let lastId = 0

  const alive = (): Session => {
    if (closed) throw Unavailable('The server is closing.')
    if (!session || session.ended()) session = startSession({ file, workerData, log })
    return session
  }

  return {
    ask: async (task, input) => (await alive().ask({ ask: 'value', id: ++lastId, task, input })) as never,
    stream(task, input) {
      const id = ++lastId
      let opened: Session | undefined
      const next = async () => {
        if (!opened) {
          opened = alive()
          opened.tell({ ask: 'open', id, task, input })
        }
        return (await opened.ask({ ask: 'next', id })) as Uint8Array | null
      }
      return new Readable({
        highWaterMark: 1, // any chunk is enough to wait with the next until this one is taken
        read() {
          next().then(
            (chunk) => this.push(chunk),
            (error: Error) => this.destroy(error),
          )
        },
        destroy(error, done) {
          opened?.tell({ ask: 'cancel', id })
          done(error)
        },
      })
    },
    async close() {
      closed = true
      await session?.close()
    },
  }
}

type Session = ReturnType<typeof startSession>

/** One life of the worker. */
function startSession({ file, workerData, log }: { file: URL; workerData: unknown; log: Pick<Logger, 'error'> }) {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const worker = new Worker(file, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } })
  let ended = false
  let closing = false

  worker.on('message', (answer: Answer) => {
    const caller = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('failure' in answer) caller?.reject(errorOf(answer.failure))
    else caller?.resolve(answer.value)
  })
  worker.on('error', (error) => log.error({ err: error }, 'the worker for long reads failed'))
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      ended = true
      if (!closing) log.error({ code }, 'the worker for long reads ended; the next use starts it again')
      for (const { reject } of waiting.values()) reject(Unavailable('Reading was interrupted. Please try again.'))
      waiting.clear()
      resolve()
    })
  })

  const tell = (request: Request) => worker.postMessage(request) // to a worker that has ended it does nothing
  return {
    ended: () => ended,
    tell,
    ask: (request: Request & { id: number }) =>
      new Promise<unknown>((resolve, reject) => {
        if (ended) return reject(Unavailable('Reading was interrupted. Please try again.'))
        waiting.set(request.id, { resolve, reject })
        tell(request)
      }),
    async close() {
      closing = true
      tell({ ask: 'close' })
      const hard = setTimeout(() => void worker.terminate(), CLOSE_MS)
      await exited
      clearTimeout(hard)
    },
  }
}

function errorOf({ message, unavailable, problem }: Failure): Error {
  if (problem) return new Problem({ ...problem, detail: message })
  return unavailable ? Unavailable() : new Error(message)
}
