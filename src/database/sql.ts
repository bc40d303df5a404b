import { Prisma } from './generated/sqlite/client.ts'

/**
 * SQL that Prisma's models cannot say, as a template whose every value is bound, never spliced in; understood by both clients.
 *
 *     client.$queryRaw<{ id: string }[]>(sql`SELECT "id" FROM "Comment" WHERE "siteId" = ${siteId}`)
 */
export const sql = Prisma.sql
export type Sql = ReturnType<typeof sql>

/** The rows of one select after those of another. Each may have an ORDER BY and LIMIT of its own, along its own index. */
export const unionAll = (selects: Sql[]): Sql =>
  Prisma.join(
    selects.map((select) => sql`SELECT * FROM (${select}) AS part`),
    ' UNION ALL ',
  )

/** SQL made of our own words alone. */
export const raw = (text: string): Sql => Prisma.raw(text)

/** Values between commas, for `IN (...)`. */
export const list = (values: string[]): Sql => Prisma.join(values)

/** Pieces between commas. */
export const joined = (pieces: Sql[]): Sql => Prisma.join(pieces)

/** Columns of a table or its alias, by names from our own models. */
export const columns = (table: string, names: readonly string[]): Sql => raw(names.map((name) => `${table}."${name}"`).join(', '))

/** A table, by a name from our own models. */
export const named = (table: string): Sql => raw(`"${table}"`)
