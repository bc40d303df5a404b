import { Writable } from 'node:stream'
import { pino } from 'pino'
import type { Database } from '../../src/database/connect.ts'
import type { Mail, Mailer } from '../../src/mail/mailer.ts'
import { smtpMailer } from '../../src/mail/smtp.ts'
import type { Render } from '../../src/notifications/attempt.ts'
import { createDelivery, type Delivery } from '../../src/notifications/deliver.ts'
import { startMailbox } from '../support/mailbox.ts'
import { pinnedClock } from './rows.ts'

export const SECOND = 1000
/** How long a worker may keep a mail. */
export const LEASE = 180 * SECOND
export const FROM = 'Balas <balas@balas.example>'

/** A mail server, a mailer to it, a pinned clock, and workers that are stopped at the end. */
export async function openPostOffice() {
  const mailbox = await startMailbox()
  const clock = pinnedClock()
  const mailer = smtpMailer({ url: mailbox.url, from: FROM, clock })
  const logged: string[] = []
  const workers: Delivery[] = []
  const lines = new Writable({
    write: (chunk, _encoding, done) => {
      logged.push(String(chunk))
      done()
    },
  })
  return {
    mailbox,
    clock,
    /** Every line of the workers' log. */
    logged,
    worker: (
      db: Database,
      changes: { render?: Render; mailer?: Mailer; concurrency?: number; prepare?: () => Promise<void> } = {},
    ): Delivery => {
      const delivery = createDelivery({ db, mailer, render, clock, log: pino(lines), ...changes })
      workers.push(delivery)
      return delivery
    },
    /** The Message-IDs that the server took, in their order. */
    messageIds: () => mailbox.mails.map(({ messageId = '' }) => messageId).toSorted(),
    close: async () => {
      await Promise.all(workers.map((delivery) => delivery.stop()))
      await mailer.close()
      await mailbox.stop()
    },
  }
}

export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>

export const mailOf = ({ userId, messageId }: { userId: string; messageId: string }): Mail => ({
  to: `${userId}@example.org`,
  subject: 'Komentar menunggu',
  text: 'Ada komentar.',
  html: '<p>Ada komentar.</p>',
  messageId,
})

const render: Render = async (delivery) => ({ mail: mailOf(delivery) })

export const rowsOf = (db: Database) => db.read.delivery.findMany({ orderBy: { id: 'asc' } })

/** The same database with writes of another kind. */
export const withWrite = (db: Database, write: Database['write']): Database => ({ ...db, write })

/** A mailer that does no more than the given. */
export const mailerThat = (send: Mailer['send']): Mailer => ({ send, close: async () => undefined })

/** Waits until something is so, turning the event loop meanwhile. */
export async function until(isSo: () => boolean) {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}
