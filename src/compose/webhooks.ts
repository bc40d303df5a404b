import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/connect.ts'
import type { Keys } from '../privacy/secret.ts'
import { createHookOutbox } from '../webhooks/announce.ts'
import { createCalls } from '../webhooks/request.ts'
import { createHookSender } from '../webhooks/sender.ts'
import { createWebhooks } from '../webhooks/webhooks.ts'

/** All that webhooks are: what fills their outbox, what empties it, and what owners do with them. */
export function composeWebhooks({
  config,
  db,
  keys,
  publicUrl,
  clock,
  log,
}: {
  config: Config
  db: Database
  keys: Keys
  publicUrl: string
  clock: Clock
  log: Logger
}) {
  const { call } = createCalls({ allowed: config.webhookAllow })
  const hookSender = createHookSender({ db, keys, publicUrl, call, clock, log })
  return {
    hookSender,
    tellHooks: createHookOutbox({ db, clock }),
    webhooks: createWebhooks({ db, keys, clock, wake: hookSender.wake }),
  }
}
