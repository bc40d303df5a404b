import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { createTransport } from 'nodemailer'
import { newId } from '../../src/ids.ts'
import { SMTP_CONNECTIONS } from '../../src/mail/smtp.ts'
import { line, load, ratio } from './load.ts'
import { seed } from './seed.ts'
import { newDataDir, startProcess, startServer } from './server.ts'
import { submission } from './submissions.ts'

const MAILS = 10_000
const FLOOR = 200

/** How fast a full outbox drains, and what a mail server that is up, down or hanging does to submissions. */
export async function benchMails(): Promise<void> {
  const ceiling = await nodemailerAlone()
  const { perSecond, twice } = await drain()
  console.log(
    `${MAILS} queued mails drained at ${Math.round(perSecond)}/s (floor ${FLOOR}), sent twice: ${twice}   ratio ${ratio(perSecond, ceiling)} of nodemailer alone, ${Math.round(ceiling)}/s of the same size over ${SMTP_CONNECTIONS} connections`,
  )
  const [up, hanging] = [await startSink(), await startSink('hang')]
  await beside('up', up.url)
  await beside('refusing connections', `smtp://127.0.0.1:${await closedPort()}`)
  await beside('hanging', hanging.url)
  await up.stop()
  await hanging.stop()
}

/** A mail server for the time of the measurement, and what it has said so far. */
async function startSink(...args: string[]) {
  const sink = { taken: 0, twice: 0 }
  const onOutput = (text: string) => {
    for (const [, count] of text.matchAll(/taken: (\d+)/g)) sink.taken = Number(count)
    sink.twice += text.match(/twice:/g)?.length ?? 0
  }
  const child = await startProcess({ args: ['--import', 'tsx', join(import.meta.dirname, 'mail-sink.ts'), ...args], onOutput })
  return { ...child, seen: sink }
}

/** Mails a second that nodemailer hands over when nothing has to be written or recorded. */
async function nodemailerAlone(): Promise<number> {
  const sink = await startSink()
  const transport = createTransport({ url: sink.url, pool: true, maxConnections: SMTP_CONNECTIONS })
  const [text, html] = ['Komentar menunggu. '.repeat(60), '<p>Komentar menunggu.</p>'.repeat(320)]
  const send = (n: number) =>
    transport.sendMail({ from: 'balas@localhost', to: 'a@b.example', subject: 'Komentar', text, html, messageId: `<${n}@balas>` })
  await Promise.all(Array.from({ length: 200 }, (_, n) => send(n)))
  const started = performance.now()
  await Promise.all(Array.from({ length: 3000 }, (_, n) => send(n + 200)))
  const seconds = (performance.now() - started) / 1000
  transport.close()
  await sink.stop()
  return 3000 / seconds
}

/** Starts a server on a full outbox, and measures from the first mail that arrives to the last. */
async function drain(): Promise<{ perSecond: number; twice: number }> {
  const sink = await startSink()
  const dataDir = await newDataDir()
  let server = await startServer({ dataDir })
  await server.stop()
  seed({ file: server.file, total: MAILS, held: MAILS })
  queueMails(server.file)
  server = await startServer({ dataDir, env: { SMTP_URL: sink.url } })
  const { seen } = sink
  await until(() => seen.taken > 0)
  const [from, started] = [seen.taken, performance.now()]
  await until(() => seen.taken >= MAILS)
  const seconds = (performance.now() - started) / 1000
  await server.stop()
  await sink.stop()
  return { perSecond: (MAILS - from) / seconds, twice: seen.twice }
}

/** An owner, and a mail to them about every comment that waits. */
function queueMails(file: string): void {
  const db = new SQLite(file)
  const now = new Date()
  const at = now.toISOString().replace('Z', '+00:00') // as Prisma's adapter writes times
  const userId = addOwner(db, at)
  const comments = db.prepare(`SELECT id, siteId FROM "Comment" WHERE queue = 'pending'`).all() as { id: string; siteId: string }[]
  const insert = db.prepare(
    `INSERT INTO "Delivery" (id, siteId, kind, commentId, userId, dedupe, messageId, state, nextAt, createdAt) VALUES (?, ?, 'comment.held', ?, ?, ?, ?, 'queued', ?, ?)`,
  )
  db.transaction(() => {
    for (const comment of comments) {
      const id = newId(now)
      insert.run(id, comment.siteId, comment.id, userId, `comment.held:${comment.id}:${userId}`, `<${id}@localhost>`, at, at)
    }
  })()
  db.close()
}

function addOwner(db: InstanceType<typeof SQLite>, at: string): string {
  const userId = newId(new Date())
  db.prepare(`INSERT INTO "User" (id, name, email, emailVerified, createdAt, updatedAt) VALUES (?, 'Wati', ?, 1, ?, ?)`).run(
    userId,
    `${userId}@redaksi.example`,
    at,
    at,
  )
  db.prepare(`INSERT INTO "Membership" (id, userId, siteId, role, createdAt) VALUES (?, ?, '*', 'owner', ?)`).run(userId, userId, at)
  return userId
}

/** Submissions, each of which mails two people, beside a mail server in some state. */
async function beside(state: string, smtpUrl: string): Promise<void> {
  const dataDir = await newDataDir()
  let server = await startServer({ dataDir })
  await server.stop()
  const db = new SQLite(server.file)
  for (const _ of [1, 2]) addOwner(db, new Date().toISOString().replace('Z', '+00:00'))
  db.close()
  server = await startServer({ dataDir, env: { SMTP_URL: smtpUrl, LOG_LEVEL: 'silent' } })
  const times: number[] = []
  const options = { url: server.url, requests: [submission()], overallRate: 200 }
  await load({ ...options, duration: 2 })
  const figures = await load({
    ...options,
    setupClient: (client) => void client.on('response', (_status, _bytes, milliseconds) => times.push(milliseconds)),
  })
  const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0
  line(`submissions at 200/s, mail server ${state}`, figures, `p95 ${p95.toFixed(1)} ms`)
  await server.stop()
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}
