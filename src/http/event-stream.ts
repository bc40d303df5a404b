import { Readable } from 'node:stream'

/** What may wait for a client who does not read, besides what the socket takes: some forty events. */
const WAITING_BYTES = 2048

/** Proxies cut lines on which nothing comes for a minute or half; a comment keeps them open, and shows us who is gone. */
export const HEARTBEAT_MS = 25_000
export const HEARTBEAT = ':\n\n'

export const EVENT_HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no', // nginx would keep events back until it has a page of them
  Connection: 'close', // else, when a stopping server ends the stream, its client asks again over this line, is told 503, and gives up
}

/** Server-sent events on their way to one client. */
export interface EventStream {
  readable: Readable
  hasEnded: boolean
}

/** A stream to a client that comes back so many milliseconds after it has ended. */
export function openStream({ retryMs }: { retryMs: number }): EventStream {
  const stream = { readable: new Readable({ read: () => undefined }), hasEnded: false }
  send(stream, `retry: ${retryMs}\n\n`)
  return stream
}

/** A client who does not read is left: what waits for them would pile up in our memory. */
export function send({ readable, hasEnded }: EventStream, text: string) {
  if (readable.readableLength > WAITING_BYTES) readable.destroy()
  if (!hasEnded && !readable.destroyed) readable.push(text)
}

/** Ends streams in an orderly way; their clients come back after a while. */
export function end(streams: Iterable<EventStream>) {
  for (const stream of streams) {
    if (!stream.hasEnded) stream.readable.push(null)
    stream.hasEnded = true
  }
}
