import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { createCopies } from '../database/copies.ts'
import { keepBytes, type KeptBytes } from '../http/kept-bytes.ts'
import type { Site } from '../sites/sites.ts'
import { readThread, type ThreadQuery } from './thread.ts'

const MAX_BYTES = 64 * 1024 * 1024
/** What an entry costs besides its bytes, about. */
const ENTRY_BYTES = 500
/** Its compressed form comes on top. */
const WITH_GZIP = 1.4
/** The net below announcements that get lost, and the latest a thread that closes by its age is seen closed. */
const KEPT_MS = 10_000

export type ThreadCache = ReturnType<typeof createThreadCache>

/**
 * Public thread answers kept as bytes until something public changes. Those who ask for the same page while it is read wait for that
 * one read. A read that began before a change never lands after it, nor is it given to anybody who asks after it.
 */
export function createThreadCache({ db, clock }: { db: Database; clock: Clock }) {
  const pages = createCopies<KeptBytes>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ body }, key) => Math.ceil(body.length * WITH_GZIP) + 2 * key.length + ENTRY_BYTES,
    ttl: KEPT_MS,
    groupOf: (key) => key.slice(0, key.indexOf('\n', key.indexOf('\n') + 1) + 1),
  })

  const threadKey = (siteId: string, key: string) => `${siteId}\n${key}\n`
  // The url too, since an article nobody commented on answers with the one that was asked for.
  const pageKey = (siteId: string, { url, key, limit, cursor, order, at }: ThreadQuery) =>
    `${threadKey(siteId, key)}${url}\n${order}\n${limit}\n${cursor ?? ''}\n${at ?? ''}`

  const stop = db.changes.on((change) => {
    if (change === 'missed' || !('key' in change)) pages.dropAll()
    else pages.drop(threadKey(change.siteId, change.key))
  })

  const read = async (site: Site, query: ThreadQuery): Promise<KeptBytes> => {
    const { thread, tag } = await readThread({ db, clock, site, query })
    return keepBytes(tag, Buffer.from(JSON.stringify(thread)))
  }

  return {
    /** What is kept, at once; undefined when it has to be read. */
    peek: pages.peek,

    /** Names a page of a thread, for `peek`. */
    pageKey,

    read: (site: Site, query: ThreadQuery): Promise<KeptBytes> => pages.read(pageKey(site.id, query), () => read(site, query)),
    close: stop,
  }
}
