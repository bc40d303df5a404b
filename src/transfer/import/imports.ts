import type { Actor } from '../../access/principal.ts'
import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/connect.ts'
import { Conflict, defineError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { problemCode } from './problem.ts'
import type { Site } from '../../sites/sites.ts'
import type { ReadOptions } from './read-file.ts'
import type { KeptRejects } from './rejects/kept.ts'
import { sourceIn } from './rejects/reader.ts'
import { type FileKind, type ImportFormat, recognise } from './guess.ts'
import type { Spool } from './spool.ts'
import { endImport, findImport, type ImportRow, insertImport, listImports } from './store.ts'

export const ImportNotFound = defineError('import-not-found', 404, 'No such import')

export type Imports = ReturnType<typeof createImports>

/** The files that owners bring in. What works on them is elsewhere (queue.ts): a request only hands a file over. */
export function createImports({
  db,
  clock,
  spool,
  rejects,
  wake,
}: {
  db: Database
  clock: Clock
  spool: Spool
  rejects: KeptRejects
  wake: () => void
}) {
  const find = async ({ site, id }: { site: Site; id: string }): Promise<ImportRow> => {
    const row = await findImport(db.read, { siteId: site.id, id })
    if (!row) throw ImportNotFound()
    return row
  }

  return {
    /** How large a file may be, in bytes, and what to say of a larger one. */
    limit: spool.limit,
    tooLarge: spool.tooLarge,

    /**
     * Takes a file; when it resolves, the file is on disk and will be dealt with whatever happens.
     * @param wished `auto` to have it told by the file
     * @throws TooLarge, UnreadableFile, DiskFull
     */
    async begin({
      site,
      actor,
      format: wished,
      options,
      dryRun,
      body,
    }: {
      site: Site
      actor: Actor
      format: FileKind | 'auto'
      options: ReadOptions
      dryRun: boolean
      body: NodeJS.ReadableStream
    }): Promise<ImportRow> {
      const createdAt = clock()
      const id = newId(createdAt)
      const owned = { id, siteId: site.id }
      await spool.take({ ...owned, body })
      try {
        const { format, ...about } = await readAs({ wished, file: () => spool.fileOf(owned) })
        const { id: actorId, name: actorName } = actor
        const row = {
          id,
          siteId: site.id,
          format,
          options: { ...options, ...about },
          dryRun,
          state: 'queued',
          actorId,
          actorName,
          createdAt,
        }
        return await db.write((tx) => insertImport(tx, row))
      } catch (error) {
        await spool.drop(owned)
        throw error
      } finally {
        wake()
      }
    },

    /** @throws ImportNotFound */
    find,

    list: ({ site, before, take }: { site: Site; before: string | undefined; take: number }) =>
      listImports(db.read, { siteId: site.id, before, take }),

    /**
     * Ends an import; what it brought in so far stays.
     * @throws ImportNotFound; Conflict when it has ended by itself
     */
    async cancel({ site, id, actor }: { site: Site; id: string; actor: Actor }): Promise<void> {
      await find({ site, id })
      const problem = {
        type: problemCode('cancelled'),
        title: 'It was cancelled',
        detail: `${actor.name} ended it. What came in so far stays.`,
      }
      const data = { state: 'failed', problem, finishedAt: clock(), leaseId: null, leaseUntil: null }
      if (!(await db.write((tx) => endImport(tx, { id, data })))) throw Conflict('It has ended already.')
      await spool.drop({ id, siteId: site.id })
      await rejects.remove({ id, siteId: site.id })
    },

    /** The list of what an import left out (rejects/). @throws ImportNotFound; Conflict before its end; NotFound when there is none any more */
    async skipped({ site, id }: { site: Site; id: string }) {
      const { state } = await find({ site, id })
      if (state === 'queued' || state === 'running') throw Conflict('The import has not ended yet: the list is made at its end.')
      return rejects.read({ id, siteId: site.id })
    },
  }
}

/** What an import left out is a file of the same format for all that follows, read in another way: so its comments stay the same ones. */
async function readAs({
  wished,
  file,
}: {
  wished: FileKind | 'auto'
  file: () => Promise<string>
}): Promise<{ format: ImportFormat; rejects?: true }> {
  if (wished !== 'auto' && wished !== 'rejects') return { format: wished }
  const kind = await recognise({ file: await file(), wished })
  return kind === 'rejects' ? { format: (await sourceIn(await file())).source, rejects: true } : { format: kind }
}
