import type { Readable } from 'node:stream'
import type { Logger } from 'pino'
import type { WorkerData } from '../../workers/messages.ts'
import { createRemote } from '../../workers/remote.ts'
import type { Receipt } from './receipt.ts'
import type { PostCounts, PostsToIndex } from '../leaving/index-posts.ts'
import type { ImportReport } from './report.ts'
import type { ImportWork, RejectsWish } from './tasks.ts'

/** What `worker.ts` does for imports. */
export type ImportTasks = {
  values: {
    importReport: (input: { stageFile: string; reached: number }) => Promise<ImportReport>
    importReceipt: (input: { stageFile: string; siteId: string; source: string }) => Promise<Receipt>
    indexPosts: (posts: PostsToIndex) => Promise<PostCounts>
  }
  streams: {
    importFile: (work: ImportWork) => AsyncGenerator<Uint8Array, void>
    importRejects: (wish: RejectsWish) => AsyncGenerator<Uint8Array, void>
  }
}

export type ImportWorker = ReturnType<typeof createImportWorker>

/** Reading and preparing of files, in a worker thread of its own: other long reads do not wait for it, and requests for neither. */
export function createImportWorker({ workerFile, databaseUrl, secret, log }: WorkerData & { workerFile: URL; log: Pick<Logger, 'error'> }) {
  const remote = createRemote<ImportTasks>({ file: workerFile, workerData: { databaseUrl, secret } satisfies WorkerData, log })
  return {
    /** The steps of an import (tasks.ts). Destroy the stream to stop early. */
    steps: (work: ImportWork): Readable => remote.stream('importFile', work),
    report: (input: { stageFile: string; reached: number }): Promise<ImportReport> => remote.ask('importReport', input),
    /** The list of what was left out. */
    rejects: (wish: RejectsWish): Readable => remote.stream('importRejects', wish),
    /** Counts what came of it against the plan. */
    receipt: (input: { stageFile: string; siteId: string; source: string }): Promise<Receipt> => remote.ask('importReceipt', input),
    /** Reads WordPress's own export (leaving/index-posts.ts). @throws UnreadableFile */
    indexPosts: (posts: PostsToIndex): Promise<PostCounts> => remote.ask('indexPosts', posts),
    close: (): Promise<void> => remote.close(),
  }
}
