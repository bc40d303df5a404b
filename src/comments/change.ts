import type { Actor } from '../access/principal.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { Conflict } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Teller } from './outbox.ts'
import { queueOf, REMOVED, type Status } from './comment.ts'
import { CommentNotFound } from './errors.ts'
import { deleteReports, dismissReports } from './report-store.ts'
import { SANITIZER_POLICY } from '../markup/sanitize.ts'
import {
  changeIfUnchanged,
  type CommentRow,
  deleteAnswers,
  deleteComment,
  deleteRevisions,
  eraseComment,
  eraseReasons,
  findComment,
  hasReplies,
  insertHistory,
  passUpward,
  settlePlace,
} from './store.ts'
import { noCounterChanges, noteChange, applyCounterChanges, type CounterChanges } from './counter-changes.ts'
import { fold } from '../markup/text.ts'

/** What becomes of a comment; what is absent stays. */
export interface Change {
  status?: Status
  /** Whether a revision waits afterwards. */
  hasRevision: boolean
  text?: { body: string; html: string; editedAt: Date | null }
  verdicts?: object[]
}

/** What history says of it. */
export interface Act {
  actor: Actor
  action: string
  at: Date
  reason?: string | null | undefined
  revisionId?: string | null | undefined
  batchId?: string | null | undefined
}

/** The comment was changed between being read and being written. */
export const Changed = () => Conflict('Somebody else was faster.')

/**
 * Changes a comment with everything that follows from it, in the caller's transaction: the site's counts, the places above it in
 * the thread, the thread's version and count when readers see a difference, and one line of history. With `counterChanges` counts and
 * threads are noted in it: whoever changes many comments settles it after the last.
 * @throws Conflict when it is not at the version that was read any more
 */
export async function changeComment(
  tx: Transaction,
  {
    db,
    outbox,
    row,
    change,
    act,
    counterChanges,
  }: { db: Database; outbox: Teller; row: CommentRow; change: Change; act: Act; counterChanges?: CounterChanges | undefined },
): Promise<CommentRow> {
  const status = change.status ?? (row.status as Status)
  const queue = queueOf({ status, hasRevision: change.hasRevision })
  const text = change.text && { ...change.text, sanitizer: SANITIZER_POLICY, folded: fold(`${row.name}\n${change.text.body}`) }
  const data = { status, queue, ...text, ...(change.verdicts && { verdicts: change.verdicts }) }
  if (!(await changeIfUnchanged(tx, { id: row.id, version: row.version, data }))) throw Changed()

  // Locked by now, so what it says of the replies below is the last word. Rows are always locked upwards: comments, thread, site.
  const changed = await findComment(tx, row.id)
  if (!changed) throw CommentNotFound()
  const shown = await settlePlace(tx, changed)
  if (shown !== changed.shown) await passUpward(tx, { parentId: row.parentId, by: shown ? 1 : -1 })
  // What readers said is settled once the comment goes out of view; should the decision be undone, it does not come back.
  const isSettled = changed.reports > 0 && status !== 'approved'
  if (isSettled) await dismissReports(tx, [row.id])
  await writeHistory(tx, { row, to: status, act })
  const noted = counterChanges ?? noCounterChanges()
  noteChange(noted, { row, after: { status, queue }, hasNewText: change.text !== undefined })
  if (!counterChanges) await applyCounterChanges(tx, { db, outbox, counterChanges: noted })
  return { ...changed, shown, ...(isSettled && { reports: 0 }) }
}

/**
 * Takes a comment away for good: all of it when nothing answers it, else its content, so that the replies keep their place; a place
 * above that was kept for this one alone goes too. Reasons in its history go with the content: people quote in them.
 * @throws CommentNotFound when it is gone already
 * @throws Conflict when it is not at the version that was read any more
 */
export async function removeComment(
  tx: Transaction,
  { db, outbox, row, act }: { db: Database; outbox: Teller; row: CommentRow; act: Act },
): Promise<void> {
  if (row.status === REMOVED) throw CommentNotFound()
  if (!(await changeIfUnchanged(tx, { id: row.id, version: row.version, data: {} }))) throw Changed()
  const { shown, shownReplies } = (await findComment(tx, row.id)) ?? row
  await deleteAnswers(tx, row.id)
  if (await hasReplies(tx, row.id)) {
    await deleteRevisions(tx, row.id)
    await deleteReports(tx, row.id)
    await eraseReasons(tx, row.id)
    await eraseComment(tx, { id: row.id, shown: shownReplies > 0 })
    await writeHistory(tx, { row: { ...row, version: row.version + 1 }, to: REMOVED, act })
  } else {
    await deleteComment(tx, row.id)
  }
  if (shown && shownReplies === 0) await passUpward(tx, { parentId: row.parentId, by: -1 })
  await deleteEmptyPlaces(tx, row.parentId)
  const counterChanges = noCounterChanges()
  noteChange(counterChanges, { row, after: null })
  await applyCounterChanges(tx, { db, outbox, counterChanges })
}

/** The same for a comment as it is now. */
export async function removeById({ db, outbox, id, act }: { db: Database; outbox: Teller; id: string; act: Act }): Promise<void> {
  await db.write(async (tx) => {
    const row = await findComment(tx, id)
    if (!row) throw CommentNotFound()
    await removeComment(tx, { db, outbox, row, act })
  })
}

/** Erased comments that were kept for a reply that is gone now: nothing is left to keep them for. */
async function deleteEmptyPlaces(tx: Transaction, parentId: string | null) {
  let place = parentId === null ? null : await findComment(tx, parentId)
  while (place && place.status === REMOVED && !(await hasReplies(tx, place.id))) {
    await deleteComment(tx, place.id)
    place = place.parentId === null ? null : await findComment(tx, place.parentId)
  }
}

/** Writes a line of a comment's history; `version` is the comment's after it. */
export const writeHistory = (
  tx: Transaction,
  {
    row,
    to,
    act,
    version = row.version + 1,
  }: { row: Pick<CommentRow, 'id' | 'status' | 'version'>; to: string; act: Act; version?: number },
) =>
  insertHistory(tx, {
    id: newId(act.at),
    commentId: row.id,
    at: act.at,
    actorId: act.actor.id,
    actorName: act.actor.name,
    action: act.action,
    from: row.status,
    to,
    reason: act.reason ?? null,
    version,
    revisionId: act.revisionId ?? null,
    batchId: act.batchId ?? null,
    via: act.actor.via ?? null,
  })
