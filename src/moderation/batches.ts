import { setImmediate } from 'node:timers/promises'
import { actorOf, type Principal } from '../access/principal.ts'
import type { Clock } from '../clock.ts'
import { type Decision, REMOVED } from '../comments/comment.ts'
import { noCounterChanges, applyCounterChanges, type CounterChanges } from '../comments/counter-changes.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { Conflict, NotFound, Problem } from '../errors.ts'
import { lowestIdAt, newId } from '../ids.ts'
import type { Outbox } from '../comments/outbox.ts'
import { decideMany } from './decide.ts'
import { may } from '../access/policy.ts'
import { ID } from './queue-query.ts'
import { type DecisionRecord, standingDecisions, stepsBack } from './recent.ts'
import { decisionAt, decisionsSince, findBatch, historyOfBatch, insertBatch, markUndone, placesOf } from './store.ts'
import { putBack } from './undo.ts'

/** Comments decided in one transaction: few enough that readers' submissions get their turn in between. */
const CHUNK = 50
/** Comments looked up by one statement. */
const LOOKED_UP = 500
const CHANGED_SINCE = 'It was changed since'

/** A comment that stayed as it was, and why. */
export interface BatchConflict {
  id: string
  reason: string
}

interface BatchRequest {
  principal: Principal
  ids: string[]
  decision: Decision
  reason?: string | undefined
  /** The versions at which they were found, when they were looked for: what somebody changed since is not what was looked for. */
  versions?: Map<string, number> | undefined
}

/** Does something about some items, in the order of a transaction; gives how many changed. */
type Step<Item> = (tx: Transaction, items: Item[], counterChanges: CounterChanges) => Promise<number>

export type Batches = ReturnType<typeof createBatches>

/** Many decisions at once, and all of them back at once. */
export function createBatches({ db, clock, outbox }: { db: Database; clock: Clock; outbox: Outbox }) {
  const inOneGo = async <Item>(items: Item[], step: Step<Item>): Promise<number> => {
    await setImmediate() // SQLite's adapter never waits for anything, so without this nobody else would be answered meanwhile
    return db.write(async (tx) => {
      const counterChanges = noCounterChanges()
      const changed = await step(tx, items, counterChanges)
      await applyCounterChanges(tx, { db, outbox, counterChanges })
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

  /** Of these comments those that are there and that somebody may moderate, with their versions; -1 for a removed one. */
  const withinReach = async (principal: Principal, ids: string[]): Promise<Map<string, number>> => {
    const found = new Map<string, number>()
    for (let start = 0; start < ids.length; start += LOOKED_UP) {
      for (const { id, siteId, status, version } of await placesOf(db.read, ids.slice(start, start + LOOKED_UP)))
        if (may(principal.grants, 'moderate', siteId)) found.set(id, status === REMOVED ? -1 : version)
      await setImmediate()
    }
    return found
  }

  const goBack = (principal: Principal, records: DecisionRecord[]) =>
    inChunks(
      records.toSorted((a, b) => (a.commentId < b.commentId ? 1 : -1)), // replies before what they answer, as every change locks them
      (tx, entries, counterChanges) => putBack(tx, { db, outbox, clock, entries, actor: actorOf(principal), counterChanges }),
      ({ commentId }) => commentId,
    )

  return {
    /** Decides about what is there and the caller's; the rest is named. What already is so stays as it is. */
    async decideAll({ principal, ids, decision, reason, versions }: BatchRequest) {
      const distinct = [...new Set(ids)].toSorted().toReversed()
      const found = await withinReach(principal, distinct)
      const isThere = (id: string) => (found.get(id) ?? -1) >= 0
      const actor = actorOf(principal)
      const at = clock()
      const batchId = newId(at)
      const decided = { decision, reason, actor, batchId }
      await db.write((tx) => insertBatch(tx, { id: batchId, actorId: actor.id, at }))
      const { changed, conflicts } = await inChunks(
        distinct.filter(isThere),
        (tx, some, counterChanges) => decideMany(tx, { db, outbox, clock, ids: some, decided, counterChanges, versions }),
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
      const isSame = ({ commentId, version }: DecisionRecord) => versions.get(commentId) === version
      const { changed, conflicts } = await goBack(principal, mine.filter(isSame))
      const changedSince = mine.filter((entry) => !isSame(entry)).map(({ commentId }) => ({ id: commentId, reason: CHANGED_SINCE }))
      if (mine.length === entries.length) await db.write((tx) => markUndone(tx, { id: batchId, at: clock() }))
      return { undone: changed, conflicts: [...changedSince, ...conflicts] }
    },

    /**
     * Puts back what the caller decided in the last minutes, one by one or in batches, as far as nobody did anything about it since;
     * the rest is told of. A comment decided more than once goes back to where it was before the first time.
     */
    async undoRecent({ principal, minutes }: { principal: Principal; minutes: number }) {
      const since = lowestIdAt(new Date(clock().getTime() - minutes * 60_000))
      const decided = standingDecisions(await decisionsSince(db.read, { actorId: actorOf(principal).id, since }))
      const versions = await withinReach(principal, [...decided.keys()])
      const mine = [...decided].filter(([id]) => versions.has(id))
      const isSame = ([id, { version }]: (typeof mine)[number]) => versions.get(id) === version
      const steps = stepsBack(mine.filter(isSame).map(([, standing]) => standing))
      const conflicts = mine.filter((one) => !isSame(one)).map(([id]) => ({ id, reason: CHANGED_SINCE }))
      let undone = 0
      for (const [step, records] of steps.entries()) {
        const failed = new Set(conflicts.map(({ id }) => id))
        const went = await goBack(
          principal,
          records.filter(({ commentId }) => !failed.has(commentId)),
        )
        if (step === 0) undone = went.changed
        conflicts.push(...went.conflicts)
      }
      return { undone, conflicts }
    },

    /**
     * Puts back the caller's own decision about a comment, when it is the last thing that happened to it.
     * @throws Conflict otherwise
     */
    async undoOwn({ principal, comment: { id, version } }: { principal: Principal; comment: { id: string; version: number } }) {
      const record = await decisionAt(db.read, { commentId: id, version })
      if (record?.actorId !== actorOf(principal).id) throw Conflict('The last thing that happened to it is no decision of yours.')
      await inOneGo([record], (tx, entries, counterChanges) =>
        putBack(tx, { db, outbox, clock, entries, actor: actorOf(principal), counterChanges }),
      )
    },
  }
}
