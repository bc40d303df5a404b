import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { Conflict, NotFound } from '../errors.ts'
import { fromCursor, page } from '../http/paging.ts'
import { lowestIdAt, newId } from '../ids.ts'
import { maskEmail } from '../privacy/sealed.ts'
import { KEPT_DAYS } from './kept-days.ts'
import {
  countMails,
  emailsOf,
  forgetMails,
  hurry,
  listMails,
  mailById,
  type MailFilter,
  type MailRow,
  markResent,
  STATES,
} from './ledger-store.ts'
import { subjectOf } from './outbox.ts'
import { insertDeliveries } from './store.ts'

/** Further mails of a state are not counted. */
export const MOST_COUNTED = 10_000

const DAY_MS = 86_400_000
const FORGOTTEN_AT_ONCE = 1000
/** A comment mails each moderator a few times at most. */
const MOST_OF_A_COMMENT = 100
const ID = /^[0-9a-f-]{36}$/

export const State = z.enum(STATES).meta({
  description:
    'queued: waits for its first or next try; sending; sent: the mail server took it; failed: for good; suppressed: not sent, because of `outcome`',
})

/** A mail of the delivery ledger. */
export const LedgerMail = z
  .object({
    id: z.string(),
    kind: z.string().meta({ description: 'What it tells of, such as `comment.held`' }),
    comment: z.string().nullable(),
    to: z.string().nullable().meta({ description: 'Whole for owners, masked for moderators; null when the account or invitation is gone' }),
    state: State,
    attempts: z.int(),
    outcome: z.string().nullable().meta({ description: "The mail server's last answer, or why nothing was sent" }),
    messageId: z.string(),
    createdAt: z.iso.datetime(),
    nextAt: z.iso.datetime().nullable().meta({ description: 'When it is tried next, while it is queued' }),
    sentAt: z.iso.datetime().nullable(),
    resentAs: z.string().nullable().meta({ description: 'The mail that was sent in its place' }),
  })
  .meta({ id: 'LedgerMail' })
type LedgerMail = z.output<typeof LedgerMail>

export type Ledger = ReturnType<typeof createLedger>

/** What became of every mail, for people to see, and a way to have one sent again. */
export function createLedger({
  db,
  clock,
  mailDomain,
  wake,
  invited,
  subscribed,
}: {
  db: Database
  clock: Clock
  mailDomain: string
  /** Sending begins at once. */
  wake: () => void
  /** Whom invitations invite, by their ids: they have no account yet. */
  invited: (ids: string[]) => Promise<Map<string, string>>
  /** The readers behind subscriptions, by their ids. */
  subscribed: (ids: string[]) => Promise<Map<string, string>>
}) {
  /** Whom mails go to; those are left out whose account or invitation is gone. */
  async function addressesOf(rows: MailRow[]): Promise<Map<string, string>> {
    const withAccount = rows.filter(({ userId }) => userId !== '')
    const readers = rows.flatMap(({ readerId }) => readerId ?? [])
    const without = rows.filter(({ userId, readerId }) => userId === '' && readerId === null)
    const [people, subscribers, invitations] = await Promise.all([
      emailsOf(
        db.read,
        withAccount.map(({ userId }) => userId),
      ),
      readers.length === 0 ? new Map<string, string>() : subscribed(readers),
      without.length === 0 ? new Map<string, string>() : invited(without.map(subjectOf)),
    ])
    return new Map(
      rows.flatMap((row) => {
        const { userId, readerId } = row
        const address = readerId ? subscribers.get(readerId) : userId ? people.get(userId) : invitations.get(subjectOf(row))
        return address === undefined ? [] : [[row.id, address] as const]
      }),
    )
  }

  async function present(rows: MailRow[], seesEmails: boolean): Promise<LedgerMail[]> {
    const addresses = await addressesOf(rows)
    return rows.map((row) => {
      const address = addresses.get(row.id) ?? null
      return { ...presentRow(row), to: address !== null && !seesEmails ? maskEmail(address) : address }
    })
  }

  const one = async (row: MailRow, seesEmails: boolean): Promise<LedgerMail> => {
    const [mail] = await present([row], seesEmails)
    if (!mail) throw NotFound('No such mail.')
    return mail
  }

  async function find({ siteId, id }: { siteId: string; id: string }): Promise<MailRow> {
    const row = ID.test(id) ? await mailById(db.read, { siteId, id }) : null
    if (!row) throw NotFound('No such mail.')
    return row
  }

  /** Puts the same mail into the outbox anew; null when it was already, or is on its way. */
  async function putAgain(row: MailRow): Promise<MailRow | null> {
    const at = clock()
    const again = newId(at)
    const [event, subject, turn] = row.dedupe.split(':')
    return db.write(async (tx) => {
      if (!(await markResent(tx, { id: row.id, resentAs: again }))) return null
      await insertDeliveries(tx, [
        {
          ...row,
          id: again,
          countedAt: null,
          dedupe: [event, subject, turn, again].join(':'), // subject and turn stay where their readers look for them
          messageId: `<${again}@${mailDomain}>`,
          state: 'queued',
          attempts: 0,
          nextAt: at,
          outcome: null,
          createdAt: at,
          sentAt: null,
        },
      ])
      return mailById(tx, { siteId: row.siteId, id: again })
    })
  }

  return {
    addressesOf,

    /** The mails that a comment caused, the newest first. */
    async about({ siteId, commentId, seesEmails }: { siteId: string; commentId: string; seesEmails: boolean }): Promise<LedgerMail[]> {
      return present(await listMails(db.read, { siteId, filter: { commentId }, before: undefined, take: MOST_OF_A_COMMENT }), seesEmails)
    },

    /** A page of a site's mails, the newest first. */
    async list({
      siteId,
      filter,
      cursor,
      limit,
      seesEmails,
    }: {
      siteId: string
      filter: MailFilter
      cursor: string | undefined
      limit: number
      seesEmails: boolean
    }) {
      const rows = await listMails(db.read, { siteId, filter, before: fromCursor(cursor, ID), take: limit + 1 })
      const { items, nextCursor } = page({ items: rows, limit, placeOf: ({ id }) => id })
      return { mails: await present(items, seesEmails), nextCursor }
    },

    /** @throws NotFound */
    get: async ({ siteId, id, seesEmails }: { siteId: string; id: string; seesEmails: boolean }) =>
      one(await find({ siteId, id }), seesEmails),

    /** How many of a site's mails are in each state, up to `MOST_COUNTED`. */
    async counts({ siteId }: { siteId: string }) {
      const numbers = await Promise.all(STATES.map((state) => countMails(db.read, { siteId, state, most: MOST_COUNTED })))
      const of = (state: (typeof STATES)[number]) => numbers[STATES.indexOf(state)] ?? 0
      return { queued: of('queued'), sending: of('sending'), sent: of('sent'), failed: of('failed'), suppressed: of('suppressed') }
    },

    /**
     * Sends a mail again. One that has come to an end stays in the ledger as it is and gets a successor, written from what is true
     * now and with a Message-ID of its own: servers drop a second mail with an ID that they have seen, as if it had never come. Asked
     * twice it gives the same successor. One that waits for its next try is tried at once, as the same mail.
     *
     * @returns `isNew`: whether a successor was made by this call
     * @throws NotFound; Conflict while it is being sent
     */
    async resend({ siteId, id, seesEmails }: { siteId: string; id: string; seesEmails: boolean }) {
      const row = await find({ siteId, id })
      const again = await putAgain(row)
      if (!again && !(await db.write((tx) => hurry(tx, { id, now: clock() })))) {
        const { resentAs } = await find({ siteId, id })
        if (resentAs === null) throw Conflict('It is being sent just now.')
        return { mail: await one(await find({ siteId, id: resentAs }), seesEmails), isNew: false }
      }
      wake()
      return { mail: await one(again ?? (await find({ siteId, id })), seesEmails), isNew: again !== null }
    },

    /** Forgets mails that came to an end and are older than `KEPT_DAYS`; a little at a time, so that nobody waits behind it. */
    forgetOld: async (): Promise<number> => {
      const olderThan = lowestIdAt(new Date(clock().getTime() - KEPT_DAYS * DAY_MS))
      for (let total = 0; ;) {
        const forgotten = await forgetMails(db, { olderThan, take: FORGOTTEN_AT_ONCE })
        total += forgotten
        if (forgotten < FORGOTTEN_AT_ONCE) return total
      }
    },
  }
}

const presentRow = ({
  id,
  kind,
  commentId,
  state,
  attempts,
  outcome,
  messageId,
  createdAt,
  nextAt,
  sentAt,
  resentAs,
}: MailRow): Omit<LedgerMail, 'to'> => ({
  id,
  kind,
  comment: commentId,
  state: state as LedgerMail['state'],
  attempts,
  outcome,
  messageId,
  createdAt: createdAt.toISOString(),
  nextAt: state === 'queued' ? nextAt.toISOString() : null,
  sentAt: sentAt?.toISOString() ?? null,
  resentAs,
})
