import type { Database } from '../database/connect.ts'
import { maskEmail } from '../privacy/sealed.ts'
import { deliveriesAbout, emailsOf } from './store.ts'

/** A comment mails each moderator a few times at most. */
const MOST = 100

export type Deliveries = ReturnType<typeof createDeliveries>

/** What became of mails, for people to see. */
export function createDeliveries({ db }: { db: Database }) {
  return {
    /** The mails that a comment caused, newest first. Addresses are whole for who sees e-mail addresses, else masked. */
    async about({ commentId, seesEmails }: { commentId: string; seesEmails: boolean }) {
      const rows = await deliveriesAbout(db.read, { commentId, take: MOST })
      const emails = await emailsOf(
        db.read,
        rows.map(({ userId }) => userId),
      )
      return rows.map(({ kind, userId, state, attempts, outcome, createdAt, sentAt }) => {
        const email = emails.get(userId) ?? null
        return {
          kind,
          to: email !== null && !seesEmails ? maskEmail(email) : email,
          state,
          attempts,
          outcome,
          createdAt: createdAt.toISOString(),
          sentAt: sentAt?.toISOString() ?? null,
        }
      })
    },
  }
}
