import type { Clock } from '../clock.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { isUniqueViolation } from '../database/errors.ts'
import { defineError, NotFound } from '../errors.ts'
import { fromCursor, page } from '../http/paging.ts'
import { newId } from '../ids.ts'
import type { Role } from '../access/policy.ts'
import type { Outbox } from '../notifications/announce.ts'
import type { Keys } from '../privacy/secret.ts'
import { hashToken, sign } from '../privacy/tokens.ts'
import type { Site } from '../sites/sites.ts'
import {
  deleteInvitation,
  deleteInvitationOf,
  invitedAddresses,
  type InvitationRow,
  listInvitations,
  putInvitation,
  renewInvitation,
} from './invitation-store.ts'
import { insertMember, isMember, type MemberRow } from './member-store.ts'
import { findUser } from './store.ts'

export type { InvitationRow } from './invitation-store.ts'

export const AlreadyMember = defineError('already-member', 409, 'They belong to this site already')

/** How long a mailed invitation works, in days. */
export const INVITATION_DAYS = 7

const DAY_MS = 86_400_000

/**
 * The token of an invitation's link. It is made of the row and the server's secret whenever a mail is written, so that neither the
 * outbox nor a stolen copy of the database holds it; with another expiry it is another token.
 */
export const invitationToken = ({ keys, id, expiresAt }: { keys: Keys; id: string; expiresAt: Date }) =>
  sign({ keys, purpose: 'invitation', words: `${id}:${expiresAt.getTime()}` })

export type Invitations = ReturnType<typeof createInvitations>

/** How owners bring others to a site. */
export function createInvitations({ db, clock, keys, outbox }: { db: Database; clock: Clock; keys: Keys; outbox: Outbox }) {
  const newLink = (id: string) => {
    const expiresAt = new Date(clock().getTime() + INVITATION_DAYS * DAY_MS)
    return { expiresAt, tokenHash: hashToken(invitationToken({ keys, id, expiresAt })) }
  }

  const mail = (tx: Transaction, { id, siteId, expiresAt }: InvitationRow) =>
    outbox.tell(tx, { kind: 'member.invited', siteId, subjectId: id, turn: String(expiresAt.getTime()) })

  async function add(tx: Transaction, { site, email, role, userId }: { site: Site; email: string; role: Role; userId: string }) {
    if (await isMember(tx, { siteId: site.id, userId })) throw AlreadyMember()
    const createdAt = clock()
    const member = await insertMember(tx, { id: newId(createdAt), userId, siteId: site.id, role, createdAt })
    await deleteInvitationOf(tx, { siteId: site.id, email })
    await outbox.tell(tx, { kind: 'member.added', siteId: site.id, subjectId: member.id, userId, turn: userId })
    return member
  }

  async function put(tx: Transaction, { site, email, role, by }: { site: Site; email: string; role: Role; by: string }) {
    const createdAt = clock()
    const id = newId(createdAt)
    const row = await putInvitation(tx, { id, siteId: site.id, email, role, invitedBy: by, createdAt, ...newLink(id) })
    await mail(tx, row)
    return row
  }

  return {
    /**
     * Gives somebody with an account a role on the site and tells them; mails an invitation to anybody else.
     * @throws AlreadyMember
     */
    async invite(wanted: {
      site: Site
      email: string
      role: Role
      /** The name of whoever invites. */
      by: string
    }): Promise<{ member: MemberRow; invitation: null } | { member: null; invitation: InvitationRow }> {
      const email = wanted.email.toLowerCase()
      const account = await findUser(db.read, email)
      const result = account
        ? { member: await orAlreadyMember(db.write((tx) => add(tx, { ...wanted, email, userId: account.id }))), invitation: null }
        : { member: null, invitation: await db.write((tx) => put(tx, { ...wanted, email })) }
      outbox.wake()
      return result
    },

    async list({ site, limit, cursor }: { site: Site; limit: number; cursor: string | undefined }) {
      const before = fromCursor(cursor, /^[0-9a-f-]{36}$/)
      const rows = await listInvitations(db.read, { siteId: site.id, before, take: limit + 1 })
      return page({ items: rows, limit, placeOf: ({ id }) => id })
    },

    /** Whom these invitations invite, for those that still wait. */
    addressesOf: (ids: string[]): Promise<Map<string, string>> => invitedAddresses(db.read, ids),

    /**
     * Mails a new link, for as many days again; the old one is dead.
     * @throws NotFound
     */
    async resend({ site, id }: { site: Site; id: string }): Promise<InvitationRow> {
      const row = await db.write(async (tx) => {
        const renewed = await renewInvitation(tx, { siteId: site.id, id, ...newLink(id) })
        if (renewed) await mail(tx, renewed)
        return renewed
      })
      if (!row) throw NotFound('This site has no such invitation.')
      outbox.wake()
      return row
    },

    /** @throws NotFound */
    async revoke({ site, id }: { site: Site; id: string }): Promise<void> {
      if (!(await db.write((tx) => deleteInvitation(tx, { siteId: site.id, id })))) throw NotFound('This site has no such invitation.')
    },
  }
}

async function orAlreadyMember<Result>(stored: Promise<Result>): Promise<Result> {
  try {
    return await stored
  } catch (error) {
    throw isUniqueViolation(error, 'Membership') ? AlreadyMember() : error
  }
}
