import type { Database, Transaction } from '../database/connect.ts'
import { defineError, Forbidden, NotFound } from '../errors.ts'
import { fromCursor, page } from '../http/paging.ts'
import { ALL_SITES, mayCreateSites, type Role } from '../access/policy.ts'
import type { Site } from '../sites/sites.ts'
import { deleteMember, findMember, holdOwners, listMembers, type MemberRow, setRole } from './member-store.ts'
import type { Principal } from '../access/principal.ts'

export const LastOwner = defineError('last-owner', 409, 'Somebody else has to own this first')

export type { MemberRow } from './member-store.ts'
export type Members = ReturnType<typeof createMembers>

interface About {
  /** Who asks: an owner of the site. */
  who: Principal
  site: Site
  /** The membership's. */
  id: string
}

/**
 * The people who look after a site. A change counts from the next request on, since roles are read with every one; links in mails
 * that somebody got as a member are refused then, too.
 */
export function createMembers({ db }: { db: Database }) {
  /**
   * The membership that is to change, while at least one owner besides it holds what it holds: a site has an owner, and the
   * installation has one of all sites, without whom anybody at the server's log could set it up anew.
   */
  async function changeable(tx: Transaction, { who, site, id }: About, isOwnerAfter: boolean): Promise<MemberRow> {
    const owners = await holdOwners(tx, site.id)
    const member = await findMember(tx, { siteId: site.id, id })
    if (!member) throw NotFound('This site has no such member.')
    if (member.siteId === ALL_SITES && !mayCreateSites(who.grants)) throw Forbidden('Only an owner of all sites may change this member.')
    const others = owners.filter((owner) => owner.id !== id && (member.siteId !== ALL_SITES || owner.siteId === ALL_SITES))
    if (member.role === 'owner' && !isOwnerAfter && others.length === 0) throw LastOwner('The last owner cannot go or become a moderator.')
    return member
  }

  return {
    async list({ site, limit, cursor }: { site: Site; limit: number; cursor: string | undefined }) {
      const rows = await listMembers(db.read, { siteId: site.id, after: fromCursor(cursor, /^[0-9a-f-]{36}$/), take: limit + 1 })
      return page({ items: rows, limit, placeOf: ({ id }) => id })
    },

    /** A member of a site, by their membership. @throws NotFound */
    async find({ site, id }: { site: Site; id: string }): Promise<MemberRow> {
      const member = await findMember(db.read, { siteId: site.id, id })
      if (!member) throw NotFound('This site has no such member.')
      return member
    },

    /** @throws NotFound, Forbidden, LastOwner */
    changeRole: ({ role, ...about }: About & { role: Role }): Promise<MemberRow> =>
      db.write(async (tx) => {
        await changeable(tx, about, role === 'owner')
        return setRole(tx, { id: about.id, role })
      }),

    /** @throws NotFound, Forbidden, LastOwner */
    remove: (about: About): Promise<void> =>
      db.write(async (tx) => {
        await changeable(tx, about, false)
        await deleteMember(tx, about.id)
      }),
  }
}
