import type { Actor } from '../accounts/principal.ts'
import type { Clock } from '../clock.ts'
import { type Act, type Change, changeComment, Changed } from '../comments/change.ts'
import { type Decision, REMOVED, statusAfter } from '../comments/comment.ts'
import { CommentNotFound } from '../comments/errors.ts'
import type { CommentRow } from '../comments/store.ts'
import type { Tally } from '../comments/tally.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { Conflict } from '../errors.ts'
import { findRow, publishRevision, setRevision, waitingRevisions } from './store.ts'

export interface DecisionRequest {
  id: string
  decision: Decision
  reason?: string | undefined
  /** The version that the moderator saw; a later one means that somebody changed it meanwhile. */
  version?: number | undefined
  /** The version at which the request found it. It matters only to a decision that would change something. */
  found?: number | undefined
  actor: Actor
  batchId?: string | undefined
}

/**
 * Decides about a comment, or about its revision where one waits: approve publishes the revision, reject drops it, spam and hold
 * take the comment itself. Deciding what already is so changes nothing.
 * @returns whether anything changed
 * @throws CommentNotFound
 * @throws Conflict when `version` is stale, or somebody else decided otherwise while the request was under way
 */
export async function decide(
  tx: Transaction,
  { db, clock, request, tally }: { db: Database; clock: Clock; request: DecisionRequest; tally?: Tally | undefined },
): Promise<boolean> {
  const row = await findRow(tx, request.id)
  if (!row || row.status === REMOVED) throw CommentNotFound()
  if (request.version !== undefined && request.version !== row.version) throw Conflict('It is not at the version that you saw any more.')
  const revision = row.queue === null ? undefined : (await waitingRevisions(tx, [row.id])).get(row.id)
  const status = statusAfter[request.decision]
  if (status === row.status && (!revision || request.decision === 'hold')) return false
  if (request.found !== undefined && request.found !== row.version) throw Changed()
  const act: Act = { actor: request.actor, action: request.decision, at: clock(), reason: request.reason, batchId: request.batchId }
  const change = revision ? await decideRevision(tx, { row, revision, decision: request.decision }) : { status, hasRevision: false }
  await changeComment(tx, { db, row, change, act: { ...act, revisionId: revision?.id }, tally })
  return true
}

type Revision = NonNullable<ReturnType<Awaited<ReturnType<typeof waitingRevisions>>['get']>>

/** Settles the revision; gives what the decision makes of the comment. */
async function decideRevision(
  tx: Transaction,
  { row, revision, decision }: { row: CommentRow; revision: Revision; decision: Decision },
): Promise<Change> {
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
  return { status: 'pending', hasRevision: true }
}
