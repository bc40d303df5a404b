import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/connect.ts'
import { isUnavailable } from '../../database/errors.ts'
import { defineError, Problem } from '../../errors.ts'
import type { Spool } from './spool.ts'
import { decodeSteps } from './chunk.ts'
import { changeHeld } from './store.ts'
import type { ImportStep, ImportWork } from './tasks.ts'
import type { ImportWorker } from './worker.ts'
import { type RedirectCounts, importRedirects, type MakeRedirects } from './redirects.ts'
import { ReceiptDiffers } from './receipt.ts'
import { type Held, LeaseLost, writeComments, writeNames, writeThreads } from './write.ts'

export const RulesChanged = defineError('rules-changed', 409, "The site's rules about addresses changed meanwhile")

/** How often progress is written down while nothing else is. */
const PROGRESS_MS = 300
/** Comments that are looked at one by one when one of them could not be written. */
const NEAR = 500

type ChunkOptions = Pick<ImportWork, 'atOnce' | 'refused'>

export interface RunDeps {
  db: Database
  clock: Clock
  spool: Spool
  worker: ImportWorker
  /** Leads old addresses to new ones (repair/repairs.ts). */
  makeRedirects: MakeRedirects
}

/**
 * Does what is left to do of an import whose lease is held (lease.ts). Returns what became of the file's redirects.
 * @throws LeaseLost when it was cancelled or somebody else has it; UnreadableFile and other problems of the file; whatever the
 * database says when it is away: the work goes on from where it is
 */
export async function runImport({
  deps,
  held,
  work,
  dryRun,
  isAsItWas,
  signal,
}: {
  deps: RunDeps
  held: Held
  work: Omit<ImportWork, 'position' | 'file' | 'stageFile'>
  dryRun: boolean
  /** Whether the site still has the rules by which articles were told apart. */
  isAsItWas: () => Promise<boolean>
  signal: AbortSignal
}): Promise<RedirectCounts | null> {
  const { db, clock } = deps
  const { row, leaseId } = held
  const keep = (data: object) => db.write((tx) => changeHeld(tx, { id: row.id, leaseId, data }))
  const progress = createProgressWriter(keep)
  let position = row.position
  let led: RedirectCounts | null = null
  let failure: { position: number; times: number } | undefined

  /** The file may have to come from the database first, which takes a while. */
  const bringHere = async () => {
    const { id, siteId } = row
    const file = await deps.spool.fileOf({ id, siteId, signal }).catch((error: unknown) => {
      signal.throwIfAborted()
      throw error
    })
    return { file, stageFile: await deps.spool.stageOf(id) }
  }

  /** Goes through the steps to the end; in small ones only past what failed. Gives whether it came to the end. */
  const runSteps = async (options: ChunkOptions, files: Awaited<ReturnType<typeof bringHere>>): Promise<boolean> => {
    const until = options.atOnce === undefined ? Infinity : position + NEAR
    const steps = deps.worker.steps({ ...work, ...files, ...options, position })
    const stop = () => steps.destroy()
    signal.addEventListener('abort', stop)
    try {
      for await (const step of decodeSteps<ImportStep>(steps)) {
        signal.throwIfAborted()
        if (step.type === 'read') await progress.now({ read: step.read })
        else if (step.type === 'planned') {
          if (step.differences.length > 0) throw ReceiptDiffers({ stage: 'planned', differences: step.differences })
          await keep({ total: step.total })
        } else if (step.type === 'threads') await (dryRun || writeThreads({ db, chunk: step }))
        else if (step.type === 'names') await (dryRun || writeNames({ db, chunk: step }))
        else if (step.type === 'redirects')
          led = await importRedirects({ makeRedirects: deps.makeRedirects, siteId: row.siteId, chunk: step, dryRun, so: led })
        else {
          if (dryRun) await progress.now({ position: step.position })
          else await writeComments({ db, clock, held, chunk: step })
          position = step.position
          if (position >= until) return false
        }
        await nextTurn() // SQLite's adapter never waits for anything: let others in
      }
      signal.throwIfAborted()
      return true
    } finally {
      signal.removeEventListener('abort', stop)
      steps.destroy()
    }
  }

  const files = await bringHere()
  for (let options: ChunkOptions = {}, isDone = false; !isDone;) {
    try {
      isDone = await runSteps(options, files)
      options = {}
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof LeaseLost || error instanceof Problem || isUnavailable(error)) throw error
      // What was known when the comments were prepared is not so any more, or one of them cannot be stored: look again, then one by one.
      if (!(await isAsItWas())) throw RulesChanged('Run the import again: what is in already stays, and the rest comes in.')
      failure = { position, times: failure?.position === position ? failure.times + 1 : 1 }
      if (failure.times > 3) throw error
      options = failure.times === 1 ? {} : { atOnce: 1, ...(failure.times === 3 && { refused: position + 1 }) }
    }
  }
  await progress.last()
  return led
}

/** Writes down how far it has come, now and then. */
function createProgressWriter(keep: (data: object) => Promise<boolean>) {
  let writtenAt = 0
  let left: object | undefined
  const write = async (data: object) => {
    left = undefined
    if (!(await keep(data))) throw new LeaseLost()
  }
  return {
    now: async (data: object) => {
      left = { ...left, ...data }
      if (performance.now() - writtenAt < PROGRESS_MS) return
      writtenAt = performance.now()
      await write(left)
    },
    last: async () => {
      if (left) await write(left)
    },
  }
}
