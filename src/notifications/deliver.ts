import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import type { Mailer } from '../mail/mailer.ts'
import { SMTP_CONNECTIONS } from '../mail/smtp.ts'
import { createRecorder } from '../outbox/record.ts'
import { createOutboxWorker, type OutboxWorker } from '../outbox/worker.ts'
import { attemptSending, plainAnswer, type Render } from './attempt.ts'
import { type Outcome, recordOutcomes } from './outcome-store.ts'
import { claimDeliveries, type DueDelivery } from './store.ts'

export type Delivery = OutboxWorker

/**
 * Sends the mails of the outbox. A mail that was sent, and whose worker died before that was recorded, is sent again with the same
 * Message-ID.
 */
export function createDelivery({
  db,
  mailer,
  render,
  clock,
  log,
  concurrency = 3 * SMTP_CONNECTIONS,
  prepare,
}: {
  db: Database
  mailer: Mailer
  render: Render
  clock: Clock
  log: Logger
  /** Mails under way at once: while some are on the connections, others are written and recorded. */
  concurrency?: number
  /** Puts mails into the outbox that are due by now; asked before each look into it. */
  prepare?: () => Promise<void>
}): Delivery {
  return createOutboxWorker<DueDelivery, Outcome>({
    what: 'mails',
    claim: (options) => claimDeliveries({ db, ...options }),
    attempt: (delivery) => attemptSending({ delivery, render, mailer, clock, log }),
    putBack: ({ id, leaseId, attempts }) => ({
      id,
      leaseId,
      state: 'queued',
      nextAt: clock(),
      attempts: attempts - 1,
      outcome: 'put back before it was begun',
    }),
    record: createRecorder({ write: (outcomes) => recordOutcomes({ db, outcomes }) }),
    explain: plainAnswer,
    clock,
    log,
    concurrency,
    prepare,
  })
}
