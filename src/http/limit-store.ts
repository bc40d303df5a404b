import { setTimeout as wait } from 'node:timers/promises'
import type { ClientRateLimitInfo, Options, Store } from 'express-rate-limit'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { blindIndex } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'

/** How long the shared count is waited for. */
export const LIMIT_PATIENCE_MS = 250
/** Networks that are remembered at once by each limit, so that an attack from many of them does not fill the memory. */
const MOST_COUNTS = 100_000

/** The shared store did not answer in time. */
export class CannotCount extends Error {}

/**
 * Counts hits in the database, so that all replicas share one count: one upsert a hit, with a time limit of its own. A row is named
 * by a blind index, so that a copy of the table tells nobody's address.
 * Written here because the published PostgreSQL store ends the process when the database restarts.
 */
export class SharedLimitStore implements Store {
  readonly localKeys = false
  readonly #db: Database
  readonly #clock: Clock
  readonly #rowOf: (key: string) => string
  readonly #patienceMs: number
  #windowMs = 60_000

  constructor({
    db,
    clock,
    keys,
    name,
    patienceMs = LIMIT_PATIENCE_MS,
  }: {
    db: Database
    clock: Clock
    keys: Keys
    name: string
    patienceMs?: number | undefined
  }) {
    this.#db = db
    this.#patienceMs = patienceMs
    this.#clock = clock
    this.#rowOf = (key) => `${name}:${blindIndex({ keys, kind: 'limit', value: key })}`
  }

  init({ windowMs }: Options) {
    this.#windowMs = windowMs
  }

  /** @throws CannotCount */
  async increment(key: string): Promise<ClientRateLimitInfo> {
    const now = this.#clock()
    const resetAt = new Date(now.getTime() + this.#windowMs)
    const counted = this.#db.queued.$queryRaw<{ hits: number; resetAt: Date }[]>`
      INSERT INTO "RateLimit" ("key", "hits", "resetAt") VALUES (${this.#rowOf(key)}, 1, ${resetAt})
      ON CONFLICT ("key") DO UPDATE SET
        "hits" = CASE WHEN "RateLimit"."resetAt" <= ${now} THEN 1 ELSE "RateLimit"."hits" + 1 END,
        "resetAt" = CASE WHEN "RateLimit"."resetAt" <= ${now} THEN ${resetAt} ELSE "RateLimit"."resetAt" END
      RETURNING "hits", "resetAt"`.catch(() => null)
    const [row] = (await Promise.race([counted, wait(this.#patienceMs, null, { ref: false })])) ?? []
    if (!row) throw new CannotCount('the rate limit could not be counted')
    return { totalHits: row.hits, resetTime: row.resetAt }
  }

  async decrement(key: string) {
    await this.#db.queued.rateLimit.updateMany({ where: { key: this.#rowOf(key) }, data: { hits: { decrement: 1 } } })
  }

  async resetKey(key: string) {
    await this.#db.queued.rateLimit.deleteMany({ where: { key: this.#rowOf(key) } })
  }
}

/** Counts hits in this process, by our clock: the library's own memory store asks the system's. */
export class MemoryLimitStore implements Store {
  readonly localKeys = true
  readonly #clock: Clock
  /** Those that asked last stand at the end. A plain map takes memory for what it holds, where a cache of our size takes it all at the start. */
  readonly #counts = new Map<string, { hits: number; resetAt: number }>()
  #windowMs = 60_000

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock
  }

  init({ windowMs }: Options) {
    this.#windowMs = windowMs
  }

  increment(key: string): ClientRateLimitInfo {
    const now = this.#clock().getTime()
    const counted = this.#counts.get(key)
    const count = counted && now < counted.resetAt ? counted : { hits: 0, resetAt: now + this.#windowMs }
    count.hits++
    this.#counts.delete(key)
    this.#counts.set(key, count)
    if (this.#counts.size > MOST_COUNTS) this.#forgetOldest()
    return { totalHits: count.hits, resetTime: new Date(count.resetAt) }
  }

  #forgetOldest() {
    for (const key of this.#counts.keys()) return void this.#counts.delete(key)
  }

  decrement(key: string) {
    const counted = this.#counts.get(key)
    if (counted) counted.hits--
  }

  resetKey(key: string) {
    this.#counts.delete(key)
  }
}
