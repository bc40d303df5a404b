import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import type { Mailer } from '../mail/mailer.ts'
import { attemptSending, plainAnswer, type Render } from './attempt.ts'
import { createRecorder } from './record.ts'
import { claimDue, type DueDelivery, type Outcome } from './store.ts'

export interface Delivery {
  /** Call after a commit that wrote outbox rows: sending begins at once. */
  wake: () => void
  /** Sends what is due, now and from time to time. */
  start: () => void
  /** Begins no further mail, and waits some seconds for those under way; what was claimed and not begun goes back to the outbox. */
  stop: () => Promise<void>
  /** Sends everything that is due now, and says how many mails that was. */
  drainOnce: () => Promise<number>
}

const POLL_MS = 2000
const STOP_MS = 6000
/** Longer than a claimed batch takes with a server that hangs; a crashed worker's mails wait this long. */
const LEASE_MS = 180_000
/** No mail is begun with less of the lease left; longer than the mailer's own limit for one mail. */
const LONGEST_SEND_MS = 60_000
const BATCH_PER_SENDER = 4

/**
 * Sends the mails of the outbox. Any number of workers, in one process or several, share it without sending a mail twice.
 *
 * A mail is sent at least once: when the process dies between sending and recording, the lease runs out and the mail is sent again,
 * with the same Message-ID.
 */
export function createDelivery({
  db,
  mailer,
  render,
  clock,
  log,
  concurrency = 5,
}: {
  db: Database
  mailer: Mailer
  render: Render
  clock: Clock
  log: Logger
  /** Mails under way at once. */
  concurrency?: number
}): Delivery {
  const record = createRecorder({ db })
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> | undefined
  let wanted = false
  let stopping = false
  let troubled = false

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
        if (troubled) log.info('mails are being sent again')
        troubled = false
      } catch (error) {
        if (!troubled) log.error({ reason: plainAnswer(error) }, 'the outbox cannot be worked on; trying again')
        troubled = true
      }
    }
    work = undefined
  }

  async function drainOnce(): Promise<number> {
    let handled = 0
    while (!stopping) {
      const { seen, claimed } = await claimDue({ db, now: clock(), leaseMs: LEASE_MS, limit: concurrency * BATCH_PER_SENDER })
      if (seen === 0) break
      await sendAll(claimed)
      handled += claimed.length
    }
    return handled
  }

  /** Outcomes that cannot be recorded end the batch: what is sent without a record would be sent again. */
  async function sendAll(deliveries: DueDelivery[]) {
    const left = [...deliveries]
    const sender = async () => {
      for (let delivery = left.shift(); delivery; delivery = left.shift()) {
        try {
          await record(hasTime(delivery) ? await attemptSending({ delivery, render, mailer, clock, log }) : putBack(delivery))
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

  const hasTime = ({ leaseUntil }: DueDelivery) => !stopping && leaseUntil.getTime() - clock().getTime() >= LONGEST_SEND_MS

  function putBack({ id, leaseId, attempts }: DueDelivery): Outcome {
    return { id, leaseId, state: 'queued', nextAt: clock(), attempts: attempts - 1, outcome: 'put back before it was begun' }
  }

  return {
    wake,
    drainOnce,
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
    },
  }
}
