// The thread for long reads, started by compose/long-reads.ts and once more for imports. Unlike other modules, importing this one does something.
import { parentPort, workerData } from 'node:worker_threads'
import { connect } from './database/connect.ts'
import { readOverview } from './overview/overview.ts'
import { searchComments } from './moderation/search-store.ts'
import { deriveKeys } from './privacy/secret.ts'
import { exportSite } from './transfer/export.ts'
import { indexPosts } from './transfer/leaving/index-posts.ts'
import { landingsJson } from './transfer/leaving/landings.ts'
import { importTasks } from './transfer/import/tasks.ts'
import type { ImportTasks } from './transfer/import/worker.ts'
import type { LongReadTasks } from './compose/long-reads.ts'
import type { WorkerData } from './workers/messages.ts'
import { serve } from './workers/serve.ts'

if (!parentPort) throw new Error('worker.ts is the entry of a worker thread')

const { databaseUrl, secret } = workerData as WorkerData
const keys = deriveKeys(secret)
const db = await connect({ url: databaseUrl, readOnly: true })

const imports = importTasks({ db, keys })
const tasks: LongReadTasks & ImportTasks = {
  values: {
    search: (query) => searchComments(db, query),
    overview: (query) => readOverview(db, query),
    importReport: (input) => imports.importReport(input),
    importReceipt: (input) => imports.importReceipt(input),
    indexPosts: (posts) => indexPosts({ db, posts }),
  },
  streams: {
    exportSite: (options) => exportSite({ db, keys, options }),
    landings: (options) => landingsJson({ db, options }),
    importFile: (work) => imports.importFile(work),
    importRejects: (wish) => imports.importRejects(wish),
  },
}
serve({ port: parentPort, tasks, close: () => db.close() })
