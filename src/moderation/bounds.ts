import { type Sql, sql } from '../database/sql.ts'

/** A stretch of ids, which is one of time, in one direction. */
export interface Bounds {
  /** The lowest id that belongs to it, and the lowest beyond it. */
  from?: string | undefined
  to?: string | undefined
  /** The last id of the page before. */
  after?: string | undefined
  order: 'asc' | 'desc'
}

/** The same as conditions on the id, as Prisma takes them. */
export function idsWithin({ from, to, after, order }: Bounds): { gt?: string; gte?: string; lt?: string } {
  const ends = [to, order === 'desc' ? after : undefined].filter((id) => id !== undefined)
  const [end] = ends.toSorted()
  return {
    ...(order === 'asc' && after !== undefined && { gt: after }),
    ...(from !== undefined && { gte: from }),
    ...(end !== undefined && { lt: end }),
  }
}

export const isWithin = (id: string, bounds: Bounds): boolean => {
  const { gt, gte, lt } = idsWithin(bounds)
  return (gt === undefined || id > gt) && (gte === undefined || id >= gte) && (lt === undefined || id < lt)
}

/** The same for a statement of our own. */
export function within(bounds: Bounds): Sql {
  const { gt, gte, lt } = idsWithin(bounds)
  const begin = gt === undefined ? sql`true` : sql`"id" > ${gt}`
  const least = gte === undefined ? sql`true` : sql`"id" >= ${gte}`
  const end = lt === undefined ? sql`true` : sql`"id" < ${lt}`
  return sql`${begin} AND ${least} AND ${end}`
}

/** The first of them, in their order. */
export const firstOnes = ({ order, take }: { order: 'asc' | 'desc'; take: number }): Sql =>
  sql`ORDER BY "id" ${order === 'asc' ? sql`ASC` : sql`DESC`} LIMIT ${take}`
