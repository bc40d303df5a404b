import { REMOVED } from '../comments/comment.ts'
import type { Database } from '../database/connect.ts'
import type { TEST_EVENT } from './events.ts'
import type { HookEvent } from './names.ts'
import type { HookComment, HookNews } from './formats/format.ts'
import { type DueCall, findNews, findSiteOf } from './store.ts'

/** What a call tells, from what the database says at this try: a comment that was erased meanwhile is named by its id alone. */
export async function newsOf({ db, publicUrl, due }: { db: Database; publicUrl: string; due: DueCall }): Promise<HookNews> {
  const { siteId, commentId, event, createdAt } = due
  const site = await findSiteOf(db.read, siteId)
  if (!site) throw new Error('the site is gone')
  const row = commentId === null ? null : await findNews(db.read, { commentId })
  const comment: HookComment | null =
    row === null || row.status === REMOVED
      ? null
      : {
          id: row.id,
          parentId: row.parentId,
          status: row.status,
          author: { name: row.name, website: row.website },
          body: row.body,
          html: row.html,
          createdAt: row.createdAt,
          editedAt: row.editedAt,
          thread: { url: row.thread.url, title: row.thread.title ?? row.pageTitle },
        }
  return {
    event: event as HookEvent | typeof TEST_EVENT,
    at: createdAt,
    site,
    adminUrl: `${publicUrl}/admin${comment ? `/comments/${comment.id}` : ''}`,
    comment,
    commentId,
  }
}
