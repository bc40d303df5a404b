import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Place } from '../source.ts'
import { unreadable } from './unreadable.ts'

const CHUNK_BYTES = 64 * 1024

/** Histories become 5 to 100 times smaller; a file made to fill memory about 1000 times. */
const MOST_RATIO = 250
/** Up to here the ratio does not matter: a small file of one comment and many spaces is no bomb. */
const FREE_BYTES = 8 * 1024 * 1024

/**
 * The bytes of a file in chunks of at most 64 KiB; of a gzip file, those that it holds.
 *
 * @param standing where reading stands, for the errors
 * @throws UnreadableFile for compressed data that is cut off, broken, or grows beyond measure
 */
export async function* bytesOf({ file, standing = () => ({}) }: { file: string; standing?: () => Place }): AsyncGenerator<Buffer, void> {
  const packed = createReadStream(file, { highWaterMark: CHUNK_BYTES })
  if (!(await isGzip(file))) {
    yield* packed as AsyncIterable<Buffer>
    return
  }
  const unpacked = pipeline(packed, createGunzip({ chunkSize: CHUNK_BYTES }), () => {})
  let bytes = 0
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > FREE_BYTES && bytes > MOST_RATIO * packed.bytesRead)
        throw unreadable(`This file holds more than ${MOST_RATIO} times its own size: it was made to do harm.`, standing())
      yield chunk
    }
  } catch (error) {
    throw isZlibError(error) ? unreadable(reasonOf(error), standing()) : error
  }
}

export async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(2), position: 0 })
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

const isZlibError = (error: unknown): error is { code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')

const reasonOf = ({ code }: { code: string }) =>
  code === 'Z_BUF_ERROR' ? 'The compressed file ends in the middle: it was cut off.' : 'The compressed file is damaged here.'
