import type { Readable } from 'node:stream'
import type { Logger } from 'pino'
import type { Overview, OverviewQuery } from '../overview/overview.ts'
import type { SearchQuery } from '../moderation/search-store.ts'
import type { ExportOptions } from '../transfer/reading.ts'
import type { WorkerData } from '../workers/messages.ts'
import { createRemote } from '../workers/remote.ts'

/** What `worker.ts` does. */
export type LongReadTasks = {
  values: { search: (query: SearchQuery) => Promise<string[]>; overview: (query: OverviewQuery) => Promise<Overview> }
  streams: {
    exportSite: (options: ExportOptions) => AsyncGenerator<Uint8Array, void>
    landings: (options: ExportOptions & { posts: string }) => AsyncGenerator<Uint8Array, void>
  }
}

export type LongReads = ReturnType<typeof createLongReads>

/**
 * Reads that take long, done in a worker thread on a connection of its own so that requests do not wait for them.
 *
 *     const longReads = createLongReads({ workerFile: new URL('../worker.js', import.meta.url), databaseUrl, secret, log })
 *     await pipeline(longReads.exportSite({ siteId, format: 'ndjson', emails: false }), response)
 */
export function createLongReads({ workerFile, databaseUrl, secret, log }: WorkerData & { workerFile: URL; log: Pick<Logger, 'error'> }) {
  const remote = createRemote<LongReadTasks>({ file: workerFile, workerData: { databaseUrl, secret } satisfies WorkerData, log })
  return {
    /** A site's history as the bytes of a file (transfer/export.ts). Destroy the stream to stop early. */
    exportSite: (options: ExportOptions): Readable => remote.stream('exportSite', options),
    /** Which thread lands on which of WordPress's posts, as JSON (transfer/leaving/landings.ts). */
    landings: (options: ExportOptions & { posts: string }): Readable => remote.stream('landings', options),
    /** The ids of the next comments that contain a text (moderation/search-store.ts). @throws Unavailable when the worker dies */
    search: (query: SearchQuery): Promise<string[]> => remote.ask('search', query),
    /** How moderation went lately (overview/overview.ts). @throws Unavailable when the worker dies */
    overview: (query: OverviewQuery): Promise<Overview> => remote.ask('overview', query),
    /** Ends the worker and, with Unavailable, what it had not finished. */
    close: (): Promise<void> => remote.close(),
  }
}
