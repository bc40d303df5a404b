import { setTimeout as wait } from 'node:timers/promises'
import type { ClientRateLimitInfo, Options, Store } from 'express-rate-limit'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'

const PATIENCE_MS = 250

/** The shared store did not answer in time. */
export class CannotCount extends Error {}

/**
 * Counts hits in the database, so that all replicas share one count: one upsert a hit, with a time limit of its own.
 * Written here because the published PostgreSQL store ends the process when the database restarts.
 */
export class SharedLimitStore implements Store {
  readonly localKeys = false
  readonly #db: Database
  readonly #clock: Clock
  readonly #prefix: string
  #windowMs = 60_000

  constructor({ db, clock, prefix }: { db: Database; clock: Clock; prefix: string }) {
    this.#db = db
    this.#clock = clock
    this.#prefix = prefix
  }

  init({ windowMs }: Options) {
    this.#windowMs = windowMs
  }

  /** @throws CannotCount */
  async increment(key: string): Promise<ClientRateLimitInfo> {
    const now = this.#clock()
    const resetAt = new Date(now.getTime() + this.#windowMs)
    const counted = this.#db.queued.$queryRaw<{ hits: number; resetAt: Date }[]>`
      INSERT INTO "RateLimit" ("key", "hits", "resetAt") VALUES (${this.#prefix + key}, 1, ${resetAt})
      ON CONFLICT ("key") DO UPDATE SET
        "hits" = CASE WHEN "RateLimit"."resetAt" <= ${now} THEN 1 ELSE "RateLimit"."hits" + 1 END,
        "resetAt" = CASE WHEN "RateLimit"."resetAt" <= ${now} THEN ${resetAt} ELSE "RateLimit"."resetAt" END
      RETURNING "hits", "resetAt"`.catch(() => null)
    const [row] = (await Promise.race([counted, wait(PATIENCE_MS, null, { ref: false })])) ?? []
    if (!row) throw new CannotCount('the rate limit could not be counted')
    return { totalHits: row.hits, resetTime: row.resetAt }
  }

  async decrement(key: string) {
    await this.#db.queued.rateLimit.updateMany({ where: { key: this.#prefix + key }, data: { hits: { decrement: 1 } } })
  }

  async resetKey(key: string) {
    await this.#db.queued.rateLimit.deleteMany({ where: { key: this.#prefix + key } })
  }
}
