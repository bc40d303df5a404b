import { join } from 'node:path'
import { createExports } from '../transfer/exports.ts'
import { createImports } from '../transfer/import/imports.ts'
import { permalinkRoutes } from '../transfer/import/permalink-routes.ts'
import { createImportProgress } from '../transfer/import/progress.ts'
import { createImportQueue } from '../transfer/import/queue.ts'
import type { MakeRedirects } from '../transfer/import/redirects.ts'
import { createKeptRejects } from '../transfer/import/rejects/kept.ts'
import { importRoutes } from '../transfer/import/routes.ts'
import { createSpool } from '../transfer/import/spool.ts'
import { createImportWorker } from '../transfer/import/worker.ts'
import { keptExportRoutes } from '../transfer/kept-routes.ts'
import { createDepartures } from '../transfer/leaving/departures.ts'
import { leavingRoutes } from '../transfer/leaving/routes.ts'
import { transferRoutes } from '../transfer/routes.ts'
import { createSchedule } from '../transfer/schedule.ts'
import type { Foundation } from './foundation.ts'
import { part } from './part.ts'
import type { People } from './people.ts'
import type { Repair } from './repair.ts'

/** Who did it, as the list of redirects names it. */
const IMPORT = { id: 'import', name: 'import' }

export type Transfers = ReturnType<typeof composeTransfers>['use']

/** All that moves whole histories: out at once or by a schedule, and in, one import after the other. */
export function composeTransfers(needs: Foundation & People & Repair) {
  const { config, db, clock, log, publicUrl, ownOrigins, sites, accounts, longReads, files, secret, workerFile, repairs } = needs
  const exports = createExports({ db, sites, longReads, files })
  const spool = createSpool({
    files,
    folder: join(config.dataDir, 'stages'),
    oldFolder: join(config.dataDir, 'imports'),
    limit: config.importLimit,
  })
  const worker = createImportWorker({ workerFile, databaseUrl: config.databaseUrl, secret, log })
  const rejects = createKeptRejects({ files, clock, worker })
  const makeRedirects: MakeRedirects = async ({ siteId, pairs, dryRun }) => {
    const site = await sites.byId(siteId)
    if (!site) throw new Error('the site of an import is gone')
    return repairs.lead({ site, pairs, actor: IMPORT, dryRun })
  }
  const importQueue = createImportQueue({ db, clock, spool, worker, rejects, makeRedirects, sites, ownOrigins, log })
  const imports = createImports({ db, clock, spool, rejects, wake: importQueue.wake })
  const importProgress = createImportProgress({ imports })
  const departures = createDepartures({ clock, dataDir: config.dataDir, limit: config.importLimit, exports, ownOrigins, worker, longReads })
  const schedule = createSchedule({ db, clock, log, sites, exports })
  return part({
    use: { exports, departures, schedule, importQueue, imports, importProgress },
    endpoints: () => [
      ...transferRoutes({ accounts, exports, publicUrl }),
      ...keptExportRoutes({ accounts, exports }),
      ...leavingRoutes({ accounts, departures }),
      ...importRoutes({ accounts, imports, importProgress }),
      ...permalinkRoutes({ db, sites }),
    ],
    start: () => {
      importQueue.start()
      schedule.start()
    },
    disconnect: () => importProgress.close(),
    stop: async () => {
      await importQueue.stop()
      importProgress.close()
      await schedule.stop()
    },
  })
}
