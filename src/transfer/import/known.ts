import type { Database } from '../../database/connect.ts'
import { emailIndex } from '../../privacy/sealed.ts'
import type { Keys } from '../../privacy/secret.ts'
import type { Entry } from './entry.ts'
import { identify, type Identity } from './identity.ts'
import { type KnownComment, knownComments, type KnownName, knownNames, knownThreads, takenIds } from './known-store.ts'
import { ID } from './stable-id.ts'

/** A comment of the plan, with what the stage says of it. */
export interface PlanRow {
  position: number
  n: number
  at: number
  parent: number | null
  outside: string | null
  key: string
  url: string
  articleId: string
  name: string
  origin: string
  shared: number
  entry: string
}

export type Known = Awaited<ReturnType<typeof lookUp>>

/** What the database knows of some comments of the file, and of what they answer. */
export async function lookUp(
  { client, siteId, source, keys }: { client: Database['read']; siteId: string; source: string; keys: Keys },
  planned: PlanRow[],
) {
  const entries = new Map(planned.map(({ n, entry }) => [n, JSON.parse(entry) as Entry]))
  const outside = planned.flatMap(({ outside: name }) => name ?? [])
  const all = [...planned.map(({ name }) => name), ...outside]
  const names = await knownNames(client, { siteId, source, names: all })
  const ids = [...new Set([...all.filter((name) => ID.test(name)), ...[...names.values()].flat().map(({ commentId }) => commentId)])]
  const comments = await knownComments(client, ids)
  const threads = await knownThreads(client, { siteId, keys: [...new Set(planned.map(({ key }) => key))] })
  const own = [...entries.values()].flatMap((entry) => entry.own ?? [])
  const taken = {
    history: await takenIds(
      client,
      'history',
      own.flatMap(({ history }) => history.map(({ id }) => id)),
    ),
    revision: await takenIds(
      client,
      'revision',
      own.flatMap(({ revisions }) => revisions.map(({ id }) => id)),
    ),
    report: await takenIds(
      client,
      'report',
      own.flatMap(({ reports }) => reports.map(({ id }) => id)),
    ),
  }
  const comment = (id: string): KnownComment | undefined => {
    const found = comments.get(id)
    return found?.siteId === siteId ? found : undefined
  }
  return {
    entries,
    threads,
    taken,
    /** A comment of this site. */
    comment,
    /** Which one that came in before a comment of the file is. */
    identityOf: ({ row, entry, threadId }: { row: PlanRow; entry: Entry; threadId: string }): Identity => {
      const { origin, shared, key, name } = row
      const emailIndexOf = () => (entry.email === null ? null : emailIndex(keys, entry.email))
      const named = { origin, isShared: shared > 0, key, entry, emailIndex: emailIndexOf }
      return identify({ named, names: names.get(name) ?? [], commentOf: ({ commentId }) => comment(commentId), threadId })
    },
    /** What a comment that is not in the file came in as, by the name that a reply to it gives. */
    outside: ({ origin, outside: name, key }: PlanRow): KnownName | undefined => {
      const named = names.get(name ?? '') ?? []
      return [origin, key, ''].flatMap((wanted) => named.find((one) => one.origin === wanted) ?? [])[0]
    },
    isTaken: (id: string) => comments.has(id),
  }
}
