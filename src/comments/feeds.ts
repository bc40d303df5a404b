import { createHash } from 'node:crypto'
import type { Database } from '../database/connect.ts'
import { createCopies } from '../database/copies.ts'
import { keepBytes, type KeptBytes } from '../http/kept-bytes.ts'
import type { Article } from '../sites/article-url.ts'
import type { Site } from '../sites/sites.ts'
import { atomFeed } from './feed.ts'
import { newestApproved } from './feed-store.ts'
import { findThread } from './thread-store.ts'

const ENTRIES = 50
const MAX_BYTES = 16 * 1024 * 1024
/** The net below announcements that get lost. */
const KEPT_MS = 10_000

export type Feeds = ReturnType<typeof createFeeds>

/**
 * Feeds kept as bytes until something public changes, so that programs which ask every minute cost no read. The tag is a digest of
 * the bytes: the same on every replica. A read that began before a change is neither kept nor given to anybody who asks after it.
 */
export function createFeeds({ db, publicUrl }: { db: Database; publicUrl: string }) {
  const kept = createCopies<KeptBytes>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ body }, key) => 2 * body.length + 500 + key.length,
    ttl: KEPT_MS,
  })
  const stop = db.changes.on((change) => {
    if (change === 'missed' || !('key' in change)) return kept.dropAll()
    for (const article of [change, null]) kept.drop(nameOf(change.siteId, article))
  })

  const read = async (site: Site, article: Article | null): Promise<KeptBytes> => {
    const thread = article && (await findThread(db.read, { siteId: site.id, key: article.key }))
    const of = article ? thread && { threadId: thread.id } : { siteId: site.id }
    const comments = of ? await newestApproved(db.read, { of, take: ENTRIES }) : []
    const body = Buffer.from(atomFeed({ site, article: article && (thread ?? { ...article, title: null }), comments, publicUrl }))
    return keepBytes(`"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`, body)
  }

  return {
    /** The newest approved comments of an article, or of the whole site. */
    read: (site: Site, article: Article | null): Promise<KeptBytes> => kept.read(nameOf(site.id, article), () => read(site, article)),
    close: stop,
  }
}

const nameOf = (siteId: string, article: { key: string } | null) => `${siteId}\n${article?.key ?? ''}`
