import { statuses, type Status } from '../comments/comment.ts'
import type { Database } from '../database/connect.ts'
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

/** Comments that are looked up one by one at most. A text that more of them contain is found soon by reading them in order. */
export const RARE = 5000
/** SQLite takes at most 500 selects in one statement; long before that, one scan over everything is the better plan. */
const MAX_SELECTS = 100

/**
 * The ids of the next `take` comments that contain the text, in order. A text that few comments contain is found by its trigrams, in an
 * index (search-index.ts); one that many contain, or that is shorter than three characters, by reading along. That may take a
 * whole site, so it belongs into the worker.
 */
export async function searchComments(db: Pick<Database, 'read' | 'provider'>, query: SearchQuery): Promise<string[]> {
  if (query.siteIds.length === 0) return []
  const wanted = query.status ? [query.status] : [...statuses]
  const found = await findRare(db, query.text)
  if (found?.length === 0) return []
  const selects =
    found !== undefined
      ? amongFound(query, wanted, { found, provider: db.provider })
      : query.siteIds.length * wanted.length <= MAX_SELECTS
        ? eachIndexRange(query, wanted)
        : oneScan(query, wanted)
  const rows = await db.read.$queryRaw<{ id: string }[]>(sql`${selects} ${firstOnes(query)}`)
  return rows.map(({ id }) => id)
}

/** The ids of all comments, of any site, that may contain the text, when they are few; undefined when they are many, or no index can tell. */
async function findRare({ read, provider }: Pick<Database, 'read' | 'provider'>, text: string): Promise<string[] | undefined> {
  const trigrams = trigramsOf(text)
  if (trigrams.length === 0) return undefined
  const few = sql`LIMIT ${RARE + 1}`
  const rows = await read.$queryRaw<{ id: string }[]>(
    provider === 'sqlite'
      ? sql`
          SELECT "commentId" AS id FROM "CommentNumber" WHERE "number" IN (
            SELECT rowid FROM "CommentTrigram" WHERE "CommentTrigram" MATCH ${allOf(trigrams)} ${few})
          UNION ALL SELECT "commentId" FROM "CommentUnindexed" ${few}`
      : sql`SELECT "id" FROM "Comment" WHERE "folded" <> '' AND ${contains(text)} ${few}`,
  )
  return rows.length > RARE ? undefined : rows.map(({ id }) => id)
}

/** Every three characters in a row, as SQLite's trigram tokenizer counts them, each once. */
function trigramsOf(text: string): string[] {
  const characters = Array.from(text)
  return [...new Set(characters.slice(2).map((_, at) => characters.slice(at, at + 3).join('')))]
}

/** FTS5's query for rows that have all of them. */
const allOf = (trigrams: string[]) => trigrams.map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ')

/** Among these, whose ids travel as one JSON parameter, so that the statement is the same for any number of them. */
function amongFound(query: SearchQuery, wanted: Status[], { found, provider }: { found: string[] } & Pick<Database, 'provider'>): Sql {
  const json = JSON.stringify(found)
  const ids = provider === 'sqlite' ? sql`SELECT value FROM json_each(${json})` : sql`SELECT * FROM json_array_elements_text(${json}::json)`
  return sql`SELECT "id" FROM "Comment" WHERE "id" IN (${ids}) AND ${ofSites(query)} AND ${standing(query, wanted)} AND ${rest(query)}`
}

/** One select for each site and status, each along the index that ends in the id: none sorts, or reads beyond its page. */
const eachIndexRange = (query: SearchQuery, wanted: Status[]): Sql =>
  unionAll(
    query.siteIds.flatMap((siteId) =>
      wanted.map(
        (status) => sql`
          SELECT "id" FROM "Comment"
          WHERE "siteId" = ${siteId} AND ${standing(query, [status])} AND ${rest(query)} ${firstOnes(query)}`,
      ),
    ),
  )

/** For very many sites: down the primary key. */
const oneScan = (query: SearchQuery, wanted: Status[]): Sql =>
  sql`SELECT "id" FROM "Comment" WHERE ${ofSites(query)} AND ${standing(query, wanted)} AND ${rest(query)}`

/** IS TRUE keeps the database from an index that it would have to sort, or to ask for each site. */
const ofSites = ({ siteIds }: SearchQuery): Sql => sql`("siteId" IN (${list(siteIds)})) IS TRUE`

function standing({ status }: SearchQuery, wanted: Status[]): Sql {
  if (status === 'pending') return sql`"queue" = 'pending'`
  const [only, ...more] = wanted
  return more.length === 0 ? sql`"status" = ${only}` : sql`"status" IN (${list(wanted)})`
}

const rest = (query: SearchQuery): Sql => sql`${contains(query.text)} AND ${within(query)}`

const contains = (text: string): Sql => sql`"folded" LIKE ${`%${literal(text)}%`} ESCAPE '!'`

/** LIKE's wildcards, and the sign that takes their meaning away, as the characters they are. */
const literal = (text: string) => text.replace(/[!%_]/g, '!$&')
