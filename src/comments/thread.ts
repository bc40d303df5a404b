import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { fromCursor, page } from '../http/paging.ts'
import { newId } from '../ids.ts'
import type { Article } from '../sites/article-url.ts'
import type { Site } from '../sites/sites.ts'
import { PATH } from './path.ts'
import { presentInThread, PublicComment, RemovedComment } from './present.ts'
import { findComment } from './store.ts'
import { findThread, readThreadPage, type ThreadRow, updateThread, upsertThread } from './thread-store.ts'
import { isOpen } from './submission-context.ts'

/** A page of an article's comments as everybody sees it. */
export const PublicThread = z
  .object({
    url: z.string().meta({ description: "The article's canonical address" }),
    title: z.string().nullable(),
    open: z.boolean().meta({ description: 'Whether it takes comments' }),
    mails: z.boolean().meta({ description: 'Whether authors may ask to be told by mail (`followReplies`)' }),
    count: z.int().meta({ description: 'Approved comments in the whole thread' }),
    version: z.int().meta({ description: 'Rises with every public change; the id of its server-sent event' }),
    comments: z.array(z.union([PublicComment, RemovedComment])),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Thread' })
export type PublicThread = z.output<typeof PublicThread>

export interface ThreadQuery {
  /** How an article nobody commented on is shown; else it is as the first comment told it. */
  url: string
  key: string
  limit: number
  cursor?: string | undefined
  order: 'oldest' | 'newest'
  /** Begins with the branch of this comment, if it is public; a cursor goes before it. */
  at?: string | undefined
}

/** A page of a thread and the tag of its version: the same tag, the same bytes. An article nobody commented on is an empty open thread. */
export async function readThread({
  db,
  clock,
  site,
  query,
}: {
  db: Database
  clock: Clock
  site: Site
  query: ThreadQuery
}): Promise<{ thread: PublicThread; tag: string }> {
  const { url, key, limit, order } = query
  const after = fromCursor(query.cursor, PATH)
  const from = query.at === undefined || after !== undefined ? undefined : await rootOf(query.at)
  const found = await readThreadPage(db, { siteId: site.id, key, order, after, from, take: limit + 1 })
  if (!found) {
    return {
      thread: { url, title: null, open: true, mails: site.settings.tellReaders, count: 0, version: 0, comments: [], nextCursor: null },
      tag: tagOf({ site, version: 0, open: true }),
    }
  }
  const { thread, comments } = found
  const { items, nextCursor } = page({ items: comments, limit, placeOf: ({ path }) => path })
  const open = isOpen(thread, site.settings.closeAfterDays, clock())
  return {
    thread: {
      url: thread.url,
      title: thread.title,
      open,
      mails: site.settings.tellReaders,
      count: thread.approvedCount,
      version: thread.version,
      comments: items.map((item) => presentInThread(item, site)),
      nextCursor,
    },
    tag: tagOf({ site, version: thread.version, open }),
  }

  /** The root of the branch that a public comment of this very thread is in. */
  async function rootOf(id: string): Promise<string | undefined> {
    const its = await findThread(db.read, { siteId: site.id, key })
    const comment = await findComment(db.read, id)
    return comment?.shown && comment.threadId === its?.id ? comment.rootId : undefined
  }
}

const tagOf = ({ site, version, open }: { site: Site; version: number; open: boolean }) =>
  `"${version}-${site.version}${open ? '' : '-closed'}"`

/** Closes or opens an article to comments, or sets its title; readers see it at once. An article nobody commented on can be closed too. */
export async function changeThread({
  db,
  clock,
  site,
  article,
  change,
}: {
  db: Database
  clock: Clock
  site: Site
  article: Article
  change: { open?: boolean | undefined; title?: string | undefined }
}): Promise<ThreadRow> {
  return db.write(async (tx) => {
    const createdAt = clock()
    const thread = await upsertThread(tx, { id: newId(createdAt), siteId: site.id, ...article, createdAt })
    await db.changes.announce(tx, { siteId: site.id, key: article.key })
    return updateThread(tx, { id: thread.id, change })
  })
}
