import { createWriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { bytesOf, isGzip } from './bytes.ts'

/**
 * The database file in a form that can be opened for reading alone: itself, or a copy where it is packed by gzip or in WAL mode.
 *
 * A database in WAL mode cannot be opened without making files beside it. One that came without its log is complete as it is: the copy's
 * header says so (bytes 18 and 19, the format version numbers in SQLite's file format).
 */
export async function readableCopy(file: string): Promise<{ file: string; remove: () => Promise<void> }> {
  if (!(await isGzip(file)) && !(await isInWalMode(file))) return { file, remove: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'balas-import-'))
  const remove = () => rm(folder, { recursive: true })
  try {
    const copy = join(folder, 'copy.db')
    await pipeline(bytesOf({ file }), createWriteStream(copy, { mode: 0o600 }))
    if (await isInWalMode(copy)) await leaveWalMode(copy)
    return { file: copy, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function isInWalMode(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(20), position: 0 })
    return bytesRead === 20 && buffer[18] === 2 && buffer[19] === 2
  } finally {
    await handle.close()
  }
}

async function leaveWalMode(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.write(Buffer.from([1, 1]), 0, 2, 18)
  } finally {
    await handle.close()
  }
}
