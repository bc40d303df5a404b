import type { Readable } from 'node:stream'
import { defineError } from '../errors.ts'

export const DiskFull = defineError('disk-full', 507, "There is no room on the server's disk")

/**
 * What files are kept for: uploads that wait to be brought in (`import`), the exports that a schedule makes (`export`), and the
 * records that an import left out (`rejects`).
 */
export type Area = 'import' | 'export' | 'rejects'
export const AREAS: readonly Area[] = ['import', 'export', 'rejects']

export interface FileName {
  area: Area
  /** The site that it belongs to: by key in the area of exports, whose folders people look into, by id in the others. */
  site: string
  /** Unique in its area and site: letters, digits, `-` and `_`, and dots between them. */
  name: string
}

export interface KeptFile extends FileName {
  /** Of its content. */
  bytes: number
  /** When it became whole. */
  createdAt: Date
}

/**
 * Files that the program keeps for itself, where every replica reaches them: on SQLite in the data folder, on PostgreSQL in the
 * database. A file is whole or not there: what is half-written is neither listed nor read, and `sweep` takes it away in time.
 *
 *     const { bytes } = await files.write({ area: 'rejects', site: site.id, name: importId, content: lines })
 *     const found = await files.read({ area: 'rejects', site: site.id, name: importId })
 *     if (found) await pipeline(found.stream, response)
 */
export interface KeptFiles {
  /**
   * Keeps a file, which takes the place of one of the same name. When it resolves the file is on disk; should the content fail, its
   * error is thrown and nothing is there. Never more than a piece of it is in memory.
   * @throws DiskFull
   */
  write: (file: FileName & { content: AsyncIterable<Uint8Array> }) => Promise<{ bytes: number }>
  /** A file's content from its beginning; null when there is none of this name. */
  read: (name: FileName) => Promise<{ stream: Readable; bytes: number } | null>
  /** The files of an area, of one site or of all; by site and name. */
  list: (of: { area: Area; site?: string }) => Promise<KeptFile[]>
  /** Takes a file away, if it is there. */
  remove: (name: FileName) => Promise<void>
  /** Takes away what became whole before the given time; returns how many files that were. */
  removeOlderThan: (of: { area: Area; before: Date }) => Promise<number>
  /** Takes away what was begun and did not grow since the given time: whoever wrote it is dead. */
  sweep: (since: Date) => Promise<void>
  /** Where a file of this name lies on this machine's disk; null where files are kept elsewhere, and have to be read. */
  pathOf: (name: FileName) => string | null
}

export const NAME = /^[\w-]+(\.[\w-]+)*$/

/** Refuses names that could lead somewhere else: they are the program's own, so this is for the day when one is not. */
export function checked<Name extends FileName>(file: Name): Name {
  for (const part of [file.site, file.name]) if (!NAME.test(part)) throw new Error(`"${part}" cannot name a kept file`)
  return file
}
