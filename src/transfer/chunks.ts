import { createHash } from 'node:crypto'

const CHUNK = 64 * 1024

/** A part of a file. */
export interface Piece {
  /** Or made of the SHA-256 (hex) of all bytes before it. */
  text: string | ((sha256: string) => string)
  /** The comment that it is. */
  comment?: string
}

/**
 * A file's bytes, in chunks of about 64 KiB. With `after` it gives what comes behind that comment: what comes before is written all
 * the same, for the checksum is of the whole.
 */
export async function* chunksOf({
  pieces,
  after,
}: {
  pieces: AsyncIterable<Piece[]>
  after?: string | undefined
}): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder() // unlike Buffer.from it gives each chunk memory of its own, which can be handed to another thread
  const hash = createHash('sha256')
  let isSent = after === undefined
  let waiting = ''
  const take = () => {
    const bytes = encoder.encode(waiting)
    hash.update(bytes)
    waiting = ''
    return bytes
  }
  for await (const some of pieces) {
    for (const { text, comment } of some) {
      if (typeof text === 'string') waiting += text
      else {
        const before = take()
        if (isSent) yield before
        waiting = text(hash.copy().digest('hex'))
      }
      const isLastOmitted = !isSent && comment === after
      if (!isLastOmitted && waiting.length < CHUNK) continue
      const bytes = take()
      if (isSent) yield bytes
      isSent ||= isLastOmitted
    }
  }
  if (isSent && waiting !== '') yield take()
}
