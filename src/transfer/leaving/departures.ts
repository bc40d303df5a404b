import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Clock } from '../../clock.ts'
import { type Problem, TooLarge } from '../../errors.ts'
import { DiskFull } from '../../files/kept-files.ts'
import { newId } from '../../ids.ts'
import type { Site } from '../../sites/sites.ts'
import type { ExportRequest, Exports } from '../exports.ts'
import { fileNameOf, contentTypeOf } from '../formats.ts'
import type { ExportOptions } from '../reading.ts'
import { meaningOf, received, sizeOf } from '../import/spool.ts'
import type { ImportWorker } from '../import/worker.ts'

/** Longer than any export takes: what is older was left by a process that was killed. */
const LEFT_MS = 86_400_000

/** An export whose comments go to the posts that WordPress has. */
export type DepartureWish = Omit<ExportRequest, 'format' | 'bom' | 'after' | 'snapshot'>

export type Departures = ReturnType<typeof createDepartures>

/** Leaving for WordPress: its own export comes in, and our comments for its posts go out. Nothing of what came in stays. */
export function createDepartures({
  clock,
  dataDir,
  limit,
  exports,
  ownOrigins,
  worker,
  longReads,
}: {
  clock: Clock
  dataDir: string
  /** How large WordPress's export may be as it comes, in bytes. */
  limit: number
  exports: Pick<Exports, 'plan'>
  ownOrigins: string[]
  worker: Pick<ImportWorker, 'indexPosts'>
  /** Reads in a worker. */
  longReads: { exportSite: (options: ExportOptions) => Readable; landings: (options: ExportOptions & { posts: string }) => Readable }
}) {
  const folder = join(dataDir, 'departures')

  const take = async (file: string, body: NodeJS.ReadableStream): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    try {
      await pipeline(await received({ body, limit }), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
    } catch (error) {
      throw FULL.has((error as NodeJS.ErrnoException).code ?? '') ? DiskFull('Make room in DATA_DIR and try again.') : meaningOf(error)
    }
  }

  const dropLeft = async () => {
    for (const name of await readdir(folder).catch(() => [])) {
      const file = join(folder, name)
      const found = await stat(file).catch(() => null) // another one's, gone meanwhile
      if (found && found.mtimeMs < clock().getTime() - LEFT_MS) await rm(file, { force: true })
    }
  }

  /** Notes what WordPress has, in a file that is the caller's to delete. */
  const indexOf = async ({ site, file }: { site: Site; file: string }): Promise<string> => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const indexFile = join(folder, `${newId(clock())}.index`)
    try {
      const { settings: rules, allowedOrigins, redirects } = site
      await worker.indexPosts({ file, indexFile, siteId: site.id, site: { rules, allowedOrigins, ownOrigins, redirects } })
      return indexFile
    } catch (error) {
      await rm(indexFile, { force: true })
      throw FULL.has((error as NodeJS.ErrnoException).code ?? '') ? DiskFull('Make room in DATA_DIR and try again.') : meaningOf(error)
    }
  }

  return {
    limit,
    /** Says how large a file may be, to somebody who sent a larger one. */
    tooLarge: (): Problem => TooLarge(`A file is at most ${sizeOf(limit)}.`),

    /**
     * Plans an export onto the posts of a file on this machine, for a command. `posts` of the options is a file that the caller deletes.
     * @throws UnreadableFile, InvalidFields
     */
    async plan({ site, wish, file }: { site: Site; wish: DepartureWish; file: string }) {
      const options = await exports.plan(site, { ...wish, format: 'wxr' })
      return { ...options, posts: await indexOf({ site, file }) }
    },

    /**
     * Takes WordPress's export and answers ours for its posts, or with `dryRun` which thread goes where.
     * @throws TooLarge, UnreadableFile, InvalidFields
     */
    async begin({
      site,
      wish,
      dryRun,
      body,
    }: {
      site: Site
      wish: DepartureWish
      dryRun: boolean
      body: NodeJS.ReadableStream
    }): Promise<{ stream: Readable; headers: Record<string, string> }> {
      await dropLeft()
      const file = join(folder, newId(clock()))
      try {
        await take(file, body)
        const options = await this.plan({ site, wish, file })
        const stream = dryRun ? longReads.landings(options) : longReads.exportSite(options)
        // Ended or broken off: a worker that still has it open loses nothing by it.
        stream.once('close', () => void rm(options.posts, { force: true }))
        return { stream, headers: dryRun ? JSON_HEADERS : headersOf(site) }
      } finally {
        await rm(file, { force: true })
      }
    },
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT'])
const JSON_HEADERS = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' }
const headersOf = ({ key }: Site) => ({
  'Content-Type': contentTypeOf('wxr'),
  'Content-Disposition': `attachment; filename="${fileNameOf(key, 'wxr')}"`,
  'Cache-Control': 'no-store',
})
