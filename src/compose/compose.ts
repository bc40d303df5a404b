import type { Logger } from 'pino'
import { createAcceptance } from '../accounts/acceptance.ts'
import { createInvitations } from '../accounts/invitations.ts'
import { createPasswordReset } from '../accounts/password-reset.ts'
import { type Clock, systemClock } from '../clock.ts'
import { createAmend } from '../comments/amend.ts'
import { createAnswers } from '../comments/answers.ts'
import { createEvents } from '../comments/events.ts'
import { createFeeds } from '../comments/feeds.ts'
import { createIntake } from '../comments/intake.ts'
import { createReports } from '../comments/reports.ts'
import { answerOf, createSubmit } from '../comments/submit.ts'
import { createThreadCache } from '../comments/thread-cache.ts'
import { createVisitor } from '../comments/visitor.ts'
import { composeAccounts } from './accounts.ts'
import { composeMails } from './mails.ts'
import { composeTransfers } from './transfers.ts'
import { composeWebhooks } from './webhooks.ts'
import type { Config } from '../config.ts'
import { connect } from '../database/connect.ts'
import { migrate } from '../database/migrate.ts'
import { makeFolder } from '../database/sqlite.ts'
import { chooseFiles } from '../files/choose.ts'
import { createHousekeeping } from './housekeeping.ts'
import { createLimits } from '../http/limits.ts'
import type { Mailer } from '../mail/mailer.ts'
import { createCommentDetails } from '../moderation/comment-details.ts'
import { createBans } from '../moderation/bans.ts'
import { createBatches } from '../moderation/batches.ts'
import { createKnownBans } from '../moderation/known-bans.ts'
import { createLive } from '../moderation/live.ts'
import { createQueue } from '../moderation/queue.ts'
import { createSearchIndex } from '../moderation/search-index.ts'
import { createOutbox } from '../notifications/announce.ts'
import { createBounceInbox } from '../notifications/bounces.ts'
import { createLedger } from '../notifications/ledger.ts'
import { originsOf } from '../sites/own-origins.ts'
import { createSubscriptions } from '../notifications/subscriptions.ts'
import { checkSecret } from '../privacy/canary.ts'
import { deriveKeys, loadOrCreateSecret } from '../privacy/secret.ts'
import { createRepairs } from '../repair/repairs.ts'
import { makeDefaultSite } from '../sites/default-site.ts'
import { rekeyAtStart } from '../sites/rekey.ts'
import { createSites } from '../sites/sites.ts'
import { createLongReads } from './long-reads.ts'

export type Deps = Awaited<ReturnType<typeof compose>>

/** Where the built worker is; the tests, which run the sources, name the built one. */
const WORKER = new URL('../worker.js', import.meta.url)
/** Where the built browser code is; the same goes for it. */
const WEB = new URL('../web/', import.meta.url)

/**
 * Builds everything from the configuration: migrates the database, checks that the secret is the one it was sealed with, and ties
 * the parts together. Nothing is begun: `start` of the result does that.
 */
export async function compose({
  config,
  publicUrl,
  log,
  clock = systemClock,
  mailer,
  workerFile = WORKER,
  webFolder = WEB,
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
  const secret = config.secret ?? (await loadOrCreateSecret(config.dataDir))
  const keys = deriveKeys(secret)
  const url = config.databaseUrl
  await makeFolder(url)
  await migrate({ url })
  const db = await connect({ url, listen: role === 'server', busyTimeoutMs: role === 'server' ? 250 : 10_000 })
  await checkSecret({ db, keys }).catch(async (error: unknown) => {
    await db.close()
    throw error
  })

  const ownOrigins = originsOf(publicUrl, config.publicUrl === undefined)
  await rekeyAtStart({ db, log })
  const sites = createSites({ db, clock, ownOrigins })
  await makeDefaultSite(sites)
  const people = composeAccounts({ config, db, keys, clock, sites, ownOrigins })
  const { auth, accounts } = people
  const limits = createLimits({ db, clock, keys, patienceMs: limitPatienceMs })
  const longReads = createLongReads({ workerFile, databaseUrl: url, secret, log })

  const files = chooseFiles({ db, keys, clock, dataDir: config.dataDir })

  const base = { config, db, keys, publicUrl, clock, log }
  const { sender, mails, memberNotifications, previews, delivery } = composeMails({ ...base, sites, overview: longReads.overview, mailer })
  const { hookSender, tellHooks, webhooks } = composeWebhooks(base)
  const repairs = createRepairs({ db, clock, sites })
  const transfers = composeTransfers({ ...base, sites, ownOrigins, longReads, files, secret, workerFile, repairs })
  const wake = () => [delivery, hookSender].forEach((worker) => worker.wake())
  const outbox = createOutbox({ db, keys, clock, mailDomain: sender, tellHooks, wake })

  const subscriptions = createSubscriptions({ db, clock, keys })
  const invitations = createInvitations({ db, clock, keys, outbox })
  const ledger = createLedger({
    db,
    clock,
    mailDomain: sender,
    wake: delivery.wake,
    invited: invitations.addressesOf,
    subscribed: subscriptions.addressesOf,
  })
  const inbox = createBounceInbox({ url: config.imapUrl, db, ledger, log, stopAddress: subscriptions.stopBounced })
  const acceptance = createAcceptance({ db, clock, auth, sites })
  const passwordReset = createPasswordReset({ db, clock, keys, auth, outbox })

  const answers = createAnswers({ db, keys, clock })
  const answerFor = (
    pendingSubmission: { site: Parameters<typeof answerOf>[0]['site']; idempotency: { id: string } | null },
    row: Parameters<typeof answerOf>[0]['row'],
  ) => answers.sealed(pendingSubmission.idempotency?.id ?? '', answerOf({ row, site: pendingSubmission.site, keys }))
  const knownBans = createKnownBans({ db, clock })
  const intake = createIntake({ db, keys, clock, sites, bans: knownBans, outbox, answerFor })
  const submit = createSubmit({ sites, intake, answers, clock, keys })
  const amend = createAmend({ db, keys, clock, bans: knownBans, outbox })
  const threads = createThreadCache({ db, clock })
  const events = createEvents({ db, log })
  const feeds = createFeeds({ db, publicUrl })
  const visitor = createVisitor({ keys, clock })
  const reports = createReports({ db, keys, clock })
  const queue = createQueue({ db, keys, accounts, sites, reports, search: longReads.search })
  const live = createLive({ db, queue, log })
  const searchIndex = createSearchIndex({ db, log })
  const about = createCommentDetails({ db, reports, ledger })
  const bans = createBans({ db, clock })
  const batches = createBatches({ db, clock, outbox })
  const housekeeping = createHousekeeping({
    db,
    clock,
    log,
    forgetAnswers: answers.forgetOld,
    forgetMails: ledger.forgetOld,
    forgetReaders: subscriptions.forgetOld,
    forgetCalls: webhooks.forgetOld,
    sweepFiles: files.sweep,
    tidyImports: transfers.importQueue.tidy,
  })

  return {
    config,
    publicUrl,
    webFolder,
    ownOrigins,
    log,
    clock,
    db,
    keys,
    files,
    sites,
    ...people,
    memberPreferences: memberNotifications.preferences,
    invitations,
    acceptance,
    passwordReset,
    limits,
    longReads,
    mailer: mails,
    delivery,
    repairs,
    hookSender,
    webhooks,
    outbox,
    ledger,
    previews,
    inbox,
    subscriptions,
    intake,
    submit,
    amend,
    threads,
    events,
    live,
    feeds,
    reports,
    visitor,
    queue,
    searchIndex,
    about,
    bans,
    batches,
    ...transfers,
    /** Begins what goes on by itself: sending mails, tidying up. */
    start: () => {
      delivery.start()
      transfers.importQueue.start()
      hookSender.start()
      searchIndex.start()
      housekeeping.start()
      transfers.schedule.start()
      inbox?.start()
    },
    /** Ends everything in order: what is under way is finished, then connections close. */
    close: async () => {
      housekeeping.stop()
      await inbox?.stop()
      await delivery.stop()
      await transfers.importQueue.stop()
      await hookSender.stop()
      await searchIndex.stop()
      await intake.idle()
      events.close()
      live.close()
      transfers.importProgress.close()
      feeds.close()
      threads.close()
      await longReads.close()
      await transfers.schedule.stop() // an export under way has just lost its source, and is given back
      await mails.close()
      await db.close()
    },
  }
}
