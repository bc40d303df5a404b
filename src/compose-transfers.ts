import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './database/connect.ts'
import type { Sites } from './sites/sites.ts'
import { createExports } from './transfer/exports.ts'
import { createImports } from './transfer/import/imports.ts'
import { createImportProgress } from './transfer/import/progress.ts'
import { createImportQueue } from './transfer/import/queue.ts'
import { createSpool } from './transfer/import/spool.ts'
import { createImportWorker } from './transfer/import/worker.ts'
import { createSchedule } from './transfer/schedule.ts'
import type { LongReads } from './workers/long-reads.ts'

/** All that moves whole histories: out at once or by a schedule, and in, one import after the other. */
export function composeTransfers({
  config,
  db,
  clock,
  log,
  sites,
  ownOrigins,
  longReads,
  secret,
  workerFile,
}: {
  config: Config
  db: Database
  clock: Clock
  log: Logger
  sites: Sites
  ownOrigins: string[]
  longReads: LongReads
  secret: string
  workerFile: URL
}) {
  const exports = createExports({ db, sites, longReads, dataDir: config.dataDir })
  const spool = createSpool({ folder: join(config.dataDir, 'imports') })
  const worker = createImportWorker({ workerFile, databaseUrl: config.databaseUrl, secret, log })
  const importQueue = createImportQueue({ db, clock, spool, worker, sites, ownOrigins, log })
  const imports = createImports({ db, clock, spool, wake: importQueue.wake })
  return {
    exports,
    schedule: createSchedule({ db, clock, log, sites, exports }),
    importQueue,
    imports,
    importProgress: createImportProgress({ imports }),
  }
}
