import { createServer } from 'node:http'
import { afterEach } from '@jest/globals'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import supertest from 'supertest'
import { createKey } from '../../src/accounts/api-keys.ts'
import { createApp } from '../../src/app.ts'
import { compose, type Deps } from '../../src/compose/compose.ts'
import { parseConfig } from '../../src/config.ts'
import type { Settings } from '../../src/sites/settings.ts'
import type { Mail, Mailer } from '../../src/mail/mailer.ts'
import { createDatabase } from './databases.ts'

const WORKER = new URL('../../dist/worker.js', import.meta.url)
const WEB = new URL('../../dist/web/', import.meta.url)
export const ARTICLE = 'https://berita.example/2026/kereta-malam'

/** A clock that stands still until it is moved. */
export function pinnedClock(start = '2026-11-23T05:00:00.000Z') {
  let now = new Date(start).getTime()
  return Object.assign(() => new Date(now), {
    advance: (seconds: number) => {
      now += seconds * 1000
    },
  })
}

export interface TestApp {
  deps: Deps
  clock: ReturnType<typeof pinnedClock>
  /** Mails handed to the mailer so far; `deps.delivery.drainOnce()` sends what waits in the outbox. */
  mails: Mail[]
  url: string
  /** Requests to the running server. */
  http: ReturnType<typeof supertest>
  /** Headers with a fresh API key. */
  keyFor: (role: 'owner' | 'moderator', site?: string) => Promise<{ Authorization: string }>
  set: (settings: Partial<Settings>) => Promise<void>
  /** Posts a valid reply; what is given replaces the usual fields. Each has an author of its own unless told otherwise. */
  reply: (fields?: Record<string, unknown>, site?: string) => supertest.Test
}

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})

/** The whole application on a database of its own, listening on a port from the kernel; closed after the test. */
export async function startApp({
  kind = 'sqlite',
  env = {},
  databaseUrl,
  mailerAt,
}: {
  kind?: 'sqlite' | 'postgresql'
  env?: Record<string, string>
  databaseUrl?: string
  /** A mailer of the test's own, by the app's clock. */
  mailerAt?: (clock: () => Date) => Mailer
} = {}): Promise<TestApp> {
  const clock = pinnedClock()
  const mails: Mail[] = []
  const mailer: Mailer = {
    send: async (mail) => {
      mails.push(mail)
      return { response: '250 kept by the test' }
    },
    close: async () => undefined,
  }
  const config = parseConfig({
    DATA_DIR: await mkdtemp(join(tmpdir(), 'balas-app-')),
    DATABASE_URL: databaseUrl ?? (await createDatabase(kind)),
    SECRET: 'a secret that only tests know',
    LOG_LEVEL: 'silent',
    ...env,
  })
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = config.publicUrl ?? `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const deps = await compose({
    config,
    publicUrl: url,
    log: pino({ level: config.logLevel }),
    clock,
    mailer: mailerAt?.(clock) ?? mailer,
    workerFile: WORKER,
    webFolder: WEB,
    limitPatienceMs: 60_000, // a busy machine must not hold comments
  })
  server.on('request', createApp(deps))
  opened.push(async () => {
    await new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
    await deps.close()
  })
  const http = supertest(server)

  let replies = 0
  return {
    deps,
    clock,
    mails,
    url,
    http,
    keyFor: async (role, site) => {
      const siteId = site === undefined ? '*' : (await deps.sites.byKey(site)).id
      return { Authorization: `Bearer ${await createKey({ db: deps.db, clock, name: `${role} key`, role, siteId })}` }
    },
    set: async (settings) => {
      await deps.sites.change(await deps.sites.byKey('default'), { settings })
    },
    reply: (fields = {}, site = 'default') => {
      replies++
      return http.post(`/api/v1/sites/${site}/comments`).send({
        url: ARTICLE,
        name: `Pembaca ${replies}`,
        email: `pembaca${replies}@example.com`,
        body: `Komentar nomor ${replies}`,
        ...fields,
      })
    },
  }
}
