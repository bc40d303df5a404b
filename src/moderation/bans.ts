import { z } from 'zod'
import type { Actor } from '../access/principal.ts'
import type { Clock } from '../clock.ts'
import { writeHistory } from '../comments/change.ts'
import { REMOVED } from '../comments/comment.ts'
import { CommentNotFound } from '../comments/errors.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { InvalidFields, NotFound } from '../errors.ts'
import { fromCursor, page } from '../http/paging.ts'
import { Text } from '../http/validate.ts'
import { newId } from '../ids.ts'
import { excerpt } from './comment-details.ts'
import { type BanRow, bansInForce, findBan, insertBan, liftBans, listBans } from './ban-store.ts'
import { ID } from './queue-query.ts'
import { findByIds, findOne } from './store.ts'

const DAY_MS = 86_400_000

export const banned = ['email', 'network'] as const
const BANNED = z.enum(banned).meta({ description: "The author's e-mail address, or the network that the comment came from" })

/** A ban as moderators see it; it names nobody but by a comment. */
export const Ban = z
  .object({
    id: z.uuid(),
    what: BANNED,
    comment: z
      .object({ id: z.uuid(), author: z.string(), text: z.string() })
      .nullable()
      .meta({ description: 'The comment whose author it was made for; null once that is removed' }),
    reason: z.string().nullable(),
    by: z.string(),
    createdAt: z.iso.datetime(),
    until: z.iso.datetime().nullable().meta({ description: 'Null for ever' }),
    active: z.boolean(),
    lifted: z.object({ by: z.string(), at: z.iso.datetime() }).nullable(),
  })
  .meta({ id: 'Ban' })

export const NewBan = z.object({
  comment: z.string().max(100).meta({ description: "A comment's id" }),
  what: BANNED,
  days: z.int().min(1).max(3650).optional().meta({ description: 'For ever without it' }),
  reason: Text.trim().max(1000).optional().meta({ description: 'Kept with the ban; readers never see it' }),
})

export type Bans = ReturnType<typeof createBans>

/** Whom a site takes no comments from. Moderators name them by a comment; what is kept is a blind index and no address. */
export function createBans({ db, clock }: { db: Database; clock: Clock }) {
  const present = async (rows: BanRow[]): Promise<z.output<typeof Ban>[]> => {
    const comments = await findByIds(
      db.read,
      rows.map(({ commentId }) => commentId),
    )
    const byId = new Map(comments.filter(({ status }) => status !== REMOVED).map((row) => [row.id, row]))
    return rows.map((row) => presentBan(row, byId.get(row.commentId), clock()))
  }

  /** A line in the history of the comment that a ban was made for, while that is there. */
  const note = async (tx: Transaction, { ban, action, actor }: { ban: BanRow; action: string; actor: Actor }) => {
    const row = await findOne(tx, ban.commentId)
    if (!row) return
    const act = { actor, action, at: clock(), reason: action === LIFT ? null : ban.reason }
    await writeHistory(tx, { row, to: row.status, act, version: row.version })
  }

  return {
    /**
     * Bans the author, or the network, of a comment of this site. One that is in force already is replaced.
     * @throws CommentNotFound; InvalidFields when the comment tells of no such thing
     */
    async ban({ siteId, actor, wish }: { siteId: string; actor: Actor; wish: z.output<typeof NewBan> }) {
      const { comment: commentId, what, days, reason } = wish
      const row = ID.test(commentId) ? await findOne(db.read, commentId) : null
      if (!row || row.siteId !== siteId || row.status === REMOVED) throw CommentNotFound()
      const target = what === 'email' ? row.emailIndex : row.networkIndex
      if (target === null) throw InvalidFields(undefined, { errors: [{ field: 'what', message: 'is not known of this comment' }] })
      const createdAt = clock()
      const until = days === undefined ? null : new Date(createdAt.getTime() + days * DAY_MS)
      const by = { actorId: actor.id, actorName: actor.name }
      const ban = await db.write(async (tx) => {
        const before = await bansInForce(tx, { siteId, now: createdAt, targets: [target] })
        await liftBans(tx, { ids: before.map(({ id }) => id), by: actor, at: createdAt })
        const made = await insertBan(tx, {
          id: newId(createdAt),
          siteId,
          what,
          target,
          commentId,
          reason: reason ?? null,
          ...by,
          createdAt,
          until,
        })
        await note(tx, { ban: made, action: `ban-${what}`, actor })
        await db.changes.announce(tx, { siteId, inner: 'bans' })
        return made
      })
      return (await present([ban]))[0]
    },

    /** A page of a site's bans, newest first: all that ever were, or those in force. */
    async list({ siteId, active, cursor, limit }: { siteId: string; active: boolean; cursor?: string | undefined; limit: number }) {
      const rows = await listBans(db.read, { siteId, now: clock(), active, after: fromCursor(cursor, ID), take: limit + 1 })
      const { items, nextCursor } = page({ items: rows, limit, placeOf: ({ id }) => id })
      return { bans: await present(items), nextCursor }
    },

    /** Lifts a ban; one that was lifted stays as it is. @throws NotFound */
    async lift({ siteId, id, actor }: { siteId: string; id: string; actor: Actor }) {
      const found = ID.test(id) ? await findBan(db.read, { siteId, id }) : null
      if (!found) throw NotFound('No such ban.')
      await db.write(async (tx) => {
        if ((await liftBans(tx, { ids: [id], by: actor, at: clock() })) === 0) return
        await note(tx, { ban: found, action: LIFT, actor })
        await db.changes.announce(tx, { siteId, inner: 'bans' })
      })
      const lifted = await findBan(db.read, { siteId, id })
      return (await present([lifted ?? found]))[0]
    },
  }
}

const LIFT = 'lift-ban'

const presentBan = (
  { id, what, reason, actorName, createdAt, until, liftedAt, liftedByName }: BanRow,
  comment: { id: string; name: string; body: string } | undefined,
  now: Date,
): z.output<typeof Ban> => ({
  id,
  what: what as (typeof banned)[number],
  comment: comment ? { id: comment.id, author: comment.name, text: excerpt(comment.body) } : null,
  reason,
  by: actorName,
  createdAt: createdAt.toISOString(),
  until: until?.toISOString() ?? null,
  active: liftedAt === null && (until === null || until > now),
  lifted: liftedAt && { by: liftedByName ?? '', at: liftedAt.toISOString() },
})
