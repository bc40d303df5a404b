import type { Readable } from 'node:stream'
import { pipeline as pipe } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { newId } from '../ids.ts'
import { aadOf, sealBytes, unsealBytes } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import { checked, type KeptFiles } from './kept-files.ts'
import { addChunk, beginFile, displaceFiles, dropSome, findFile, findUnplaced, listFiles, placeFile, readChunk } from './store.ts'

const CHUNK_BYTES = 1024 ** 2

/**
 * Kept files in the database: packed by gzip, cut into pieces of 1 MiB and sealed, each for its own place. Each piece is a
 * transaction of its own, when it comes and when it goes.
 */
export function createDatabaseFiles({ db, keys, clock }: { db: Database; keys: Keys; clock: Clock }): KeptFiles {
  const drop = async (ids: string[]) => {
    for (const id of ids) while (await db.write((tx) => dropSome(tx, id)));
  }

  async function* chunksOf({ id, chunks }: { id: string; chunks: number }): AsyncGenerator<Buffer, void> {
    for (let n = 0; n < chunks; n++) {
      const sealed = await readChunk(db.read, { fileId: id, n })
      if (!sealed) throw new Error('a kept file was taken away while it was read')
      yield unsealBytes({ keys, aad: aadOfChunk(id, n), sealed })
    }
  }

  return {
    pathOf: () => null,

    async write({ content, ...file }) {
      const name = checked(file)
      const id = newId(clock())
      await db.write((tx) => beginFile(tx, { id, ...name, at: clock() }))
      let bytes = 0
      const counted = async function* () {
        for await (const piece of content) {
          bytes += piece.length
          yield piece
        }
      }
      const keep = async (packed: AsyncIterable<Buffer>) => {
        let n = 0
        for await (const piece of inPieces(packed)) {
          const sealed = sealBytes({ keys, aad: aadOfChunk(id, n), bytes: piece })
          await db.write((tx) => addChunk(tx, { fileId: id, n, sealed, at: clock() }))
          n++
        }
      }
      const replaced = await (async () => {
        await pipeline(counted, createGzip({ level: 1 }), keep)
        return db.write((tx) => placeFile(tx, { id, ...name, bytes, at: clock() }))
      })().catch(async (error: unknown) => {
        await drop([id]).catch(swept)
        throw error
      })
      await drop(replaced).catch(swept)
      return { bytes }
    },

    async read(name) {
      const found = await findFile(db.read, checked(name))
      if (!found) return null
      const stream: Readable = pipe(chunksOf(found), createGunzip(), () => undefined) // the stream itself tells of an error
      return { stream, bytes: Number(found.bytes) }
    },

    list: (of) => listFiles(db.read, of),

    remove: async (name) => drop(await db.write((tx) => displaceFiles(tx, { name: checked(name) }))),

    async removeOlderThan(of) {
      const old = await db.write((tx) => displaceFiles(tx, of))
      await drop(old)
      return old.length
    },

    sweep: async (since) => drop(await findUnplaced(db.read, since)),
  }
}

/** What could not be taken away now, since the database went away, is later. */
const swept = () => undefined

const aadOfChunk = (fileId: string, n: number) => aadOf('KeptChunk.sealed', `${fileId}/${n}`)

/** The same bytes, in pieces that are full but for the last. */
async function* inPieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let waiting: Buffer[] = []
  let length = 0
  for await (let rest of bytes) {
    while (length + rest.length >= CHUNK_BYTES) {
      const end = CHUNK_BYTES - length
      yield Buffer.concat([...waiting, rest.subarray(0, end)])
      rest = rest.subarray(end)
      waiting = []
      length = 0
    }
    waiting.push(rest)
    length += rest.length
  }
  if (length > 0) yield Buffer.concat(waiting)
}
