import { setImmediate } from 'node:timers/promises'
import { actorOf, type Principal } from '../accounts/principal.ts'
import type { Clock } from '../clock.ts'
import { type Decision, REMOVED } from '../comments/comment.ts'
import { newTally, settle, type Tally } from '../comments/tally.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { NotFound, Problem } from '../errors.ts'
import { newId } from '../ids.ts'
import { decideMany } from './decide.ts'
import { may } from './policy.ts'
import { ID } from './queue.ts'
import { findBatch, historyOfBatch, insertBatch, markUndone, standingOf } from './store.ts'
import { putBack } from './undo.ts'

/** Comments decided in one transaction: few enough that readers' submissions get their turn in between. */
const CHUNK = 50

/** A comment that stayed as it was, and why. */
export interface BatchConflict {
  id: string
  reason: string
}

/** Does something about some items, in the order of a transaction; gives how many changed. */
type Step<Item> = (tx: Transaction, items: Item[], tally: Tally) => Promise<number>

export type Batches = ReturnType<typeof createBatches>

/** Many decisions at once, and all of them back at once. */
export function createBatches({ db, clock }: { db: Database; clock: Clock }) {
  const inOneGo = async <Item>(items: Item[], step: Step<Item>): Promise<number> => {
    await setImmediate() // SQLite's adapter never waits for anything, so without this nobody else would be answered meanwhile
    return db.write(async (tx) => {
      const tally = newTally()
      const changed = await step(tx, items, tally)
      await settle(tx, { db, tally })
      return changed
    })
  }

  /** Runs a step for all items, some to a transaction; where that fails, one by one: who fails is told of and does not stop the others. */
  const inChunks = async <Item>(items: Item[], step: Step<Item>, idOf: (item: Item) => string) => {
    let changed = 0
    const conflicts: BatchConflict[] = []
    for (let start = 0; start < items.length; start += CHUNK) {
      const chunk = items.slice(start, start + CHUNK)
      try {
        changed += await inOneGo(chunk, step)
      } catch {
        for (const item of chunk) {
          try {
            changed += await inOneGo([item], step)
          } catch (error) {
            if (!(error instanceof Problem)) throw error
            conflicts.push({ id: idOf(item), reason: error.message })
          }
        }
      }
    }
    return { changed, conflicts }
  }

  /** Of these comments those that are there and that somebody may moderate, with their versions. */
  const withinReach = async (principal: Principal, ids: string[]): Promise<Map<string, number>> => {
    const rows = (await standingOf(db.read, ids)).filter(({ siteId }) => may(principal.grants, 'moderate', siteId))
    return new Map(rows.map(({ id, version, status }) => [id, status === REMOVED ? -1 : version]))
  }

  return {
    /** Decides about what is there and the caller's; the rest is named. What already is so stays as it is. */
    async decideAll({
      principal,
      ids,
      decision,
      reason,
    }: {
      principal: Principal
      ids: string[]
      decision: Decision
      reason?: string | undefined
    }) {
      const distinct = [...new Set(ids)].toSorted().toReversed() // replies before what they answer, as every change locks them
      const found = await withinReach(principal, distinct)
      const isThere = (id: string) => (found.get(id) ?? -1) >= 0
      const actor = actorOf(principal)
      const at = clock()
      const batchId = newId(at)
      await db.write((tx) => insertBatch(tx, { id: batchId, actorId: actor.id, at }))
      const { changed, conflicts } = await inChunks(
        distinct.filter(isThere),
        (tx, some, tally) => decideMany(tx, { db, clock, ids: some, decided: { decision, reason, actor, batchId }, tally }),
        (id) => id,
      )
      const unknown = distinct.filter((id) => !isThere(id)).map((id) => ({ id, reason: 'No such comment' }))
      return { decided: changed, batch: batchId, conflicts: [...unknown, ...conflicts] }
    },

    /**
     * Puts every comment of a batch back where it was, unless it was changed since; those are told of. Somebody who moderates only
     * some of the sites that it was about puts back those comments and leaves the others to others.
     * @throws NotFound for a batch that holds nothing of the caller's sites
     */
    async undo({ principal, batchId }: { principal: Principal; batchId: string }) {
      const batch = ID.test(batchId) ? await findBatch(db.read, batchId) : null
      const entries = batch ? await historyOfBatch(db.read, batchId) : []
      const versions = await withinReach(
        principal,
        entries.map(({ commentId }) => commentId),
      )
      const mine = entries.filter(({ commentId }) => versions.has(commentId))
      if (!batch || (mine.length === 0 && batch.actorId !== actorOf(principal).id)) throw NotFound('No such batch.')
      if (batch.undoneAt) return { undone: 0, conflicts: [] }
      const actor = actorOf(principal)
      const isSame = ({ commentId, version }: { commentId: string; version: number }) => versions.get(commentId) === version
      const { changed, conflicts } = await inChunks(
        mine.filter(isSame),
        (tx, some, tally) => putBack(tx, { db, clock, entries: some, actor, tally }),
        ({ commentId }) => commentId,
      )
      const changedSince = mine
        .filter((entry) => !isSame(entry))
        .map(({ commentId }) => ({ id: commentId, reason: 'It was changed since' }))
      if (mine.length === entries.length) await db.write((tx) => markUndone(tx, { id: batchId, at: clock() }))
      return { undone: changed, conflicts: [...changedSince, ...conflicts] }
    },
  }
}
