import type { Client } from '../../database/connect.ts'

/** A comment that is here, as much of it as an import asks about. */
export type KnownComment = Awaited<ReturnType<typeof findKnown>>[number]

const findKnown = (client: Client, ids: string[]) =>
  client.comment.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      siteId: true,
      threadId: true,
      rootId: true,
      depth: true,
      path: true,
      version: true,
      status: true,
      queue: true,
      body: true,
      name: true,
      emailIndex: true,
    },
  })

/** Comments by id, of whatever site. */
export async function knownComments(client: Client, ids: string[]): Promise<Map<string, KnownComment>> {
  if (ids.length === 0) return new Map()
  return new Map((await findKnown(client, ids)).map((row) => [row.id, row]))
}

/** What was brought in from a source before, as it was called there. */
export type KnownName = Awaited<ReturnType<typeof findNames>>[number]

const findNames = (client: Client, { siteId, source, names }: { siteId: string; source: string; names: string[] }) =>
  client.externalId.findMany({
    where: { siteId, source, name: { in: names } },
    select: { name: true, origin: true, commentId: true, hash: true, version: true },
  })

/** By names, which several origins may have given. */
export async function knownNames(client: Client, wanted: Parameters<typeof findNames>[1]): Promise<Map<string, KnownName[]>> {
  const known = new Map<string, KnownName[]>()
  for (const row of await findNames(client, wanted)) {
    const others = known.get(row.name)
    if (others) others.push(row)
    else known.set(row.name, [row])
  }
  return known
}

/** A site's threads by key. */
export async function knownThreads(client: Client, { siteId, keys }: { siteId: string; keys: string[] }) {
  const rows = await client.thread.findMany({ where: { siteId, key: { in: keys } }, select: { id: true, key: true, title: true } })
  return new Map(rows.map((row) => [row.key, row]))
}

/** Which of these ids are in use. */
export async function takenIds(client: Client, table: 'thread' | 'history' | 'revision' | 'report', ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const query = { where: { id: { in: ids } }, select: { id: true } } as const
  const find = {
    thread: () => client.thread.findMany(query),
    history: () => client.history.findMany(query),
    revision: () => client.revision.findMany(query),
    report: () => client.report.findMany(query),
  }
  return new Set((await find[table]()).map(({ id }) => id))
}
