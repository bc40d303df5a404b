import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { newId } from '../ids.ts'
import type { Role } from '../access/policy.ts'
import { hashToken } from '../privacy/tokens.ts'
import type { Site, Sites } from '../sites/sites.ts'
import type { Auth } from './auth.ts'
import { type InvitationRow, invitationByToken, takeInvitation } from './invitation-store.ts'
import { type NewPerson, orTaken, prepareAccount } from './people.ts'
import { findUser, strengthen } from './store.ts'

export type Acceptance = ReturnType<typeof createAcceptance>

/** What stands behind an invitation's link. */
export interface OpenInvitation {
  invitation: InvitationRow
  site: Site
  /** The account with the invited address, if there is one by now: whoever holds the link has to be signed in to it. */
  accountId: string | null
}

/** The invited person's side: a link that works once, for some days, and makes an account or adds a role to one. */
export function createAcceptance({ db, clock, auth, sites }: { db: Database; clock: Clock; auth: Auth; sites: Sites }) {
  async function open(token: string): Promise<OpenInvitation | null> {
    const invitation = await invitationByToken(db.read, { tokenHash: hashToken(token), now: clock() })
    const site = invitation && (await sites.byId(invitation.siteId))
    if (!site) return null
    return { invitation, site, accountId: (await findUser(db.read, invitation.email))?.id ?? null }
  }

  return {
    open,

    /**
     * Makes the account and ends the link, both or neither. False when the link was used or replaced meanwhile.
     * @throws EmailTaken
     */
    async withNewAccount({ token, person }: { token: string; person: Pick<NewPerson, 'name' | 'password'> }): Promise<boolean> {
      const found = await open(token)
      if (!found) return false
      const { email, role, siteId } = found.invitation
      const insert = await prepareAccount({ clock, auth, person: { ...person, email }, role: role as Role, siteId })
      return orTaken(
        db.write(async (tx) => (await takeInvitation(tx, { tokenHash: hashToken(token), now: clock() })) && (await insert(tx)) !== ''),
      )
    },

    /**
     * Adds the role to the account that was invited, which is signed in. A role that says more already stays.
     * False when the link was used or replaced meanwhile, or is somebody else's.
     */
    async asMember({ token, userId }: { token: string; userId: string }): Promise<boolean> {
      const found = await open(token)
      if (found?.accountId !== userId) return false
      const { role, siteId } = found.invitation
      return db.write(async (tx) => {
        if (!(await takeInvitation(tx, { tokenHash: hashToken(token), now: clock() }))) return false
        await strengthen(tx, { id: newId(clock()), userId, siteId, role: role as Role, createdAt: clock() })
        return true
      })
    },
  }
}
