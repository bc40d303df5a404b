import { bulkRows } from '../../database/bulk-insert.ts'
import type { Database } from '../../database/connect.ts'
import type { ThreadChunk } from './chunk.ts'
import { knownThreads, takenIds } from './known-store.ts'
import type { Stage } from './stage.ts'
import { idOf } from './stable-id.ts'

const AT_ONCE = 500

interface ArticleRow {
  n: number
  key: string
  url: string
  title: string | null
  open: number
  at: number
  id: string
}

/** The threads that the comments need, all of them before the first comment. */
export async function* threadChunks({
  stage: { db },
  client,
  provider,
  siteId,
}: {
  stage: Stage
  client: Database['read']
  provider: Database['provider']
  siteId: string
}): AsyncGenerator<ThreadChunk, void> {
  const page = db.prepare<[number], ArticleRow>(
    `SELECT n, key, url, title, open, at, id FROM article WHERE n > ? ORDER BY n LIMIT ${AT_ONCE}`,
  )
  // What was found new stays so when the work goes on after a crash, though the thread may be there by then.
  const settle = db.prepare('UPDATE article SET isNew = coalesce(isNew, ?) WHERE n = ?')
  const rename = db.prepare('UPDATE article SET id = ? WHERE n = ?')
  for (let articles = page.all(0); articles.length > 0; articles = page.all(articles.at(-1)?.n ?? 0)) {
    const known = await knownThreads(client, { siteId, keys: articles.map(({ key }) => key) })
    const fresh = articles.filter(({ key }) => !known.has(key))
    const taken = await takenIds(
      client,
      'thread',
      fresh.map(({ id }) => id),
    )
    const rows = fresh.map(({ n, key, url, title, open, at, id }) => {
      const createdAt = new Date(at)
      const free = taken.has(id) ? idOf({ at: createdAt, place: n, of: `${siteId}\n${key}` }) : id
      rename.run(free, n)
      return { id: free, siteId, url, key, title, open: Boolean(open), approvedCount: 0, version: 0, createdAt }
    })
    articles.forEach(({ n, key }) => settle.run(Number(!known.has(key)), n))
    const titles = articles.flatMap(({ key, title }) => {
      const thread = known.get(key)
      return thread && thread.title === null && title !== null ? [{ id: thread.id, title }] : []
    })
    yield { type: 'threads', rows: bulkRows({ provider, table: 'Thread', rows }), titles }
  }
}
