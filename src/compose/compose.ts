import type { Logger } from 'pino'
import { type Clock, systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Mailer } from '../mail/mailer.ts'
import { webFolder as builtWeb, workerFile as builtWorker } from '../program-files.ts'
import { composeComments } from './comments.ts'
import { composeFoundation } from './foundation.ts'
import { composeLedger } from './ledger.ts'
import { composeMails } from './mails.ts'
import { composeMembership } from './membership.ts'
import { composeModeration } from './moderation.ts'
import type { Part } from './part.ts'
import { composePeople } from './people.ts'
import { composeRepair } from './repair.ts'
import { composeTransfers } from './transfers.ts'
import { composeUpkeep } from './upkeep.ts'
import { composeWebhooks } from './webhooks.ts'

export type Deps = Awaited<ReturnType<typeof compose>>

/**
 * Builds everything from the configuration: migrates the database, checks that the secret is the one it was sealed with, and ties the parts
 * together, each from those before it. Nothing is begun: `start` of the result does that.
 */
export async function compose({
  config,
  publicUrl,
  log,
  clock = systemClock,
  mailer,
  workerFile = builtWorker(),
  webFolder = builtWeb(),
  role = 'server',
  limitPatienceMs,
}: {
  config: Config
  /** Where readers reach this server, without a slash at the end. */
  publicUrl: string
  log: Logger
  clock?: Clock
  mailer?: Mailer
  workerFile?: URL
  webFolder?: URL
  /** A command waits longer for a live server's lock, and hears no announcements. */
  role?: 'server' | 'command'
  /** How long the count of a rate limit that replicas share is waited for. */
  limitPatienceMs?: number
}) {
  const foundation = await composeFoundation({ config, publicUrl, log, clock, workerFile, webFolder, role, limitPatienceMs })
  const base = foundation.use
  const people = composePeople(base)
  const webhooks = composeWebhooks({ ...base, ...people.use })
  const mails = composeMails({ ...base, ...people.use, ...webhooks.use }, mailer)
  const membership = composeMembership({ ...base, ...people.use, ...mails.use })
  const ledger = composeLedger({ ...base, ...people.use, ...mails.use, ...membership.use })
  const comments = composeComments({ ...base, ...mails.use })
  const moderation = composeModeration({ ...base, ...people.use, ...mails.use, ...ledger.use, ...comments.use })
  const repair = composeRepair({ ...base, ...people.use })
  const transfers = composeTransfers({ ...base, ...people.use, ...repair.use })
  const upkeep = composeUpkeep({ ...base, ...webhooks.use, ...mails.use, ...ledger.use, ...comments.use, ...transfers.use })
  const parts: Part[] = [foundation, people, webhooks, mails, membership, ledger, comments, moderation, repair, transfers, upkeep]

  return {
    ...base,
    ...people.use,
    ...webhooks.use,
    ...mails.use,
    ...membership.use,
    ...ledger.use,
    ...comments.use,
    ...moderation.use,
    ...repair.use,
    ...transfers.use,
    /** What the application mounts. */
    endpoints: () => parts.flatMap(({ endpoints }) => endpoints?.() ?? []),
    /** Begins what goes on by itself: sending mails, tidying up. */
    start: () => parts.forEach(({ start }) => start?.()),
    /** Ends connections that would never end by themselves. */
    disconnect: () => parts.forEach(({ disconnect }) => disconnect?.()),
    /** Ends everything, what was begun last first: what is under way is finished, then the database is closed. */
    close: async () => {
      for (const { stop } of parts.toReversed()) await stop?.()
    },
  }
}
