import { createBounceInbox } from '../notifications/bounces.ts'
import { createLedger } from '../notifications/ledger.ts'
import { ledgerRoutes } from '../notifications/ledger-routes.ts'
import type { Foundation } from './foundation.ts'
import type { Mails } from './mails.ts'
import type { Membership } from './membership.ts'
import { part } from './part.ts'
import type { People } from './people.ts'

export type Ledger = ReturnType<typeof composeLedger>['use']

/** What became of every mail, and the mailbox in which some come back. */
export function composeLedger({
  config,
  db,
  clock,
  log,
  accounts,
  sender,
  delivery,
  invitations,
  subscriptions,
}: Foundation & People & Mails & Membership) {
  const ledger = createLedger({
    db,
    clock,
    mailDomain: sender,
    wake: delivery.wake,
    invited: invitations.addressesOf,
    subscribed: subscriptions.addressesOf,
  })
  const inbox = createBounceInbox({ url: config.imapUrl, db, ledger, log, stopAddress: subscriptions.stopBounced })
  return part({
    use: { ledger, inbox },
    endpoints: () => ledgerRoutes({ accounts, ledger }),
    start: () => inbox?.start(),
    stop: () => inbox?.stop(),
  })
}
