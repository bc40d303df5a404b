import { newId } from '../ids.ts'
import type { Transaction } from '../database/connect.ts'
import { type Act, Changed } from './change.ts'
import { queueOf, type Status } from './comment.ts'
import { dismissReports } from './report-store.ts'
import { type CommentRow, findComments, insertHistories, moveIfUnchanged, passUpward, setShown } from './store.ts'
import { noteChange, type CounterChanges } from './counter-changes.ts'

/**
 * Moves many comments to one status, as `changeComment` does with one, in a few statements for all of them: a moderator's long list
 * must not keep readers waiting. None of them may have a waiting revision.
 * @throws Conflict when one of them is not at the version that was read any more
 */
export async function moveComments(
  tx: Transaction,
  { rows, status, act, counterChanges }: { rows: CommentRow[]; status: Status; act: Act; counterChanges: CounterChanges },
): Promise<void> {
  if (rows.length === 0) return
  const queue = queueOf({ status, hasRevision: false })
  for (const [version, same] of byVersion(rows)) {
    const ids = same.map(({ id }) => id)
    if ((await moveIfUnchanged(tx, { ids, version, data: { status, queue } })) < ids.length) throw Changed()
  }
  // Locked by now, so what is read here is the last word.
  const locked = await findComments(
    tx,
    rows.map(({ id }) => id),
  )
  await settlePlaces(tx, locked)
  const settled = status === 'approved' ? [] : locked.filter(({ reports }) => reports > 0).map(({ id }) => id)
  if (settled.length > 0) await dismissReports(tx, settled)
  await insertHistories(
    tx,
    rows.map((row) => ({
      id: newId(act.at),
      commentId: row.id,
      at: act.at,
      actorId: act.actor.id,
      actorName: act.actor.name,
      action: act.action,
      from: row.status,
      to: status,
      reason: act.reason ?? null,
      version: row.version + 1,
      revisionId: null,
      batchId: act.batchId ?? null,
      via: act.actor.via ?? null,
    })),
  )
  for (const row of rows) noteChange(counterChanges, { row, after: { status, queue } })
}

/** Gives comments their places in their threads, or takes them, by what they are now. */
async function settlePlaces(tx: Transaction, locked: CommentRow[]) {
  const moved = locked.filter((row) => row.shown !== isShown(row))
  for (const shown of [true, false]) {
    const ids = moved.filter((row) => isShown(row) === shown).map(({ id }) => id)
    if (ids.length > 0) await setShown(tx, { ids, shown })
  }
  for (const row of moved) await passUpward(tx, { parentId: row.parentId, by: isShown(row) ? 1 : -1 })
}

const isShown = ({ status, shownReplies }: CommentRow) => status === 'approved' || shownReplies > 0

function byVersion(rows: CommentRow[]): Map<number, CommentRow[]> {
  const groups = new Map<number, CommentRow[]>()
  for (const row of rows) groups.set(row.version, [...(groups.get(row.version) ?? []), row])
  return groups
}
