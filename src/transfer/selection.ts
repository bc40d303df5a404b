import { REMOVED, type Status, statuses } from '../comments/comment.ts'
import { type Sql, sql, unionAll } from '../database/sql.ts'
import { lowestIdAt } from '../ids.ts'

/** Which comments of a site: all of them, removed places too, unless a status, a time or a thread is named. */
export interface Selection {
  siteId: string
  status?: Status | undefined
  /** Those made at this time or later. */
  since?: Date | undefined
  /** Those made before this time. */
  until?: Date | undefined
  /** Those of one article. */
  thread?: { id: string; url: string } | undefined
}

/** Whether some comments may be left out. */
export const isPart = ({ status, since, until }: Selection): boolean => status !== undefined || since !== undefined || until !== undefined

/** Whether it is all that a site has. */
export const isWhole = (selection: Selection): boolean => !isPart(selection) && selection.thread === undefined

/** Sorts right before every id of the selection: ids begin with the time of their row, and a string's beginning sorts before it. */
export const startOf = ({ since }: Selection): string => (since ? lowestIdAt(since).slice(0, -1) : '')
/** Sorts behind every id of the selection. */
export const endOf = ({ until }: Selection): string => (until ? lowestIdAt(until) : 'g')

/**
 * Selected rows of comments: one select for each status, each along the index (siteId, status, id) or (threadId, status, id), so that
 * nothing is read that is not wanted.
 */
export const selects = ({ siteId, status, thread }: Selection, what: Sql, range: Sql): Sql =>
  unionAll(
    (status ? [status] : [...statuses, REMOVED]).map(
      (one) =>
        sql`SELECT ${what} FROM "Comment" WHERE ${thread ? sql`"threadId" = ${thread.id}` : sql`"siteId" = ${siteId}`} AND "status" = ${one} AND ${range}`,
    ),
  )
