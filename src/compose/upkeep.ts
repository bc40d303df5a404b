import { forgetCopiesOf } from '../database/copy-before.ts'
import type { Comments } from './comments.ts'
import type { Foundation } from './foundation.ts'
import { createHousekeeping } from './housekeeping.ts'
import type { Ledger } from './ledger.ts'
import type { Mails } from './mails.ts'
import { part } from './part.ts'
import type { Transfers } from './transfers.ts'
import type { composeWebhooks } from './webhooks.ts'

type Needs = Foundation & Mails & Ledger & Comments & Transfers & ReturnType<typeof composeWebhooks>['use']

/** Forgetting what is only kept for a while. */
export function composeUpkeep({ db, clock, log, config, files, answers, ledger, subscriptions, webhooks, importQueue }: Needs) {
  const housekeeping = createHousekeeping({
    db,
    clock,
    log,
    forgetAnswers: answers.forgetOld,
    forgetMails: ledger.forgetOld,
    forgetReaders: subscriptions.forgetOld,
    forgetCalls: webhooks.forgetOld,
    sweepFiles: files.sweep,
    tidyImports: importQueue.tidy,
    forgetCopies: () => forgetCopiesOf(config.databaseUrl, clock()),
  })
  return part({ use: {}, start: housekeeping.start, stop: housekeeping.stop })
}
