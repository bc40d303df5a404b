import type { Actor } from '../access/principal.ts'
import type { Clock } from '../clock.ts'
import { placeBelow, REMOVED, type Status } from './comment.ts'
import { changeComment } from './change.ts'
import { CommentNotFound } from './errors.ts'
import { SANITIZER_POLICY } from '../markup/sanitize.ts'
import {
  type CommentRow,
  findComment,
  holdApproved,
  insertComments,
  insertRevision,
  moveCounts,
  passUpward,
  setRevisionState,
} from './store.ts'
import { raiseThread } from './thread-store.ts'
import { htmlOfTyped } from './typed-text.ts'
import { fold } from '../markup/text.ts'
import type { Database } from '../database/connect.ts'
import { Conflict, defineError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Outbox } from './outbox.ts'

export const ParentNotPublic = defineError('parent-not-public', 409, 'Approve the comment before you answer it')

/** Changes a comment's text as a moderator; it stays where it stands. What stood there is kept as a revision. */
export async function editComment({
  db,
  outbox,
  clock,
  id,
  body,
  version,
  actor,
}: {
  db: Database
  outbox: Outbox
  clock: Clock
  id: string
  body: string
  version: number
  actor: Actor
}): Promise<void> {
  const { html } = htmlOfTyped({ body })
  await db.write(async (tx) => {
    const row = await findComment(tx, id)
    if (!row || row.status === REMOVED) throw CommentNotFound()
    if (row.version !== version) throw Conflict('It is not at the version that you saw any more.')
    const at = clock()
    const revisionId = newId(at)
    const change = { status: row.status as Status, hasRevision: false, text: { body, html, editedAt: at } }
    await changeComment(tx, { db, outbox, row, change, act: { actor, action: 'edit', at, revisionId } })
    // Only now: before, another replica may just have removed the comment that the revision belongs to.
    await setRevisionState(tx, { commentId: id, from: 'waiting', to: 'superseded' })
    await insertRevision(tx, {
      id: revisionId,
      commentId: id,
      state: 'published',
      body,
      html,
      sanitizer: SANITIZER_POLICY,
      verdicts: [],
      replacedBody: row.body,
      replacedHtml: row.html,
      createdAt: at,
    })
  })
}

/**
 * Answers a public comment as a moderator; the answer is public at once.
 * @throws ParentNotPublic when the comment that is answered is not
 */
export async function answerComment({
  db,
  outbox,
  clock,
  parentId,
  body,
  author,
}: {
  db: Database
  outbox: Outbox
  clock: Clock
  parentId: string
  body: string
  /** Who answers, and under which name readers see it. */
  author: Actor
}): Promise<CommentRow> {
  const { html } = htmlOfTyped({ body })
  return db.write(async (tx) => {
    const parent = await findComment(tx, parentId)
    if (!parent || parent.status === REMOVED) throw CommentNotFound()
    if (parent.status !== 'approved' || (await holdApproved(tx, [parentId])) === 0)
      throw ParentNotPublic('Readers would see an answer to nothing.')
    const createdAt = clock()
    const id = newId(createdAt)
    await insertComments(tx, {
      provider: db.provider,
      rows: [
        {
          id,
          siteId: parent.siteId,
          threadId: parent.threadId,
          parentId,
          ...placeBelow({ id, parent }),
          status: 'approved',
          queue: null,
          shown: true,
          name: author.name,
          body,
          html,
          sanitizer: SANITIZER_POLICY,
          folded: fold(`${author.name}\n${body}`),
          verdicts: [],
          moderatorId: author.id,
          createdAt,
        },
      ],
    })
    await passUpward(tx, { parentId, by: 1 })
    const { siteId, key } = await raiseThread(tx, { threadId: parent.threadId, approved: 1 })
    await db.changes.announce(tx, { siteId, key })
    await moveCounts(tx, { siteId, from: [], to: ['approved'] })
    await db.changes.announce(tx, { siteId, inner: 'queue' })
    const row = await findComment(tx, id)
    if (!row) throw CommentNotFound()
    await outbox.moved(tx, [{ comment: row, from: null, to: row.status }])
    return row
  })
}
