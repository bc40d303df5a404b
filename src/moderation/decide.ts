import type { Actor } from '../accounts/principal.ts'
import type { Clock } from '../clock.ts'
import { type Act, type Change, changeComment } from '../comments/change.ts'
import { type Decision, REMOVED, statusAfter } from '../comments/comment.ts'
import { CommentNotFound } from '../comments/errors.ts'
import type { CommentRow } from '../comments/store.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { Conflict } from '../errors.ts'
import { findOne, publishRevision, setRevision, waitingRevisions } from './store.ts'

export interface DecisionRequest {
  id: string
  decision: Decision
  reason?: string | undefined
  /** The version that the moderator saw; a later one means that somebody changed it meanwhile. */
  version?: number | undefined
  actor: Actor
  batchId?: string | undefined
}

/**
 * Decides about a comment, or about its revision where one waits: approve publishes the revision, reject drops it, spam and hold
 * take the comment itself. Deciding what already is so changes nothing.
 * @returns whether anything changed
 * @throws CommentNotFound
 * @throws Conflict when `version` is stale
 */
export async function decide(tx: Transaction, { db, clock, request }: { db: Database; clock: Clock; request: DecisionRequest }): Promise<boolean> {
  const row = await findOne(tx, request.id)
  if (!row || row.status === REMOVED) throw CommentNotFound()
  if (request.version !== undefined && request.version !== row.version) throw Conflict('It is not at the version that you saw any more.')
  const act: Act = { actor: request.actor, action: request.decision, at: clock(), reason: request.reason, batchId: request.batchId }
  const revision = (await waitingRevisions(tx, [row.id])).get(row.id)
  if (revision) {
    const change = await decideRevision(tx, { row, revision, decision: request.decision })
    if (change === null) return false
    await changeComment(tx, { db, row, change, act: { ...act, revisionId: revision.id } })
    return true
  }
  const status = statusAfter[request.decision]
  if (status === row.status) return false
  await changeComment(tx, { db, row, change: { status, hasRevision: false }, act })
  return true
}

type Revision = NonNullable<ReturnType<Awaited<ReturnType<typeof waitingRevisions>>['get']>>

/** What the decision makes of the comment; null when it is so already. */
async function decideRevision(tx: Transaction, { row, revision, decision }: { row: CommentRow; revision: Revision; decision: Decision }): Promise<Change | null> {
  const { id, body, html, createdAt } = revision
  if (decision === 'approve') {
    await publishRevision(tx, { id, replaced: row })
    return { status: 'approved', hasRevision: false, text: { body, html, editedAt: createdAt }, verdicts: revision.verdicts as object[] }
  }
  if (decision === 'reject') {
    await setRevision(tx, { id, state: 'dropped' })
    return { hasRevision: false }
  }
  if (decision === 'spam') {
    await setRevision(tx, { id, state: 'superseded' })
    return { status: 'spam', hasRevision: false }
  }
  return row.status === 'pending' ? null : { status: 'pending', hasRevision: true }
}
