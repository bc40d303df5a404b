#!/usr/bin/env node
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import { createApp } from './app.ts'
import { hotThreads } from './comments/hot-threads.ts'
import { compose, type Deps } from './compose/compose.ts'
import { type Config, ConfigError, parseConfig } from './config.ts'
import { type Outage, outageOf } from './database/errors.ts'
import { NoRoomForCopy } from './database/copy-before.ts'
import { HalfDone } from './database/half-done.ts'
import { DatabaseIsNewer } from './database/ledger.ts'
import { DatabaseDamaged } from './database/migrate-sqlite.ts'
import { keepHeapsSmall } from './workers/heap.ts'
import { serveHot } from './http/hot-reads.ts'
import { limitSlowBodies, UPLOAD_MS } from './http/slow-bodies.ts'
import { createLog } from './compose/log.ts'
import { WrongSecret } from './privacy/canary.ts'

const HEADERS_MS = 10_000
const DRAIN_MS = 8000
/** A connection that is kept alive and silent for that long is closed: who was about to send on it has sent. */
const SILENT_MS = 500
const LOOK_MS = 50

/** The process: listens at once, answers 503 until it is composed, serves, and on SIGTERM ends what is under way and exits 0. */
async function serve(): Promise<void> {
  keepHeapsSmall()
  const config = parseConfig(process.env)
  const log = createLog(config.logLevel)
  let handle: RequestListener = notYet
  let end = async (_signal: string): Promise<void> => process.exit(0) // nothing is under way yet
  process.on('SIGTERM', () => void end('SIGTERM'))
  process.on('SIGINT', () => void end('SIGINT'))
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: UPLOAD_MS }, (req, res) => handle(req, res))
  const port = await listen(config)
  const publicUrl =
    config.publicUrl ??
    `http://${/^(0\.0\.0\.0|::)$/.test(config.host) ? 'localhost' : config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
  const deps = await compose({ config, publicUrl, log })
  const app = createApp(deps)
  const find = hotThreads(deps)
  handle = (req, res) => {
    limitSlowBodies(req, res)
    const otherwise = () => app(req, res)
    if (!serveHot({ req, res, find, otherwise })) otherwise()
  }
  deps.start()

  let draining = false
  end = async (signal) => {
    if (draining) return
    draining = true
    log.info({ signal }, 'draining')
    setTimeout(() => process.exit(0), DRAIN_MS).unref() // what hangs longer is cut off; nothing acknowledged is lost
    const serving = handle
    handle = (req, res) => {
      res.shouldKeepAlive = false // whoever goes on does so on a connection to another process
      if (req.url === '/readyz') notReady(res)
      else serving(req, res)
    }
    // Not the HTTP server's own, which closes silent connections at once, and with them requests that are on their way.
    const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve))
    deps.disconnect()
    setTimeout(() => setInterval(() => server.closeIdleConnections(), LOOK_MS), SILENT_MS)
    await closed
    await deps.close()
    process.exit(0)
  }
  await welcome(deps)

  function listen({ host, port: wanted }: Config): Promise<number> {
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(wanted, host, () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : wanted)
      })
    })
  }
}

/** Before everything is ready: the process runs, and that is all. */
const notYet: RequestListener = (req, res) => {
  const alive = req.url === '/livez'
  res.writeHead(alive ? 200 : 503, { 'Content-Type': 'application/problem+json', 'Retry-After': '2', 'Cache-Control': 'no-store' })
  res.end(
    alive
      ? 'ok\n'
      : JSON.stringify({
          type: 'urn:balas:problem:unavailable',
          title: 'Starting',
          status: 503,
          detail: 'Starting; please try again in a moment.',
        }),
  )
}

const notReady = (res: ServerResponse): void => {
  res.writeHead(503, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' })
  res.end(JSON.stringify({ ready: false, missing: ['stopping'] }))
}

/** What whoever started it wants to know, once. */
async function welcome({ publicUrl, setup, sites, log, config }: Deps): Promise<void> {
  const lines = [
    `Balas is ready: ${publicUrl}`,
    `  demo            ${publicUrl}/demo`,
    `  moderators      ${publicUrl}/admin`,
    `  API             ${publicUrl}/docs`,
  ]
  const token = await setup.invite()
  if (token) {
    lines.push(
      `  first owner     ${publicUrl}/setup/${token}`,
      '                  (once; or: npm run cli -- owner create --email you@example.org --password-stdin)',
    )
  }
  if (!config.smtpUrl) lines.push(`  mails           written as files to ${config.dataDir}/mail, since SMTP_URL is not set`)
  process.stdout.write(`${lines.join('\n')}\n`)
  for (const site of await sites.list('all')) {
    if (site.allowedOrigins.length === 0)
      log.warn({ site: site.key }, 'this site takes comments for any address from any origin until its allowedOrigins are set')
  }
}

serve().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})

/** Errors whose message is written for an operator. */
const SENTENCES = [ConfigError, WrongSecret, DatabaseIsNewer, DatabaseDamaged, HalfDone, NoRoomForCopy]

const OUTAGES: Record<Outage, string> = {
  unreachable: 'The database cannot be reached, or refuses us. Check DATABASE_URL and that it runs.',
  busy: 'The database is held by somebody else, or answers too late. Try again; see what else uses it.',
  full: 'The disk of the database is full. Make room, and start again; nothing that was acknowledged is lost.',
  'read-only': 'The database cannot be written to: its file, disk or server is read-only. Check who owns it, and how it is mounted.',
  damaged: 'The database is damaged. Keep the file, and restore a backup: README, "Operate".',
  failing: 'The database cannot be opened, or its disk fails. Check the folder, its owner and the system log.',
}

/** A sentence for what an operator can mend, a stack for the rest. */
function explain(error: unknown): string {
  if (SENTENCES.some((kind) => error instanceof kind)) return (error as Error).message
  const outage = outageOf(error)
  if (outage) return OUTAGES[outage]
  if ((error as NodeJS.ErrnoException | null)?.code === 'EADDRINUSE') return 'Another program listens on that PORT already.'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
