import { type Decision, decisions, statuses, type Status } from '../comments/comment.ts'
import type { Client, Database } from '../database/connect.ts'
import { joined, list, type Sql, sql } from '../database/sql.ts'

/** A day of a site: the lowest id of a comment that came in on it, and the lowest beyond it. */
export interface Day {
  day: string
  from: string
  to: string
}

const EVERY_STATUS = sql`"status" IN (${list([...statuses])})`
const DECISIONS: Decision[] = [...decisions]

/** How many of a site's comments of each day stand at a status: a stretch of an index for each day. */
export async function countsByDay(
  client: Client,
  { siteId, status, days }: { siteId: string; status: Status; days: Day[] },
): Promise<{ day: string; n: number }[]> {
  const values = joined(days.map(({ day, from, to }) => sql`(${day}, ${from}, ${to})`))
  const rows = await client.$queryRaw<{ day: string; n: number | bigint }[]>(sql`
    SELECT d."column1" AS day, (
      SELECT count(*) FROM "Comment" AS c
      WHERE c."siteId" = ${siteId} AND c."status" = ${status} AND c."id" >= d."column2" AND c."id" < d."column3"
    ) AS n
    FROM (VALUES ${values}) AS d`)
  return rows.map(({ day, n }) => ({ day, n: Number(n) }))
}

/** Some of the first decisions about comments of these sites, by the ids of history and comment, which tell when each came. */
export const firstDecisions = (
  client: Client,
  { siteIds, from, to, after, take }: { siteIds: string[]; from: string; to: string; after: string; take: number },
): Promise<{ id: string; commentId: string }[]> =>
  client.$queryRaw(sql`
    SELECT h."id", h."commentId" FROM "History" AS h JOIN "Comment" AS c ON c."id" = h."commentId"
    WHERE h."id" >= ${from} AND h."id" < ${to} AND h."id" > ${after} AND h."action" IN (${list(DECISIONS)}) AND c."siteId" IN (${list(siteIds)})
      AND NOT EXISTS (
        SELECT 1 FROM "History" AS e WHERE e."commentId" = h."commentId" AND e."id" < h."id" AND e."action" IN (${list(DECISIONS)})
      )
    ORDER BY h."id" LIMIT ${take}`)

/** The articles of a site that most comments came in to from one id to another. */
export async function busiestThreads(
  client: Client,
  { siteId, from, to, take }: { siteId: string; from: string; to: string; take: number },
): Promise<{ url: string; title: string | null; n: number }[]> {
  const rows = await client.$queryRaw<{ url: string; title: string | null; n: number | bigint }[]>(sql`
    SELECT t."url", t."title", c."n" FROM (
      SELECT "threadId", count(*) AS n FROM "Comment" WHERE "siteId" = ${siteId} AND ${EVERY_STATUS} AND "id" >= ${from} AND "id" < ${to}
      GROUP BY "threadId" ORDER BY n DESC, "threadId" DESC LIMIT ${take}
    ) AS c JOIN "Thread" AS t ON t."id" = c."threadId"`)
  return rows.map((row) => ({ ...row, n: Number(row.n) }))
}

/** What the checks said about a site's comments from one id to another. */
export async function verdictCounts(
  { read, provider }: Pick<Database, 'read' | 'provider'>,
  { siteId, from, to }: { siteId: string; from: string; to: string },
): Promise<{ check: string; outcome: string; n: number }[]> {
  const [verdicts, check, outcome]: Sql[] =
    provider === 'sqlite'
      ? [sql`json_each("Comment"."verdicts")`, sql`json_extract(v.value, '$.check')`, sql`json_extract(v.value, '$.outcome')`]
      : [sql`jsonb_array_elements("Comment"."verdicts")`, sql`v.value ->> 'check'`, sql`v.value ->> 'outcome'`]
  const rows = await read.$queryRaw<{ check: string; outcome: string; n: number | bigint }[]>(sql`
    SELECT ${check} AS "check", ${outcome} AS outcome, count(*) AS n FROM "Comment" CROSS JOIN ${verdicts} AS v
    WHERE "siteId" = ${siteId} AND ${EVERY_STATUS} AND "Comment"."id" >= ${from} AND "Comment"."id" < ${to}
    GROUP BY 1, 2`)
  return rows.map((row) => ({ ...row, n: Number(row.n) }))
}

/** How many mails of a site, from the one with an id on, nobody will get: they failed for good and were not sent again. */
export const countFailedMails = (client: Client, { siteId, from }: { siteId: string; from: string }): Promise<number> =>
  client.delivery.count({ where: { siteId, state: 'failed', resentAs: null, id: { gte: from } } })
