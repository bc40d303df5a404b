import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline as pipe, type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { MalformedRequest, type Problem, TooLarge } from '../../errors.ts'
import type { FileName, KeptFiles } from '../../files/kept-files.ts'
import { randomToken } from '../../privacy/tokens.ts'
import { UnreadableFile } from './source.ts'

/** What unpacks to more than so many times what may be sent is too large, too. */
const UNPACKED = 4
/** Comments pack to a tenth, very much alike ones to a fiftieth; what unpacks to more than this is made to do harm. */
const RATIO = 200
/** Below it the ratio does not matter. */
const HARMLESS_BYTES = 16 * 1024 ** 2

const ID_CHARS = '00000000-0000-0000-0000-000000000000'.length

/** An import, and the site it belongs to. */
interface Owned {
  id: string
  siteId: string
}

export type Spool = ReturnType<typeof createSpool>

/**
 * Where files wait that are to be brought in: among the kept files, which every replica reaches, and gone as soon as they are dealt
 * with. Whoever works on one has it on its own disk, where files are kept elsewhere as a copy in `folder`, and its stage there.
 */
export function createSpool({
  files,
  folder,
  oldFolder,
  limit,
}: {
  files: KeptFiles
  folder: string
  /** Where the versions before kept files, which may have left one that waits. */
  oldFolder: string
  /** How large a file may be as it comes, in bytes. */
  limit: number
}) {
  const nameOf = ({ id, siteId }: Owned): FileName => ({ area: 'import', site: siteId, name: id })
  const copyOf = (id: string) => join(folder, `${id}.copy`)
  const makeFolder = () => mkdir(folder, { recursive: true, mode: 0o700 })

  /** Forgets what was made of a file on this machine. */
  const dropMade = async (id: string): Promise<void> => {
    for (const name of await readdir(folder).catch(() => [])) if (name.startsWith(id)) await rm(join(folder, name), { force: true })
  }

  return {
    /** Says how large a file may be, to somebody who sent a larger one. */
    tooLarge: (): Problem => TooLarge(`A file is at most ${sizeOf(limit)}.`),
    limit,

    /**
     * Takes a file in, whole and on disk or not at all; a gzip one is unpacked on its way.
     * @throws TooLarge, UnreadableFile for one that unpacks to too much or is no gzip file though it begins so, DiskFull
     */
    async take({ body, ...owned }: Owned & { body: NodeJS.ReadableStream }): Promise<void> {
      try {
        const { bytes } = await files.write({ ...nameOf(owned), content: await received({ body, limit }) })
        if (bytes > 0) return
      } catch (error) {
        throw meaningOf(error)
      }
      await files.remove(nameOf(owned))
      throw MalformedRequest('The file is empty: the export or its download did not work. Make it again.')
    },

    /** The file of an import, on this machine's disk. @throws an error when there is none, or `signal` says that nobody wants it any more */
    async fileOf({ signal, ...owned }: Owned & { signal?: AbortSignal }): Promise<string> {
      const path = files.pathOf(nameOf(owned))
      if (path !== null) return path
      const copy = copyOf(owned.id)
      if (await isThere(copy)) return copy
      const found = await files.read(nameOf(owned))
      if (!found) throw new Error(`the file of import ${owned.id} is gone`)
      await makeFolder()
      const unfinished = `${copy}.${randomToken()}`
      try {
        await pipeline(found.stream, createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }), { ...(signal && { signal }) })
        await rename(unfinished, copy)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
      return copy
    },

    /** Where an import's stage lies on this machine, or can be made. */
    async stageOf(id: string): Promise<string> {
      await makeFolder()
      return join(folder, `${id}.stage`)
    },

    /** The imports whose files wait. */
    waiting: async (): Promise<Owned[]> => (await files.list({ area: 'import' })).map(({ name, site }) => ({ id: name, siteId: site })),

    /** The imports of which something was made on this machine. */
    async made(): Promise<string[]> {
      const names = await readdir(folder).catch(() => []) // nothing was made yet
      return [...new Set(names.map((name) => name.slice(0, ID_CHARS)))]
    },

    dropMade,

    /** Takes over a file that waits where versions before kept it; says whether there was one. */
    async adopt(owned: Owned): Promise<boolean> {
      const old = join(oldFolder, owned.id)
      if (!(await isThere(old))) return false
      await files.write({ ...nameOf(owned), content: createReadStream(old) })
      for (const left of [old, `${old}.stage`, `${old}.stage-wal`, `${old}.stage-shm`]) await rm(left, { force: true })
      return true
    },

    /** Forgets a file and all that was made of it here. */
    async drop(owned: Owned): Promise<void> {
      await files.remove(nameOf(owned))
      await dropMade(owned.id)
    },
  }
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/** What is sent, unpacked and counted as it comes; it fails as soon as it is too much. */
export async function received({ body, limit }: { body: NodeJS.ReadableStream; limit: number }): Promise<Readable> {
  const sent = counted((bytes) => {
    if (bytes > limit) throw TooLarge(`A file is at most ${sizeOf(limit)}.`)
  })
  const [head, rest] = await peek(body)
  if (!isGzip(head)) return pipe(rest, sent.stream, told)
  const unpacked = counted((bytes) => {
    if (bytes > HARMLESS_BYTES && bytes > sent.bytes() * RATIO)
      throw UnreadableFile(`The gzip file unpacks to more than ${RATIO} times its size.`)
    if (bytes > limit * UNPACKED) throw TooLarge(`A file is at most ${sizeOf(limit * UNPACKED)} when it is unpacked.`)
  })
  return pipe(rest, sent.stream, createGunzip(), unpacked.stream, told)
}

/** An error comes out of the last stream, to whoever reads it. */
const told = () => undefined

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

/** What goes wrong with packed files, as clients may know it. */
export function meaningOf(error: unknown): unknown {
  const { code = '' } = (error ?? {}) as { code?: unknown }
  const isOfPacking = typeof code === 'string' && (code.startsWith('Z_') || code === 'ERR_ZLIB')
  return isOfPacking ? UnreadableFile('The gzip file is damaged or was cut off.') : error
}

export const sizeOf = (bytes: number) => (bytes % 1024 ** 3 === 0 ? `${bytes / 1024 ** 3} GiB` : `${Math.floor(bytes / 1024 ** 2)} MiB`)
