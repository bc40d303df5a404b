import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { connect } from '../database/connect.ts'
import { migrate } from '../database/migrate.ts'
import { makeFolder } from '../database/sqlite.ts'
import { chooseFiles } from '../files/choose.ts'
import { healthRoutes, whyNotStored } from '../http/health.ts'
import { createOutageLog } from '../http/outage-log.ts'
import { createLimits } from '../http/limits.ts'
import { checkpointFile } from '../program-files.ts'
import { checkSecret } from '../privacy/canary.ts'
import { deriveKeys, loadOrCreateSecret } from '../privacy/secret.ts'
import { makeDefaultSite } from '../sites/default-site.ts'
import { originsOf } from '../sites/own-origins.ts'
import { rekeyAtStart } from '../sites/rekey.ts'
import { createSites } from '../sites/sites.ts'
import { createLongReads } from './long-reads.ts'
import { part } from './part.ts'

/** Where built code is that runs elsewhere than in this thread. */
export interface Built {
  workerFile: URL
  /** The pages' code. */
  webFolder: URL
}

export type Foundation = Awaited<ReturnType<typeof composeFoundation>>['use']

/** What all else stands on: the database, migrated and sealed with this secret; sites, limits, files, and the thread for long reads. */
export async function composeFoundation({
  config,
  publicUrl,
  log,
  clock,
  workerFile,
  webFolder,
  role,
  limitPatienceMs,
}: Built & {
  config: Config
  publicUrl: string
  log: Logger
  clock: Clock
  role: 'server' | 'command'
  limitPatienceMs: number | undefined
}) {
  const secret = config.secret ?? (await loadOrCreateSecret(config.dataDir))
  const keys = deriveKeys(secret)
  const url = config.databaseUrl
  await makeFolder(url)
  await migrate({ url, withCopy: !config.updateWithoutCopy })
  const isServer = role === 'server'
  const db = await connect({
    url,
    listen: isServer,
    busyTimeoutMs: isServer ? 5 : 10_000,
    checkpointThread: isServer ? checkpointFile() : undefined,
  })
  await checkSecret({ db, keys }).catch(async (error: unknown) => {
    await db.close()
    throw error
  })

  const ownOrigins = originsOf(publicUrl, config.publicUrl === undefined)
  await rekeyAtStart({ db, log })
  const sites = createSites({ db, clock, ownOrigins })
  await makeDefaultSite(sites)
  const limits = createLimits({ db, clock, keys, patienceMs: limitPatienceMs })
  const longReads = createLongReads({ workerFile, databaseUrl: url, secret, log })
  const files = chooseFiles({ db, keys, clock, dataDir: config.dataDir })
  const outages = createOutageLog({ log, clock, works: async () => (await whyNotStored(db)) === null })
  return part({
    use: { config, publicUrl, webFolder, workerFile, ownOrigins, log, clock, secret, keys, db, sites, limits, longReads, files, outages },
    endpoints: () => healthRoutes({ db }),
    stop: async () => {
      outages.stop()
      await longReads.close()
      await db.close()
    },
  })
}
