import type { Client } from '../../database/connect.ts'

/** The names of a site's comments elsewhere, by `origin\nname`. */
export async function externalRows(client: Client, { siteId, source, names }: { siteId: string; source: string; names: string[] }) {
  const rows = await client.externalId.findMany({
    where: { siteId, source, name: { in: names } },
    select: { name: true, origin: true, commentId: true, version: true },
  })
  return new Map(rows.map((row) => [`${row.origin}\n${row.name}`, row]))
}

/** Which of these comments a site has, by id. The site is compared here, since SQLite would walk through all that it has. */
export async function presentComments(client: Client, { siteId, ids }: { siteId: string; ids: string[] }) {
  const rows = await client.comment.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, siteId: true, version: true, status: true },
  })
  return new Map(rows.flatMap((row) => (row.siteId === siteId ? [[row.id, row]] : [])))
}
