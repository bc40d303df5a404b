import type { MessagePort } from 'node:worker_threads'
import { isUnavailable } from '../database/errors.ts'
import { Problem } from '../errors.ts'
import type { Answer, Failure, Request, Tasks } from './messages.ts'

type Stream = AsyncGenerator<Uint8Array, void>

/**
 * The worker's side: answers what comes through the port until it is told to close; then every open stream is ended, `close` is
 * called, and the port with which the thread ends.
 */
export function serve({ port, tasks, close }: { port: MessagePort; tasks: Tasks; close: () => Promise<void> }): void {
  const streams = new Map<number, Stream>()

  const end = async (id: number) => {
    const stream = streams.get(id)
    streams.delete(id)
    await stream?.return()
  }
  const next = async (id: number): Promise<Uint8Array | null> => {
    const result = await streams.get(id)?.next()
    if (result && !result.done) return result.value
    streams.delete(id)
    return null
  }
  const answer = async (id: number, work: () => Promise<unknown>) => {
    try {
      const value = await work()
      port.postMessage({ id, value } satisfies Answer, value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [])
    } catch (error) {
      streams.delete(id)
      port.postMessage({ id, failure: failureOf(error) } satisfies Answer)
    }
  }
  const closeAll = async () => {
    await Promise.allSettled([...streams.keys()].map(end))
    await close()
    port.close()
  }

  port.on('message', (request: Request) => {
    switch (request.ask) {
      case 'value':
        return void answer(request.id, () => taskOf(tasks.values, request.task)(request.input))
      case 'open':
        return void streams.set(request.id, taskOf(tasks.streams, request.task)(request.input))
      case 'next':
        return void answer(request.id, () => next(request.id))
      case 'cancel':
        return void end(request.id).catch(() => undefined) // nobody reads on, so nobody is left to tell
      case 'close':
        return void closeAll()
    }
  })
}

/** The other side's types made sure of the name and of the input's form. */
function taskOf<Result>(tasks: Record<string, (input: never) => Result>, name: string): (input: unknown) => Result {
  const task = tasks[name]
  if (!task) throw new Error(`the worker has no task "${name}"`)
  return task as (input: unknown) => Result
}

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error)
  if (!(error instanceof Problem)) return { message, unavailable: isUnavailable(error) }
  return { message, unavailable: false, problem: { code: error.code, status: error.status, title: error.title } }
}
