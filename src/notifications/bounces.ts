import type { Logger } from 'pino'
import type { Database } from '../database/connect.ts'
import { type BouncedRecipient, readBounce } from '../mail/bounce.ts'
import { createInbox } from '../mail/inbox.ts'
import { plainAnswer } from './attempt.ts'
import { mailByMessageId, noteBounce } from './ledger-store.ts'
import type { Ledger } from './ledger.ts'

/**
 * Failures that say nothing against an address: a full mailbox, a mail that is too large, and whatever is about our server or what we
 * wrote (RFC 3463: X.2.2, X.2.3, X.3.4, X.7.X).
 */
const NOT_THE_ADDRESS = /^5\.(2\.[23]|3\.4|7\.\d+)$/

type TakeBounce = (source: Buffer) => Promise<'failed' | 'noted' | 'ignored'>

interface Bouncing {
  db: Database
  ledger: Pick<Ledger, 'addressesOf'>
  log: Logger
  /** The address gets no mails any more. */
  stopAddress: (email: string) => Promise<void>
}

/** Reads what comes back into the mailbox at the URL; without one nothing does. */
export function createBounceInbox({ url, ...bouncing }: Bouncing & { url: string | undefined }) {
  if (url === undefined) return undefined
  const takeBounce = createBounces(bouncing)
  return createInbox({ url, take: async (source) => (await takeBounce(source)) !== 'ignored', log: bouncing.log })
}

/**
 * Takes mails that came back. Anybody can write one that looks so: it counts only for a mail that we sent, by its Message-ID, which
 * nobody knows but who got it, and only for the address that it went to. Whoever forges one can stop no address but their own.
 *
 * A failure marks the mail as failed, with the server's reason; a hard one (5.X.X) stops the address as well. A delay is noted.
 */
function createBounces({ db, ledger, log, stopAddress }: Bouncing): TakeBounce {
  return async (source) => {
    const bounce = await readBounce(source)
    for (const messageId of bounce?.messageIds ?? []) {
      const row = await mailByMessageId(db.read, messageId)
      if (row?.state !== 'sent') continue
      const address = (await ledger.addressesOf([row])).get(row.id)
      const about = bounce?.recipients.find(({ addresses }) => address !== undefined && addresses.includes(address.toLowerCase()))
      if (address === undefined || !about) continue
      return record({ id: row.id, address, about })
    }
    return 'ignored'
  }

  async function record({ id, address, about }: { id: string; address: string; about: BouncedRecipient }) {
    const isFinal = about.action === 'failed'
    const outcome = plainAnswer(`${isFinal ? 'returned' : 'delayed'}: ${about.status} ${about.reason}`)
    const stops = isFinal && about.status.startsWith('5') && !NOT_THE_ADDRESS.test(about.status)
    if (stops) await stopAddress(address)
    await db.write((tx) => noteBounce(tx, { id, outcome, ...(isFinal && { state: 'failed' }) }))
    log.warn({ delivery: id, reason: outcome, stops }, isFinal ? 'mail came back' : 'mail is delayed')
    return isFinal ? ('failed' as const) : ('noted' as const)
  }
}
