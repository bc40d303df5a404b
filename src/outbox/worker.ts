import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Lease } from './claim.ts'

export interface OutboxWorker {
  /** Call after a commit that wrote outbox rows: sending begins at once. */
  wake: () => void
  /** Sends what is due, now and from time to time. */
  start: () => void
  /** Begins nothing further, and waits some seconds for what is under way; what was claimed and is not sent by then goes back to the outbox. */
  stop: () => Promise<void>
  /** Sends everything that is due now, and says how much that was. */
  drainOnce: () => Promise<number>
  /** Puts into the outbox what is due by now, and sends nothing. */
  prepare: () => Promise<void>
}

const POLL_MS = 2000
const STOP_MS = 6000
/** What a crashed worker had waits this long; what a hanging server leaves no time for goes back sooner. */
const LEASE_MS = 180_000
/** Nothing is begun with less of the lease left; longer than any one try may take. */
const LONGEST_SEND_MS = 60_000
const BATCH_PER_SENDER = 10

/**
 * Sends what stands in an outbox. Any number of workers, in one process or several, share it without sending a thing twice.
 *
 * Each is sent at least once: when the process dies between sending and recording, the lease runs out and it is sent again, under the
 * same id.
 */
export function createOutboxWorker<Row extends Lease, Outcome>({
  what,
  claim,
  attempt,
  putBack,
  record,
  explain,
  clock,
  log,
  concurrency = 5,
  prepare = async () => undefined,
}: {
  /** For the log: `mails`. */
  what: string
  /** Leases rows that are due; says how many were seen, since others may get some of them. */
  claim: (options: { now: Date; leaseMs: number; limit: number }) => Promise<{ seen: number; claimed: Row[] }>
  /** Sends one. Whatever goes wrong is an outcome too: it never throws. */
  attempt: (row: Row) => Promise<Outcome>
  /** The outcome of one that was not begun. */
  putBack: (row: Row) => Outcome
  /** Resolves when the outcome is on disk. */
  record: (outcome: Outcome) => Promise<void>
  /** An error in words that may be logged. */
  explain: (error: unknown) => string
  clock: Clock
  log: Logger
  /** How many are under way at once. */
  concurrency?: number | undefined
  /** Puts into the outbox what is due by now; asked before each look into it. */
  prepare?: (() => Promise<void>) | undefined
}): OutboxWorker {
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> | undefined
  let wanted = false
  let stopping = false
  let troubled = false
  const underWay = new Set<Row>()

  function wake() {
    if (!timer) return
    wanted = true
    work ??= sendWhileWanted()
  }

  async function sendWhileWanted() {
    while (wanted && !stopping) {
      wanted = false
      try {
        await drainOnce()
        if (troubled) log.info(`${what} are being sent again`)
        troubled = false
      } catch (error) {
        if (!troubled) log.error({ reason: explain(error) }, `the outbox of ${what} cannot be worked on; trying again`)
        troubled = true
      }
    }
    work = undefined
  }

  async function drainOnce(): Promise<number> {
    let handled = 0
    await prepare()
    while (!stopping) {
      const { seen, claimed } = await claim({ now: clock(), leaseMs: LEASE_MS, limit: concurrency * BATCH_PER_SENDER })
      if (seen === 0) break
      await sendAll(claimed)
      handled += claimed.length
    }
    return handled
  }

  const tryOne = async (row: Row): Promise<Outcome> => {
    underWay.add(row)
    try {
      return await attempt(row)
    } finally {
      underWay.delete(row)
    }
  }

  /** Outcomes that cannot be recorded end the batch: what is sent without a record would be sent again. */
  async function sendAll(rows: Row[]) {
    const left = [...rows]
    const sender = async () => {
      for (let row = left.shift(); row; row = left.shift()) {
        try {
          await record(hasTime(row) ? await tryOne(row) : putBack(row))
        } catch (error) {
          left.length = 0
          throw error
        }
      }
    }
    const senders = await Promise.allSettled(Array.from({ length: concurrency }, sender))
    const broken = senders.find((result) => result.status === 'rejected')
    if (broken) throw broken.reason
  }

  const hasTime = ({ leaseUntil }: Row) => !stopping && leaseUntil.getTime() - clock().getTime() >= LONGEST_SEND_MS

  return {
    wake,
    drainOnce,
    prepare,
    start: () => {
      stopping = false
      timer ??= setInterval(wake, POLL_MS).unref()
      wake()
    },
    stop: async () => {
      stopping = true
      clearInterval(timer)
      timer = undefined
      await Promise.race([work, wait(STOP_MS, undefined, { ref: false })])
      // What hangs is given up with its lease: the next process sends it at once, not when the lease runs out.
      for (const row of underWay)
        await record(putBack(row)).catch((error: unknown) => log.warn({ reason: explain(error) }, `${what} stay leased`))
    },
  }
}
