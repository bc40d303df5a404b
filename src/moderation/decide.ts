import type { Actor } from '../access/principal.ts'
import type { Clock } from '../clock.ts'
import { type Act, type Change, changeComment, Changed } from '../comments/change.ts'
import { type Decision, REMOVED, statusAfter } from '../comments/comment.ts'
import { CommentNotFound } from '../comments/errors.ts'
import { moveComments } from '../comments/move-many.ts'
import type { CommentRow } from '../comments/store.ts'
import type { CounterChanges } from '../comments/counter-changes.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { Conflict } from '../errors.ts'
import type { Outbox } from '../comments/outbox.ts'
import { findRows, publishRevision, setRevision, waitingRevisions } from './store.ts'

/** What somebody decides, whatever it is about. */
interface Decided {
  decision: Decision
  reason?: string | undefined
  actor: Actor
  batchId?: string | undefined
}

export interface DecisionRequest extends Decided {
  id: string
  /** The version that the moderator saw; a later one means that somebody changed it meanwhile. */
  version?: number | undefined
  /** The version at which the request found it. It matters only to a decision that would change something. */
  found?: number | undefined
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
  { db, outbox, clock, request }: { db: Database; outbox: Outbox; clock: Clock; request: DecisionRequest },
): Promise<boolean> {
  const row = (await findRows(tx, [request.id])).get(request.id)
  if (!row || row.status === REMOVED) throw CommentNotFound()
  if (request.version !== undefined && request.version !== row.version) throw Conflict('It is not at the version that you saw any more.')
  const revision = row.queue === null ? undefined : (await waitingRevisions(tx, [row.id])).get(row.id)
  if (isSo({ row, revision, decision: request.decision })) return false
  if (request.found !== undefined && request.found !== row.version) throw Changed()
  const act = actOf(request, clock())
  if (revision) await decideRevision(tx, { db, outbox, row, revision, decision: request.decision, act })
  else await changeComment(tx, { db, outbox, row, change: { status: statusAfter[request.decision], hasRevision: false }, act })
  return true
}

/**
 * The same about many, whatever their versions unless `versions` says at which they must be; those without a revision in a few statements for all of them.
 * @returns how many changed
 * @throws CommentNotFound, Conflict when one of them goes or changes in the same moment; then nothing is decided
 */
export async function decideMany(
  tx: Transaction,
  {
    db,
    outbox,
    clock,
    ids,
    decided,
    counterChanges,
    versions,
  }: {
    db: Database
    outbox: Outbox
    clock: Clock
    ids: string[]
    decided: Decided
    counterChanges: CounterChanges
    versions?: Map<string, number> | undefined
  },
): Promise<number> {
  const found = await findRows(tx, ids)
  const rows = ids.flatMap((id) => found.get(id) ?? []).filter(({ status }) => status !== REMOVED)
  if (rows.length < ids.length) throw CommentNotFound()
  if (versions && rows.some(({ id, version }) => versions.get(id) !== version)) throw Changed()
  const { decision } = decided
  const revisions = await waitingRevisions(
    tx,
    rows.filter(({ queue }) => queue !== null).map(({ id }) => id),
  )
  const toChange = rows.filter((row) => !isSo({ row, revision: revisions.get(row.id), decision }))
  const act = actOf(decided, clock())
  const plain: CommentRow[] = []
  for (const row of toChange) {
    const revision = revisions.get(row.id)
    if (revision) await decideRevision(tx, { db, outbox, row, revision, decision, act, counterChanges })
    else plain.push(row)
  }
  await moveComments(tx, { rows: plain, status: statusAfter[decision], act, counterChanges })
  return toChange.length
}

const actOf = ({ actor, decision, reason, batchId }: Decided, at: Date): Act => ({ actor, action: decision, at, reason, batchId })

/** Whether a decision would change nothing. */
const isSo = ({ row, revision, decision }: { row: CommentRow; revision: Revision | undefined; decision: Decision }) =>
  statusAfter[decision] === row.status && (!revision || decision === 'hold')

type Revision = NonNullable<ReturnType<Awaited<ReturnType<typeof waitingRevisions>>['get']>>

/** Decides about a comment of which a revision waits. */
async function decideRevision(
  tx: Transaction,
  {
    db,
    outbox,
    row,
    revision,
    decision,
    act,
    counterChanges,
  }: { db: Database; outbox: Outbox; row: CommentRow; revision: Revision; decision: Decision; act: Act; counterChanges?: CounterChanges },
): Promise<void> {
  const change = await settleRevision(tx, { row, revision, decision })
  await changeComment(tx, { db, outbox, row, change, act: { ...act, revisionId: revision.id }, counterChanges })
}

/** Settles the revision; gives what the decision makes of the comment. */
async function settleRevision(
  tx: Transaction,
  { row, revision, decision }: { row: CommentRow; revision: Revision; decision: Decision },
): Promise<Change> {
  const { id, body, html, createdAt } = revision
  if (decision === 'approve') {
    await publishRevision(tx, { id, replaced: row })
    return { status: 'approved', hasRevision: false, text: { body, html, editedAt: createdAt }, verdicts: revision.verdicts }
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
