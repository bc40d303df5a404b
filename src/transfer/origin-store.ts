import type { Database } from '../database/connect.ts'
import { columns, type Sql, sql } from '../database/sql.ts'
import type { ExternalRecord, RedirectRecord } from './records.ts'
import type { Snapshot } from './thread-store.ts'

/** Rows read at once. */
const PAGE = 1000

const NAME = ['source', 'origin', 'name', 'commentId', 'hash', 'version'] as const

/**
 * What a site's comments were called elsewhere, by comment; those of deleted comments too. Left out is what says nothing: that a comment
 * from a file of ours has the id that it had there. Texts are sorted here, since databases sort them by rules of their own.
 */
export async function* namePages(
  { rows }: Pick<Database, 'rows'>,
  { siteId, upTo }: { siteId: string; upTo: Snapshot },
): AsyncGenerator<ExternalRecord[]> {
  const read = (which: Sql) =>
    rows<ExternalRecord & { isThere: string | null }>(sql`
      SELECT ${columns('e', NAME)}, c."id" AS "isThere" FROM "ExternalId" AS e LEFT JOIN "Comment" AS c ON c."id" = e."commentId"
      WHERE e."siteId" = ${siteId} AND ${which}`)
  let after = ''
  for (;;) {
    const page = await read(sql`e."commentId" > ${after} ORDER BY e."commentId" LIMIT ${PAGE}`)
    const last = page.at(-1)?.commentId
    if (last === undefined) return
    const before = page.filter(({ commentId }) => commentId !== last)
    const all = [...before, ...(await read(sql`e."commentId" = ${last}`))] // the page may have ended among its names
    yield all
      .filter((name) => isWanted(name, upTo))
      .toSorted(inOrder)
      .map(({ isThere: _, ...name }) => name)
    after = last
  }
}

function isWanted({ source, name, commentId, isThere }: ExternalRecord & { isThere: string | null }, upTo: Snapshot): boolean {
  if (isThere === null) return true
  return commentId <= (upTo.comment ?? '') && !(source === 'ndjson' && name === commentId)
}

const inOrder = (one: ExternalRecord, other: ExternalRecord): number =>
  compare(one.commentId, other.commentId) ||
  compare(one.source, other.source) ||
  compare(one.origin, other.origin) ||
  compare(one.name, other.name)

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** The addresses that lead elsewhere; a site has ten thousand at most. */
export async function redirectPairs({ rows }: Pick<Database, 'rows'>, { siteId }: { siteId: string }): Promise<RedirectRecord[]> {
  const pairs = await rows<RedirectRecord>(sql`SELECT "fromUrl" AS "from", "toUrl" AS "to" FROM "Redirect" WHERE "siteId" = ${siteId}`)
  return pairs.toSorted((one, other) => compare(one.from, other.from))
}
