import type { Logger } from 'pino'
import { isUnavailable } from '../../database/errors.ts'
import { Problem } from '../../errors.ts'
import { timeOf } from '../../ids.ts'
import { translator } from '../../locales/index.ts'
import { randomToken } from '../../privacy/tokens.ts'
import type { Site, Sites } from '../../sites/sites.ts'
import { keepLease, leaseEnd } from './lease.ts'
import { problemOf } from './problem.ts'
import { receiptOfFailure, ReceiptDiffers } from './receipt.ts'
import type { ImportReport } from './report.ts'
import type { KeptRejects } from './rejects/kept.ts'
import { type RunDeps, runImport } from './run.ts'
import type { ImportFormat } from './guess.ts'
import { changeHeld, endImport, findDue, type ImportRow, isBusy, positionOf, stateOf, takeLease } from './store.ts'
import { type Held, LeaseLost } from './write.ts'

const POLL_MS = 3000
/** A file that made the process end so often is given up. */
const MOST_ATTEMPTS = 5
/** Another try after an error of ours or the database's. */
const AGAIN_MS = 10_000
const FORGOTTEN_MS = 86_400_000

export type ImportQueue = ReturnType<typeof createImportQueue>

/**
 * Works on the imports whose files wait, one after another. Any number of processes share them: who holds a lease works, and where
 * one died another goes on when the lease has run out.
 */
export function createImportQueue(deps: RunDeps & { sites: Sites; rejects: KeptRejects; ownOrigins: string[]; log: Logger }) {
  const { db, clock, spool, worker, sites, rejects, ownOrigins, log } = deps
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> | undefined
  let wanted = false
  const stopping = new AbortController()

  /** Works on all that is due, and gives how many imports that were. */
  const drainOnce = async (): Promise<number> => {
    let count = 0
    while (!stopping.signal.aborted) {
      const held = await claim() // not once it is stopping: what was just given back is for others
      if (!held) break
      await workOn(held)
      count++
    }
    return count
  }

  /** Takes the lease of the oldest import that may be worked on; of the given one alone, if one is. */
  const claim = async (only?: string): Promise<Held | null> => {
    const due = (await findDue(db.read, clock())).filter(({ id }) => only === undefined || id === only)
    const waiting = new Set(due.length > 0 ? (await spool.waiting()).map(({ id }) => id) : [])
    for (const row of due) {
      if (!waiting.has(row.id) && !(await spool.adopt(row))) {
        await giveUpLost(row)
        continue
      }
      const leaseId = randomToken()
      const now = clock()
      const isMine = await db.write(
        async (tx) =>
          !(await isBusy(tx, { siteId: row.siteId, id: row.id, now })) &&
          takeLease(tx, { id: row.id, leaseId, now, until: leaseEnd(clock) }),
      )
      if (isMine) return { row: { ...row, attempts: row.attempts + 1 }, leaseId }
    }
    return null
  }

  const workOn = async (held: Held) => {
    const { row } = held
    const lease = keepLease({ db, clock, held })
    try {
      if (row.attempts > MOST_ATTEMPTS) throw new Error(`import ${row.id} was begun ${MOST_ATTEMPTS} times without coming to an end`)
      const site = await sites.byId(row.siteId)
      if (!site) throw new Error('the site of an import is gone')
      const isAsItWas = async () => (await sites.byId(site.id))?.version === site.version
      const redirects = await runImport({
        deps,
        held,
        work: workOf(row, site),
        dryRun: row.dryRun,
        isAsItWas,
        signal: AbortSignal.any([stopping.signal, lease.signal]),
      })
      const receipt = row.dryRun
        ? null
        : await worker.receipt({ stageFile: await spool.stageOf(row.id), siteId: row.siteId, source: row.format })
      const isWhole = receipt === null || receipt.ok
      const problem = isWhole ? undefined : problemOf(ReceiptDiffers({ stage: 'end', differences: receipt.articles }))
      await end(held, { state: isWhole ? 'done' : 'failed', ...(problem && { problem }), found: { redirects, receipt } })
    } catch (error) {
      await fail(held, error)
    } finally {
      lease.letGo()
    }
  }

  const workOf = (row: ImportRow, site: Site) => ({
    format: row.format as ImportFormat,
    options: row.options,
    siteId: site.id,
    site: { rules: site.settings, allowedOrigins: site.allowedOrigins, ownOrigins, redirects: site.redirects },
    anonymous: translator(site.locale)('import.anonymous'),
    now: row.createdAt,
  })

  const fail = async (held: Held, error: unknown) => {
    const { row, leaseId } = held
    if (error instanceof LeaseLost) return dropEnded(row)
    const isOver = row.attempts >= MOST_ATTEMPTS
    if (stopping.signal.aborted) return release(held, { leaseUntil: null, attempts: { decrement: 1 } })
    if (error instanceof Problem && error.status < 500)
      return end(held, { state: 'failed', problem: problemOf(error), found: { receipt: receiptOfFailure(error) } })
    log.error({ err: error, import: row.id }, isOver ? 'an import failed' : 'an import was interrupted; it goes on in a moment')
    if (isOver && !isUnavailable(error)) return end(held, { state: 'failed', problem: problemOf(error) })
    await release({ row, leaseId }, { leaseUntil: new Date(clock().getTime() + AGAIN_MS) })
  }

  /** Lets somebody else go on. Should the database be away, the lease runs out by itself. */
  const release = async ({ row: { id }, leaseId }: Held, data: object) => {
    await db.write((tx) => changeHeld(tx, { id, leaseId, data: { ...data, leaseId: null } })).catch(() => false)
  }

  const end = async (
    { row, leaseId }: Held,
    { found, ...outcome }: { state: 'done' | 'failed'; problem?: object; found?: Partial<ImportReport> },
  ) => {
    const { id, siteId } = row
    const stageFile = await spool.stageOf(id)
    const report = { ...(await worker.report({ stageFile, reached: await positionOf(db.read, id) })), ...found }
    await keepRejects(row, stageFile) // behind the report, which settles what was not written
    const data = { ...outcome, report, finishedAt: clock(), leaseId: null, leaseUntil: null }
    if (await db.write((tx) => changeHeld(tx, { id, leaseId, data }))) return spool.drop({ id, siteId })
    if (await isOver(id)) await rejects.remove({ id, siteId }) // it was cancelled meanwhile
  }

  /** An import that cannot end because its list finds no room is tried again, and ends without it at last. */
  const keepRejects = async ({ id, siteId, format, attempts }: ImportRow, stageFile: string) => {
    try {
      await rejects.keep({ id, siteId, stageFile, source: format as ImportFormat })
    } catch (error) {
      if (attempts < MOST_ATTEMPTS) throw error
      log.error({ err: error, import: id }, 'the list of what an import left out could not be kept')
    }
  }

  const giveUpLost = async ({ id }: ImportRow) => {
    const problem = { ...problemOf(undefined), title: 'The file is gone', detail: 'Send it again: what came in already stays.' }
    await db.write((tx) => endImport(tx, { id, data: { state: 'failed', problem, finishedAt: clock(), leaseId: null, leaseUntil: null } }))
  }

  /** What was cancelled while it was worked on has left files behind, and so may a crash. */
  const dropEnded = async (owned: { id: string; siteId: string }) => {
    if (await isOver(owned.id)) await spool.drop(owned)
  }

  /** Whether nobody will work on an import any more; one that is not known yet may just be coming in. */
  const isOver = async (id: string): Promise<boolean> => {
    const state = await stateOf(db.read, id)
    return state === undefined ? timeOf(id) < clock().getTime() - FORGOTTEN_MS : state === 'done' || state === 'failed'
  }

  const tidy = async () => {
    for (const owned of await spool.waiting()) await dropEnded(owned)
    for (const id of await spool.made()) if (await isOver(id)) await spool.dropMade(id)
    await rejects.forgetOld()
  }

  const wake = () => {
    if (!timer) return
    wanted = true
    work ??= workWhileWanted()
  }

  const workWhileWanted = async () => {
    while (wanted && !stopping.signal.aborted) {
      wanted = false
      try {
        await drainOnce()
      } catch (error) {
        log.error({ err: error }, 'imports cannot be worked on; trying again')
      }
    }
    work = undefined
  }

  return {
    wake,
    drainOnce,

    /** Works on one import, unless somebody else does; gives whether it did. For who waits for that one. */
    async workOnOne(id: string): Promise<boolean> {
      const held = await claim(id)
      if (held) await workOn(held)
      return held !== null
    },

    /** Takes away what imports that are over left behind, here or among the kept files, and old lists of what they left out. */
    tidy,

    start: () => {
      timer ??= setInterval(wake, POLL_MS).unref()
      wake()
    },
    /** Begins nothing more; what is under way goes on at the next start from where it is. */
    stop: async () => {
      clearInterval(timer)
      timer = undefined
      stopping.abort()
      await work
      await worker.close()
    },
  }
}
