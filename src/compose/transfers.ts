import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/connect.ts'
import type { KeptFiles } from '../files/kept-files.ts'
import type { Repairs } from '../repair/repairs.ts'
import type { Sites } from '../sites/sites.ts'
import { createExports } from '../transfer/exports.ts'
import { createImports } from '../transfer/import/imports.ts'
import { createImportProgress } from '../transfer/import/progress.ts'
import { createImportQueue } from '../transfer/import/queue.ts'
import { createKeptRejects } from '../transfer/import/rejects/kept.ts'
import type { MakeRedirects } from '../transfer/import/redirects.ts'
import { createSpool } from '../transfer/import/spool.ts'
import { createImportWorker } from '../transfer/import/worker.ts'
import { createSchedule } from '../transfer/schedule.ts'
import type { LongReads } from './long-reads.ts'

/** Who did it, as the list of redirects names it. */
const IMPORT = { id: 'import', name: 'import' }

/** All that moves whole histories: out at once or by a schedule, and in, one import after the other. */
export function composeTransfers({
  config,
  db,
  clock,
  log,
  sites,
  ownOrigins,
  longReads,
  files,
  secret,
  workerFile,
  repairs,
}: {
  config: Config
  db: Database
  clock: Clock
  log: Logger
  sites: Sites
  ownOrigins: string[]
  longReads: LongReads
  files: KeptFiles
  secret: string
  workerFile: URL
  repairs: Repairs
}) {
  const exports = createExports({ db, sites, longReads, files })
  const spool = createSpool({ files, folder: join(config.dataDir, 'stages'), limit: config.importLimit })
  const worker = createImportWorker({ workerFile, databaseUrl: config.databaseUrl, secret, log })
  const rejects = createKeptRejects({ files, clock, worker })
  const makeRedirects: MakeRedirects = async ({ siteId, pairs, dryRun }) => {
    const site = await sites.byId(siteId)
    if (!site) throw new Error('the site of an import is gone')
    return repairs.lead({ site, pairs, actor: IMPORT, dryRun })
  }
  const importQueue = createImportQueue({ db, clock, spool, worker, rejects, makeRedirects, sites, ownOrigins, log })
  const imports = createImports({ db, clock, spool, rejects, wake: importQueue.wake })
  return {
    exports,
    schedule: createSchedule({ db, clock, log, sites, exports }),
    importQueue,
    imports,
    importProgress: createImportProgress({ imports }),
  }
}
