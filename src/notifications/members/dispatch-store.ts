import { bulkInsert } from '../../database/bulk-insert.ts'
import type { Client, Database, Transaction } from '../../database/connect.ts'
import { isUniqueViolation } from '../../database/errors.ts'
import { list, sql } from '../../database/sql.ts'
import { lowestIdAt, newId } from '../../ids.ts'
import type { HeldEvent } from '../../comments/outbox.ts'
import type { SendingState } from './sending-state.ts'
import type { Listener } from './preference-store.ts'

/** Another replica settled it at the same moment. */
export class Overtaken extends Error {}

type Subject = Omit<HeldEvent, 'siteId'>

/** Keeps what began to wait until a dispatch settles who hears of it: one row, however much it is. */
export async function insertNotice(
  tx: Transaction,
  { provider, siteId, at, events }: { provider: Database['provider']; siteId: string; at: Date; events: HeldEvent[] },
): Promise<void> {
  const subjects = events.map(({ kind, commentId, subjectId }): Subject => ({ kind, commentId, subjectId }))
  await bulkInsert(tx, { provider, table: 'HeldNotice', rows: [{ id: newId(at), siteId, subjects, createdAt: at }] })
}

/** The sites that a dispatch has something to do for: something began to wait, or a digest is due. */
export async function sitesWithNews(client: Client, now: Date): Promise<string[]> {
  const news = await client.$queryRaw<{ siteId: string }[]>(sql`SELECT DISTINCT "siteId" FROM "HeldNotice"`)
  const due = await client.memberPace.findMany({ where: { digestAt: { lte: now } }, distinct: ['siteId'], select: { siteId: true } })
  return [...new Set([...news, ...due].map(({ siteId }) => siteId))]
}

/** What began to wait on a site, the oldest first. */
export async function noticesOf(client: Client, { siteId, take }: { siteId: string; take: number }) {
  const rows = await client.heldNotice.findMany({ where: { siteId }, orderBy: { id: 'asc' }, take })
  return {
    ids: rows.map(({ id }) => id),
    events: rows.flatMap(({ subjects }) => (subjects as unknown as Subject[]).map((subject): HeldEvent => ({ ...subject, siteId }))),
  }
}

/** Takes notices away for the one who settles them. @throws Overtaken when another has taken one of them */
export async function takeNotices(tx: Transaction, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const { count } = await tx.heldNotice.deleteMany({ where: { id: { in: ids } } })
  if (count < ids.length) throw new Overtaken()
}

/** Writes where a member stands, unless it has changed since it was read. @throws Overtaken */
export async function saveSendingState(
  tx: Transaction,
  { listener, siteId, state }: { listener: Listener; siteId: string; state: SendingState },
): Promise<void> {
  const { userId } = listener
  if (!listener.state) {
    await tx.memberPace.create({ data: { userId, siteId, ...state, turn: 1 } }).catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Overtaken() : error
    })
    return
  }
  const { turn } = listener.state
  const { count } = await tx.memberPace.updateMany({ where: { userId, siteId, turn }, data: { ...state, turn: turn + 1 } })
  if (count === 0) throw new Overtaken()
}

/** Drops digests that are due to people who are no longer members. */
export const forgetSendingStates = (tx: Transaction, { siteId, now, except }: { siteId: string; now: Date; except: string[] }) =>
  tx.memberPace.deleteMany({ where: { siteId, digestAt: { lte: now }, userId: { notIn: except } } })

/** How much waits on a site, and how much of it came in since a time; counted no further than `most`. */
export async function countWaiting(client: Client, { siteId, since, most }: { siteId: string; since: Date; most: number }) {
  const [site, recent] = await Promise.all([
    client.site.findUnique({ where: { id: siteId }, select: { pendingCount: true } }),
    client.$queryRaw<{ n: number | bigint }[]>(sql`
      SELECT count(*) AS n FROM (
        SELECT 1 FROM "Comment" WHERE "siteId" = ${siteId} AND "queue" = 'pending' AND "id" >= ${lowestIdAt(since)} LIMIT ${most}
      ) AS c`),
  ])
  return { waiting: site?.pendingCount ?? 0, recent: Number(recent[0]?.n ?? 0) }
}

/** The same for each article. */
export async function countWaitingByArticle(client: Client, { siteId, since }: { siteId: string; since: Date }) {
  const rows = await client.$queryRaw<{ url: string; waiting: number | bigint; recent: number | bigint }[]>(sql`
    SELECT t."url", c.waiting, c.recent FROM (
      SELECT "threadId", count(*) AS waiting, sum(CASE WHEN "id" >= ${lowestIdAt(since)} THEN 1 ELSE 0 END) AS recent
      FROM "Comment" WHERE "siteId" = ${siteId} AND "queue" = 'pending' GROUP BY "threadId"
    ) AS c JOIN "Thread" AS t ON t."id" = c."threadId"`)
  return rows.map(({ url, waiting, recent }) => ({ url, waiting: Number(waiting), recent: Number(recent) }))
}

const AT_ONCE = 500

/** The addresses of the articles of comments; a comment that is gone has none. */
export async function articlesOf(client: Client, commentIds: string[]): Promise<Map<string, string>> {
  const urls = new Map<string, string>()
  for (let from = 0; from < commentIds.length; from += AT_ONCE) {
    const rows = await client.$queryRaw<{ id: string; url: string }[]>(sql`
      SELECT c."id", t."url" FROM "Comment" AS c JOIN "Thread" AS t ON t."id" = c."threadId"
      WHERE c."id" IN (${list(commentIds.slice(from, from + AT_ONCE))})`)
    for (const { id, url } of rows) urls.set(id, url)
  }
  return urls
}
