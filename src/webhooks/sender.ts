import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { plainAnswer } from '../notifications/attempt.ts'
import { createRecorder } from '../outbox/record.ts'
import { createOutboxWorker, type OutboxWorker } from '../outbox/worker.ts'
import type { Keys } from '../privacy/secret.ts'
import { attemptCall } from './attempt.ts'
import type { CallHook } from './request.ts'
import { type CallOutcome, claimCalls, type DueCall, recordCalls } from './store.ts'

/** Makes the calls that wait in the webhooks' outbox: each at least once, under the same `webhook-id` at every try. */
export const createHookSender = ({
  db,
  keys,
  publicUrl,
  call,
  clock,
  log,
}: {
  db: Database
  keys: Keys
  publicUrl: string
  call: CallHook
  clock: Clock
  log: Logger
}): OutboxWorker =>
  createOutboxWorker<DueCall, CallOutcome>({
    what: 'webhooks',
    claim: (options) => claimCalls({ db, ...options }),
    attempt: (due) => attemptCall({ due, db, keys, publicUrl, call, clock, log }),
    putBack: ({ id, leaseId, siteId, webhookId, attempts }) => ({
      id,
      leaseId,
      siteId,
      webhookId,
      state: 'queued',
      nextAt: clock(),
      attempts: attempts - 1,
      outcome: 'put back before it was begun',
    }),
    record: createRecorder({ write: (outcomes) => recordCalls({ db, outcomes }) }),
    explain: plainAnswer,
    clock,
    log,
  })
