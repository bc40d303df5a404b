import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { defineError, MalformedRequest, TooLarge } from '../../errors.ts'
import { UnreadableFile } from './source.ts'

export const DiskFull = defineError('disk-full', 507, "There is no room on the server's disk")

/** How large a file may be, as it comes and when it was unpacked; in bytes. */
export interface SpoolLimits {
  sent: number
  unpacked: number
}
export const SPOOL_LIMITS: SpoolLimits = { sent: 4 * 1024 ** 3, unpacked: 16 * 1024 ** 3 }

/** Comments pack to a tenth, very much alike ones to a fiftieth; what unpacks to more than this is made to do harm. */
const RATIO = 200
/** Below it the ratio does not matter. */
const HARMLESS_BYTES = 16 * 1024 ** 2

const PART = '.part'
const ID_CHARS = '00000000-0000-0000-0000-000000000000'.length

export type Spool = ReturnType<typeof createSpool>

/** Where files wait that are to be brought in: readable for this program alone, and gone as soon as they are dealt with. */
export function createSpool({ folder, limits = SPOOL_LIMITS }: { folder: string; limits?: SpoolLimits }) {
  const fileOf = (id: string) => join(folder, id)
  const stageOf = (id: string) => join(folder, `${id}.stage`)
  const unfinishedOf = (id: string) => join(folder, id + PART)

  return {
    fileOf,
    stageOf,

    /**
     * Takes a file in, whole and on disk or not at all; a gzip one is unpacked on its way. Gives its size.
     * @throws TooLarge, UnreadableFile for one that unpacks to too much or is no gzip file though it begins so, DiskFull
     */
    async take({ id, body }: { id: string; body: NodeJS.ReadableStream }): Promise<number> {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const unfinished = unfinishedOf(id)
      try {
        const bytes = await receive({ body, file: unfinished, limits })
        if (bytes === 0) throw MalformedRequest('The file is empty: the export or its download did not work. Make it again.')
        await sync(unfinished)
        await rename(unfinished, fileOf(id))
        return bytes
      } catch (error) {
        await rm(unfinished, { force: true })
        throw meaningOf(error)
      }
    },

    /** Whether the file of an import is on this machine. */
    has: (id: string): Promise<boolean> =>
      open(fileOf(id), 'r').then(
        (file) => file.close().then(() => true),
        () => false,
      ),

    /** The imports that have files here. */
    async list(): Promise<string[]> {
      const names = await readdir(folder).catch(() => []) // nobody has sent a file yet
      return [...new Set(names.filter((name) => !name.endsWith(PART)).map((name) => name.slice(0, ID_CHARS)))]
    },

    /** Forgets what was not received whole and has not grown since the given time: its sender is gone. */
    async dropUnfinished(since: Date): Promise<void> {
      for (const name of await readdir(folder).catch(() => [])) {
        const file = join(folder, name)
        if (name.endsWith(PART) && (await stat(file)).mtime < since) await rm(file, { force: true })
      }
    },

    /** Forgets a file and all that was made of it. */
    async drop(id: string): Promise<void> {
      for (const name of [fileOf(id), unfinishedOf(id), ...['', '-wal', '-shm', '-journal'].map((end) => stageOf(id) + end)])
        await rm(name, { force: true })
    },
  }
}

async function sync(file: string): Promise<void> {
  const written = await open(file, 'r+')
  try {
    await written.sync()
  } finally {
    await written.close()
  }
}

async function receive({ body, file, limits }: { body: NodeJS.ReadableStream; file: string; limits: SpoolLimits }): Promise<number> {
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  const sent = counted((bytes) => {
    if (bytes > limits.sent) throw TooLarge(`A file is at most ${sizeOf(limits.sent)}.`)
  })
  const [head, rest] = await peek(body)
  if (!isGzip(head)) {
    await pipeline(rest, sent.stream, target)
    return sent.bytes()
  }
  const unpacked = counted((bytes) => {
    if (bytes > HARMLESS_BYTES && bytes > sent.bytes() * RATIO)
      throw UnreadableFile(`The gzip file unpacks to more than ${RATIO} times its size.`)
    if (bytes > limits.unpacked) throw TooLarge(`A file is at most ${sizeOf(limits.unpacked)} when it is unpacked.`)
  })
  await pipeline(rest, sent.stream, createGunzip(), unpacked.stream, target)
  return unpacked.bytes()
}

/** The first bytes of a stream, and the stream from its beginning on. */
async function peek(body: NodeJS.ReadableStream): Promise<[Buffer, AsyncGenerator<Buffer>]> {
  const chunks = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  while (head.length < 2) {
    const { done, value } = await chunks.next()
    if (done) break
    head = Buffer.concat([head, value])
  }
  const all = async function* () {
    if (head.length > 0) yield head
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  }
  return [head, all()]
}

const isGzip = (head: Buffer) => head[0] === 0x1f && head[1] === 0x8b

/** Lets bytes through and counts them; `check` is asked of the sum, and throws when it is too much. */
function counted(check: (bytes: number) => void) {
  let sum = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum += chunk.length
      try {
        check(sum)
        done(null, chunk)
      } catch (error) {
        done(error as Error)
      }
    },
  })
  return { stream, bytes: () => sum }
}

/** What goes wrong with files, as clients may know it. */
export function meaningOf(error: unknown): unknown {
  const { code = '' } = (error ?? {}) as { code?: unknown }
  if (code === 'ENOSPC' || code === 'EDQUOT') return DiskFull('Make room in DATA_DIR and send the file again.')
  if (typeof code === 'string' && (code.startsWith('Z_') || code === 'ERR_ZLIB'))
    return UnreadableFile('The gzip file is damaged or was cut off.')
  return error
}

const sizeOf = (bytes: number) => `${Math.floor(bytes / 1024 ** 3) || bytes / 1024 ** 2} ${bytes >= 1024 ** 3 ? 'GiB' : 'MiB'}`
