import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Found,
  type FoundComment,
  type FoundThread,
  type Skipped,
  type Source,
  type SourceOptions,
  UnreadableFile,
} from '../../../src/transfer/import/source.ts'

/** Why a comment is skipped whose article's address is only a path. */
export const NEEDS_BASE = 'needs-base'

export interface Reading {
  all: Found[]
  threads: FoundThread[]
  comments: FoundComment[]
  skipped: Skipped[]
  /** What was said when the file could not be read (on). */
  error: string | null
}

/** Runs something with a file of these bytes on disk. */
export async function withFile<T>(bytes: string | Uint8Array, work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'balas-import-'))
  try {
    const file = join(folder, 'file')
    await writeFile(file, bytes)
    return await work(file)
  } finally {
    await rm(folder, { recursive: true })
  }
}

export const read = (source: Source, bytes: string | Uint8Array, options: SourceOptions = {}): Promise<Reading> =>
  withFile(bytes, (file) => readFrom(source, file, options))

export async function readFrom(source: Source, file: string, options: SourceOptions = {}): Promise<Reading> {
  const all: Found[] = []
  let error: string | null = null
  try {
    for await (const found of source.read({ file, options })) all.push(found)
  } catch (thrown) {
    if (!UnreadableFile.is(thrown)) throw thrown
    error = thrown.message
  }
  return {
    all,
    threads: all.filter((found) => found.type === 'thread'),
    comments: all.filter((found) => found.type === 'comment'),
    skipped: all.filter((found) => found.type === 'skipped'),
    error,
  }
}
