import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/sites.ts'
import { readThread, type ThreadQuery } from './thread.ts'

const MAX_BYTES = 64 * 1024 * 1024
/** The net below announcements that get lost, and the latest a thread that closes by its age is seen closed. */
const KEPT_MS = 10_000

/** A public answer as it goes over the wire. */
export interface KeptPage {
  etag: string
  body: Buffer
}

export type ThreadCache = ReturnType<typeof createThreadCache>

/**
 * Public thread answers kept as bytes until something public changes. A fill that began before a change never lands after it:
 * each thread has a generation that the change raises, and the fill is dropped when it finds another one.
 */
export function createThreadCache({ db, clock }: { db: Database; clock: Clock }) {
  const pages = new LRUCache<string, KeptPage>({ maxSize: MAX_BYTES, sizeCalculation: ({ body }) => body.length + 500, ttl: KEPT_MS })
  const keysOf = new LRUCache<string, Set<string>>({ max: 50_000, dispose: (keys) => keys.forEach((key) => pages.delete(key)) })
  let generation = 0

  const threadKey = (siteId: string, url: string) => `${siteId}\n${url}`
  const pageKey = (siteId: string, { url, limit, cursor, order }: ThreadQuery) => `${siteId}\n${url}\n${order}\n${limit}\n${cursor ?? ''}`
  const stop = db.changes.on((change) => {
    generation++
    if (change === 'missed' || !('url' in change)) {
      pages.clear()
      keysOf.clear()
    } else keysOf.delete(threadKey(change.siteId, change.url))
  })

  return {
    /** What is kept, at once; undefined when it has to be read. */
    peek: (siteId: string, query: ThreadQuery): KeptPage | undefined => pages.get(pageKey(siteId, query)),

    async read(site: Site, query: ThreadQuery): Promise<KeptPage> {
      const key = pageKey(site.id, query)
      const kept = pages.get(key)
      if (kept) return kept
      const begunAt = generation
      const { thread, tag } = await readThread({ db, clock, site, query })
      const fresh = { etag: tag, body: Buffer.from(JSON.stringify(thread)) }
      if (generation === begunAt) {
        pages.set(key, fresh)
        const ofThread = threadKey(site.id, query.url)
        const keys = keysOf.get(ofThread) ?? new Set()
        keysOf.set(ofThread, keys.add(key))
      }
      return fresh
    },
    close: stop,
  }
}
