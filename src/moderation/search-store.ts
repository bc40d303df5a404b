import { statuses, type Status } from '../comments/comment.ts'
import type { Client } from '../database/connect.ts'
import { list, type Sql, sql, unionAll } from '../database/sql.ts'
import { type Bounds, firstOnes, within } from './bounds.ts'

/** What a moderator looks for. `text` has been folded as the column was (comments/text.ts); none of its characters is a wildcard. */
export interface SearchQuery extends Bounds {
  siteIds: string[]
  /** "pending" finds whatever waits, public comments with a waiting revision too; without a status all but removed places. */
  status?: Status | undefined
  text: string
  take: number
}

/** SQLite takes at most 500 selects in one statement; long before that, one scan over everything is the better plan. */
const MAX_SELECTS = 100

/** The ids of the next `take` comments that contain the text, in order. It may read a whole site, so it belongs into the worker. */
export async function searchComments(client: Client, query: SearchQuery): Promise<string[]> {
  if (query.siteIds.length === 0) return []
  const wanted = query.status ? [query.status] : [...statuses]
  const selects = query.siteIds.length * wanted.length <= MAX_SELECTS ? eachIndexRange(query, wanted) : oneScan(query, wanted)
  const rows = await client.$queryRaw<{ id: string }[]>(sql`${selects} ${firstOnes(query)}`)
  return rows.map(({ id }) => id)
}

/** One select for each site and status, each along the index that ends in the id: none sorts, or reads beyond its page. */
const eachIndexRange = (query: SearchQuery, wanted: Status[]): Sql =>
  unionAll(
    query.siteIds.flatMap((siteId) =>
      wanted.map((status) => {
        const standing = query.status === 'pending' ? sql`"queue" = ${status}` : sql`"status" = ${status}`
        return sql`SELECT "id" FROM "Comment" WHERE "siteId" = ${siteId} AND ${standing} AND ${rest(query)} ${firstOnes(query)}`
      }),
    ),
  )

/** For very many sites: down the primary key. IS TRUE keeps the database from an index that it would have to sort. */
const oneScan = (query: SearchQuery, wanted: Status[]): Sql => {
  const standing = query.status === 'pending' ? sql`"queue" = 'pending'` : sql`"status" IN (${list(wanted)})`
  return sql`SELECT "id" FROM "Comment" WHERE ("siteId" IN (${list(query.siteIds)})) IS TRUE AND ${standing} AND ${rest(query)}`
}

const rest = (query: SearchQuery): Sql => sql`"folded" LIKE ${`%${literal(query.text)}%`} ESCAPE '!' AND ${within(query)}`

/** LIKE's wildcards, and the sign that takes their meaning away, as the characters they are. */
const literal = (text: string) => text.replace(/[!%_]/g, '!$&')
