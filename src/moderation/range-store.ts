import type { Status } from '../comments/comment.ts'
import type { Client, Database } from '../database/connect.ts'
import { columns, type Sql, sql, unionAll } from '../database/sql.ts'
import { type Bounds, firstOnes, within } from './bounds.ts'

/** The comments of one author, or from one network, on a site. */
interface Range {
  siteId: string
  column: 'emailIndex' | 'networkIndex'
  value: string
  status: Status | undefined
  bounds: Bounds
  take: number
}

/**
 * The ids of the first of them. They are read along the index of authors or networks, which carries the status too. IS TRUE keeps
 * SQLite from the index on status, in which it would walk through everybody's comments to find one author's; PostgreSQL, which knows
 * how many there are, chooses well and looks at the status within the index only where it is compared plainly.
 */
export async function idsAlong(
  { read, provider }: Pick<Database, 'read' | 'provider'>,
  { siteId, column, value, status, bounds, take }: Range,
): Promise<string[]> {
  const ofStatus = provider === 'sqlite' ? sql`(${standing(status)}) IS TRUE` : standing(status)
  const rows = await read.$queryRaw<{ id: string }[]>(sql`
    SELECT "id" FROM "Comment" AS c
    WHERE "siteId" = ${siteId} AND ${columns('c', [column])} = ${value} AND ${ofStatus} AND ${within(bounds)}
    ${firstOnes({ order: bounds.order, take })}`)
  return rows.map(({ id }) => id)
}

function standing(status: Status | undefined): Sql {
  if (status === undefined) return sql`true`
  if (status === 'pending') return sql`"status" IN ('pending', 'approved') AND "queue" = 'pending'`
  return sql`"status" = ${status}`
}

export interface AuthorRecord {
  approved: number
  rejected: number
  spam: number
  pending: number
}

const nothing = (): AuthorRecord => ({ approved: 0, rejected: 0, spam: 0, pending: 0 })
const isCounted = (status: string): status is Status => Object.hasOwn(nothing(), status)

/** An author on a site. */
interface Author {
  siteId: string
  emailIndex: string | null
}
export const authorKey = ({ siteId, emailIndex }: Author) => `${siteId}\n${emailIndex}`

/** Comments of one author that are counted at most. */
export const COUNTED = 1000

/**
 * How the newest comments of these authors stand, each on their site; one statement for all of them, answered from the index alone.
 * There may be very many by one who floods a site.
 */
export async function recordsOf(client: Client, authors: Author[]): Promise<Map<string, AuthorRecord>> {
  const distinct = new Map(authors.filter(({ emailIndex }) => emailIndex !== null).map((author) => [authorKey(author), author]))
  if (distinct.size === 0) return new Map()
  const newest = [...distinct.values()].map(
    ({ siteId, emailIndex }) => sql`
      SELECT "siteId", "emailIndex", "status" FROM "Comment" WHERE "siteId" = ${siteId} AND "emailIndex" = ${emailIndex}
      ORDER BY "id" DESC LIMIT ${COUNTED}`,
  )
  const groups = await client.$queryRaw<(Author & { status: string; n: number | bigint })[]>(sql`
    SELECT "siteId", "emailIndex", "status", count(*) AS n FROM (${unionAll(newest)}) AS newest
    GROUP BY "siteId", "emailIndex", "status"`)
  const records = new Map<string, AuthorRecord>()
  for (const { status, n, ...author } of groups) {
    const key = authorKey(author)
    const record = records.get(key) ?? nothing()
    if (isCounted(status)) record[status] = Number(n)
    records.set(key, record)
  }
  return records
}
