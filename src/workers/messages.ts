/**
 * What the main thread and a worker say to each other. A task gives one value, or a stream of bytes that is pulled chunk by chunk:
 * nothing is read before the main thread asks for it, and what one stream waits for holds up no other.
 */
export type Request =
  | { ask: 'value'; id: number; task: string; input: unknown }
  | { ask: 'open'; id: number; task: string; input: unknown }
  /** Answered with the next chunk, or null behind the last. */
  | { ask: 'next'; id: number }
  /** Ends a stream before its end; not answered. */
  | { ask: 'cancel'; id: number }
  /** Ends the worker. */
  | { ask: 'close' }

export type Answer = { id: number; value: unknown } | { id: number; failure: Failure }

/** An error, as much of it as crosses between threads. */
export interface Failure {
  message: string
  /** The database could not be reached. */
  unavailable: boolean
  /** Set for an error that a client may see. */
  problem?: { code: string; status: number; title: string }
}

/** What a worker can do, by name. Inputs and values are structured-cloned. */
export interface Tasks {
  values: Record<string, (input: never) => Promise<unknown>>
  streams: Record<string, (input: never) => AsyncGenerator<Uint8Array, void>>
}

/** What a worker is started with. */
export interface WorkerData {
  databaseUrl: string
  secret: string
}
