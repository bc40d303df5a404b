import type { Actor } from '../access/principal.ts'
import type { Clock } from '../clock.ts'
import { type Act, type Change, changeComment } from '../comments/change.ts'
import type { Status } from '../comments/comment.ts'
import { moveComments } from '../comments/move-many.ts'
import type { CommentRow } from '../comments/store.ts'
import type { CounterChanges } from '../comments/counter-changes.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { Conflict } from '../errors.ts'
import type { Outbox } from '../comments/outbox.ts'
import { type DecisionRecord, UNDO } from './recent.ts'
import { findRevision, findRows, setRevision, unpublishRevision } from './store.ts'

/**
 * Puts comments back where they stood before they were decided about: their statuses, and the revisions that were meant.
 * @returns how many
 * @throws Conflict when one of them was changed since
 */
export async function putBack(
  tx: Transaction,
  {
    db,
    outbox,
    clock,
    entries,
    actor,
    counterChanges,
  }: { db: Database; outbox: Outbox; clock: Clock; entries: DecisionRecord[]; actor: Actor; counterChanges: CounterChanges },
): Promise<number> {
  const rows = await findRows(
    tx,
    entries.map(({ commentId }) => commentId),
  )
  const act: Act = { actor, action: UNDO, at: clock() }
  const plain = new Map<Status, CommentRow[]>()
  for (const { commentId, version, revisionId, from } of entries) {
    const row = rows.get(commentId)
    if (row?.version !== version) throw Conflict('It was changed since')
    const status = from as Status
    if (revisionId === null) plain.set(status, [...(plain.get(status) ?? []), row])
    else
      await changeComment(tx, {
        db,
        outbox,
        row,
        change: { ...(await reviveRevision(tx, { row, revisionId })), status },
        act,
        counterChanges,
      })
  }
  for (const [status, same] of plain) await moveComments(tx, { rows: same, status, act, counterChanges })
  return entries.length
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
