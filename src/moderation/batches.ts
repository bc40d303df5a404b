import { setImmediate } from 'node:timers/promises'
import { type Actor, actorOf, type Principal } from '../accounts/principal.ts'
import type { Clock } from '../clock.ts'
import { type Change, changeComment } from '../comments/change.ts'
import type { Decision, Status } from '../comments/comment.ts'
import { CommentNotFound } from '../comments/errors.ts'
import type { CommentRow } from '../comments/store.ts'
import { newTally, settle, type Tally } from '../comments/tally.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { Conflict, NotFound, Problem } from '../errors.ts'
import { newId } from '../ids.ts'
import { decide } from './decide.ts'
import { may } from './policy.ts'
import { ID } from './queue.ts'
import {
  findBatch,
  findRevision,
  findRow,
  historyOfBatch,
  insertBatch,
  markUndone,
  setRevision,
  sitesOfComments,
  unpublishRevision,
} from './store.ts'

/** Comments decided in one transaction: few enough that readers' submissions get their turn in between. */
const CHUNK = 20

/** A comment that stayed as it was, and why. */
export interface BatchConflict {
  id: string
  reason: string
}

/** Does something about one item; gives whether that changed anything. */
type Step<Item> = (tx: Transaction, item: Item, tally: Tally) => Promise<boolean>
type HistoryRow = Awaited<ReturnType<typeof historyOfBatch>>[number]

export type Batches = ReturnType<typeof createBatches>

/** Many decisions at once, and all of them back at once. */
export function createBatches({ db, clock }: { db: Database; clock: Clock }) {
  const inOneGo = <Item>(items: Item[], step: Step<Item>) =>
    db.write(async (tx) => {
      const tally = newTally()
      let count = 0
      for (const item of items) {
        count += Number(await step(tx, item, tally))
        await setImmediate() // SQLite's adapter never waits for anything, so without this nobody else would be answered meanwhile
      }
      await settle(tx, { db, tally })
      return count
    })

  /** Runs a step for every item, some to a transaction; an item that fails is told of and does not stop the others. */
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

  /** Of these ids, those of comments that somebody may moderate. */
  const mayDecide = async (principal: Principal, ids: string[]) =>
    new Set((await sitesOfComments(db.read, ids)).filter(({ siteId }) => may(principal.grants, 'moderate', siteId)).map(({ id }) => id))

  return {
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
      const distinct = [...new Set(ids)]
      const known = await mayDecide(principal, distinct)
      const actor = actorOf(principal)
      const at = clock()
      const batchId = newId(at)
      await db.write((tx) => insertBatch(tx, { id: batchId, actorId: actor.id, at }))
      const { changed, conflicts } = await inChunks(
        distinct
          .filter((id) => known.has(id))
          .toSorted()
          .toReversed(), // replies before what they answer, as every change locks them
        (tx, id, tally) => decide(tx, { db, clock, request: { id, decision, reason, actor, batchId }, tally }),
        (id) => id,
      )
      const unknown = distinct.filter((id) => !known.has(id)).map((id) => ({ id, reason: 'No such comment' }))
      return { decided: changed, batch: batchId, conflicts: [...unknown, ...conflicts] }
    },

    /**
     * Puts every comment of a batch back where it was, unless it was changed since; those are told of. Somebody who moderates only
     * some of the sites that it was about puts back those comments and leaves the others to others.
     * @throws NotFound for a batch that holds nothing of the caller's sites
     */
    async undo({ principal, batchId }: { principal: Principal; batchId: string }) {
      const batch = ID.test(batchId) ? await findBatch(db.read, batchId) : null
      const rows = batch ? await historyOfBatch(db.read, batchId) : []
      const known = await mayDecide(
        principal,
        rows.map(({ commentId }) => commentId),
      )
      const mine = rows.filter(({ commentId }) => known.has(commentId))
      if (!batch || (mine.length === 0 && batch.actorId !== actorOf(principal).id)) throw NotFound('No such batch.')
      if (batch.undoneAt) return { undone: 0, conflicts: [] }
      const actor = actorOf(principal)
      const { changed, conflicts } = await inChunks(
        mine,
        (tx, entry, tally) => putBack(tx, { db, clock, entry, actor, tally }),
        ({ commentId }) => commentId,
      )
      if (mine.length === rows.length) await db.write((tx) => markUndone(tx, { id: batchId, at: clock() }))
      return { undone: changed, conflicts }
    },
  }
}

async function putBack(
  tx: Transaction,
  { db, clock, entry, actor, tally }: { db: Database; clock: Clock; entry: HistoryRow; actor: Actor; tally: Tally },
): Promise<boolean> {
  const row = await findRow(tx, entry.commentId)
  if (!row) throw CommentNotFound()
  if (row.version !== entry.version) throw Conflict('It was changed since')
  const change = entry.revisionId ? await reviveRevision(tx, { row, revisionId: entry.revisionId }) : { hasRevision: false }
  await changeComment(tx, {
    db,
    row,
    change: { ...change, status: entry.from as Status },
    act: { actor, action: 'undo', at: clock() },
    tally,
  })
  return true
}

/** Lets the revision that was decided about wait again; where it had been published, what it replaced comes back. */
async function reviveRevision(tx: Transaction, { row, revisionId }: { row: CommentRow; revisionId: string }): Promise<Change> {
  const revision = await findRevision(tx, revisionId)
  if (!revision) return { hasRevision: false }
  const { id, commentId, state, replacedBody: body, replacedHtml: html, verdicts } = revision
  if (state !== 'published' || body === null || html === null) {
    await setRevision(tx, { id, state: 'waiting' })
    return { hasRevision: true }
  }
  const editedAt = await unpublishRevision(tx, { id, commentId, verdicts: row.verdicts })
  return { hasRevision: true, text: { body, html, editedAt }, verdicts: verdicts as object[] }
}
