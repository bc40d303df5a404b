// The thread for long reads, started by workers/long-reads.ts. Unlike other modules, importing this one does something.
import { parentPort, workerData } from 'node:worker_threads'
import { connect } from './database/connect.ts'
import { readOverview } from './moderation/overview.ts'
import { searchComments } from './moderation/search-store.ts'
import { deriveKeys } from './privacy/secret.ts'
import { exportSite } from './transfer/export.ts'
import type { LongReadsData, LongReadTasks } from './workers/long-reads.ts'
import { serve } from './workers/serve.ts'

if (!parentPort) throw new Error('worker.ts is the entry of a worker thread')

const { databaseUrl, secret } = workerData as LongReadsData
const keys = deriveKeys(secret)
const db = await connect({ url: databaseUrl, readOnly: true })

const tasks: LongReadTasks = {
  values: { search: (query) => searchComments(db, query), overview: (query) => readOverview(db, query) },
  streams: { exportSite: (options) => exportSite({ client: db.read, keys, options }) },
}
serve({ port: parentPort, tasks, close: () => db.close() })
