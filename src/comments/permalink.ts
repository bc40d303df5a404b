import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/sites.ts'
import { findComment } from './store.ts'
import { findThreadById } from './thread-store.ts'

/** Where a comment that everybody may see, or the place that it keeps, is shown; null for others. */
export async function permalink({ db, site, id }: { db: Database; site: Site; id: string }): Promise<string | null> {
  const row = await findComment(db.read, id)
  if (!row || row.siteId !== site.id || !row.shown) return null
  const thread = await findThreadById(db.read, row.threadId)
  if (!thread) return null
  const anchor = `#comment-${id}`
  if (site.settings.pagesRenderComments) return thread.url + anchor
  return `/sites/${site.key}/thread?${new URLSearchParams({ url: thread.url, at: id })}${anchor}`
}
