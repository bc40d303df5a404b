import { z } from 'zod'
import { REMOVED } from '../comments/comment.ts'
import type { Reports } from '../comments/reports.ts'
import type { Database } from '../database/connect.ts'
import { type Ledger, LedgerMail } from '../notifications/ledger.ts'
import { siblingsOf, byAuthor, type NearRow } from './comment-details-store.ts'
import { HistoryEntry, ModeratedComment, ReportedFor } from './present.ts'
import { findOne, historyOf, type QueuedRow } from './store.ts'

const OTHERS = 10
const SIBLINGS = 5
const EXCERPT = 200

const Status = z.enum(['pending', 'approved', 'rejected', 'spam'])
const text = z.string().meta({ description: `As typed, at most ${EXCERPT} characters of it` })

const Near = z
  .object({ id: z.uuid(), status: Status, author: z.string(), text, createdAt: z.iso.datetime() })
  .meta({ id: 'NearComment', description: 'A comment beside the one that is shown' })

const Other = z
  .object({
    id: z.uuid(),
    status: Status,
    text,
    thread: z.object({ url: z.string(), title: z.string().nullable() }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'OtherComment', description: 'Another comment by the same author' })

/** A comment with all that helps to decide about it. */
export const CommentPage = ModeratedComment.extend({
  history: z.array(HistoryEntry),
  reportedFor: z.array(ReportedFor),
  others: z.array(Other).meta({ description: `The author's ${OTHERS} newest other comments on the site, by the same e-mail address` }),
  deliveries: z.array(LedgerMail).meta({ description: 'The mails that it caused, newest first' }),
  context: z.object({
    parent: Near.nullable().meta({ description: 'What it answers, whatever its status' }),
    siblings: z.array(Near).meta({ description: `The ${SIBLINGS} newest public comments beside it` }),
  }),
}).meta({ id: 'CommentPage' })

export type CommentDetails = ReturnType<typeof createCommentDetails>

/** What stands around a comment: what happened to it, what its author wrote besides, what it answers, and which mails it caused. */
export function createCommentDetails({ db, reports, ledger }: { db: Database; reports: Reports; ledger: Ledger }) {
  return async function about({ row, seesEmails }: { row: QueuedRow; seesEmails: boolean }) {
    const [history, reportedFor, others, mails, context] = await Promise.all([
      historyFrom(row),
      reports.reportedFor(row.id),
      byAuthor(db.read, { row, take: OTHERS }),
      ledger.about({ siteId: row.siteId, commentId: row.id, seesEmails }),
      contextOf(row),
    ])
    return { history, reportedFor, others: others.map(other), deliveries: mails, context }
  }

  /** What happened to a comment, from its submission on. */
  async function historyFrom(row: QueuedRow): Promise<z.output<typeof HistoryEntry>[]> {
    const entries = await historyOf(db.read, row.id)
    const actor = row.moderatorId ? row.name : 'author'
    const submitted = {
      at: row.createdAt.toISOString(),
      actor,
      action: 'submit',
      from: null,
      to: entries[0]?.from ?? row.status,
      reason: null,
      via: null,
    }
    const later = entries.map(({ at, actorId, actorName, action, from, to, reason, via }) => ({
      at: at.toISOString(),
      actor: actorName,
      action,
      from,
      to,
      reason,
      via: via === 'mail' ? 'mail' : viaOf(actorId),
    }))
    return [submitted, ...later]
  }

  async function contextOf(row: QueuedRow) {
    const [parent, siblings] = await Promise.all([
      row.parentId === null ? null : findOne(db.read, row.parentId),
      siblingsOf(db.read, { row, take: SIBLINGS }),
    ])
    return { parent: parent && parent.status !== REMOVED ? near(parent) : null, siblings: siblings.map(near) }
  }
}

/** From where somebody with this id asks, when it is no link in a mail. */
const viaOf = (actorId: string): z.output<typeof HistoryEntry>['via'] =>
  actorId.startsWith('key:') ? 'api' : actorId.startsWith('user:') ? 'page' : null

const near = ({ id, status, name, body, createdAt }: NearRow): z.output<typeof Near> => ({
  id,
  status: status as z.output<typeof Status>,
  author: name,
  text: excerpt(body),
  createdAt: createdAt.toISOString(),
})

const other = ({ id, status, body, thread, createdAt }: Awaited<ReturnType<typeof byAuthor>>[number]): z.output<typeof Other> => ({
  id,
  status: status as z.output<typeof Status>,
  text: excerpt(body),
  thread,
  createdAt: createdAt.toISOString(),
})

/** The beginning of a text, cut between characters and not within one. */
export const excerpt = (body: string): string => {
  const characters = Array.from(body.slice(0, 4 * EXCERPT))
  return characters.length > EXCERPT ? `${characters.slice(0, EXCERPT - 1).join('')}…` : characters.join('')
}
