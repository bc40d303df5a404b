import type { Database } from '../../database/connect.ts'
import { list, sql } from '../../database/sql.ts'

/** A comment of this site that WordPress may have too. */
export interface Counterpart {
  name: string
  id: string
  threadId: string
  /** ISO, as rows are read. */
  createdAt: string
}

/** The comments that were brought in from WordPress under these numbers. */
export const broughtFromWordpress = (
  { rows }: Pick<Database, 'rows'>,
  { siteId, names }: { siteId: string; names: string[] },
): Promise<Counterpart[]> =>
  rows<Counterpart>(sql`
    SELECT e."name" AS "name", c."id" AS "id", c."threadId" AS "threadId", c."createdAt" AS "createdAt"
    FROM "ExternalId" AS e JOIN "Comment" AS c ON c."id" = e."commentId"
    WHERE e."siteId" = ${siteId} AND e."source" = 'wxr' AND e."name" IN (${list(names)})`)

/** The site's comments with these ids, each under its own as the name. */
export const commentsById = (
  { rows }: Pick<Database, 'rows'>,
  { siteId, ids }: { siteId: string; ids: string[] },
): Promise<Counterpart[]> =>
  rows<Counterpart>(sql`
    SELECT c."id" AS "name", c."id" AS "id", c."threadId" AS "threadId", c."createdAt" AS "createdAt"
    FROM "Comment" AS c WHERE c."siteId" = ${siteId} AND c."id" IN (${list(ids)})`)
