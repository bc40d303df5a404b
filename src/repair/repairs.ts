import type { Actor } from '../access/principal.ts'
import type { Clock } from '../clock.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { Conflict, NotFound } from '../errors.ts'
import { fromCursor, page } from '../http/paging.ts'
import { newId } from '../ids.ts'
import type { Site, Sites } from '../sites/sites.ts'
import { redirectAddress, type Redirected, type Refused } from './redirect-address.ts'
import { findSplits } from './splits.ts'
import { batchOf, markUndone, type RepairRow, repairsOf } from './store.ts'
import { undoRepair } from './undo.ts'

const ID = /^[0-9a-f-]{36}$/

/** An old address, and the one that takes it over. */
export interface Pair {
  from: string
  to: string
}

export interface RedirectAnswer {
  /** Names all of it, to undo it; null when nothing was done. */
  batch: string | null
  led: Redirected[]
  /** What could not be done, and why; `line` counts from 1. */
  refused: (Refused & { line: number })[]
}

export type Repairs = ReturnType<typeof createRepairs>

/** Threads of one article that became several, brought together again, and taken apart where that was wrong. */
export function createRepairs({ db, clock, sites }: { db: Database; clock: Clock; sites: Sites }) {
  /** All pairs, one after the other, so that a later one sees what an earlier one did. */
  const leadAll = async (tx: Transaction, { site, pairs, actor }: { site: Site; pairs: Pair[]; actor: Actor }): Promise<RedirectAnswer> => {
    const answer: RedirectAnswer = { batch: null, led: [], refused: [] }
    const batchId = newId(clock())
    const addresses = sites.addresses({ ...site, redirects: new Map() })
    for (const [index, pair] of pairs.entries()) {
      const result = await redirectAddress(tx, { site, addresses, pair, actor, batchId, at: clock() })
      if ('reason' in result) answer.refused.push({ ...result, line: index + 1 })
      else answer.led.push(result)
    }
    if (answer.led.length === 0) return answer
    await sites.renew(tx, site)
    return { ...answer, batch: batchId }
  }

  return {
    /** Groups of threads that seem to be one article's. */
    splits: (siteId: string) => findSplits({ db, siteId }),

    /**
     * Leads old addresses to new ones: the thread at the old one is merged into that at the new one, or moves there. What cannot be
     * done is named, and the rest is done. A dry run tells the same and changes nothing.
     */
    async lead({ site, pairs, actor, dryRun }: { site: Site; pairs: Pair[]; actor: Actor; dryRun: boolean }): Promise<RedirectAnswer> {
      if (!dryRun) return db.write((tx) => leadAll(tx, { site, pairs, actor }))
      try {
        await db.write(async (tx) => {
          throw new Tried(await leadAll(tx, { site, pairs, actor }))
        })
      } catch (error) {
        if (error instanceof Tried) return { ...error.answer, batch: null }
        throw error
      }
      throw new Error('a dry run was written')
    },

    /**
     * Puts everything of a batch back as it was, the last first.
     * @throws NotFound; Conflict when it was undone, or something that was done later stands in the way
     */
    async undo({ site, batchId, actor }: { site: Site; batchId: string; actor: Actor }): Promise<{ undone: number }> {
      return db.write(async (tx) => {
        const rows = ID.test(batchId) ? await batchOf(tx, { siteId: site.id, batchId }) : []
        if (rows.length === 0) throw NotFound('This site has no such repair.')
        for (const row of rows) {
          if (!(await markUndone(tx, { id: row.id, at: clock(), name: actor.name }))) throw Conflict('It was undone already.')
          await undoRepair(tx, row)
        }
        await sites.renew(tx, site)
        return { undone: rows.length }
      })
    },

    /** A page of what was done, the newest first. */
    async list({ siteId, cursor, limit }: { siteId: string; cursor: string | undefined; limit: number }) {
      const rows = await repairsOf(db.read, { siteId, before: fromCursor(cursor, ID), take: limit + 1 })
      const { items, nextCursor } = page({ items: rows, limit, placeOf: ({ id }) => id })
      return { repairs: items.map(present), nextCursor }
    },
  }
}

/** Carries what a dry run found out of the transaction that is rolled back. */
class Tried extends Error {
  readonly answer: RedirectAnswer
  constructor(answer: RedirectAnswer) {
    super('a dry run')
    this.answer = answer
  }
}

const present = ({ id, batchId, kind, fromUrl, toUrl, comments, actorName, at, undoneAt, undoneByName }: RepairRow) => ({
  id,
  batch: batchId,
  kind,
  from: fromUrl,
  to: toUrl,
  comments,
  by: actorName,
  at: at.toISOString(),
  undone: undoneAt && { at: undoneAt.toISOString(), by: undoneByName ?? '' },
})
