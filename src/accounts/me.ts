import { z } from 'zod'
import type { Database } from '../database/connect.ts'
import { Unauthorized } from '../errors.ts'
import { mayCreateSites, roleOn } from '../access/policy.ts'
import type { Access } from '../access/access.ts'
import { findKey } from './key-store.ts'
import type { Principal } from '../access/principal.ts'
import { accountOf } from './store.ts'

export const Role = z.enum(['owner', 'moderator'])

export const Me = z
  .object({
    user: z.object({ id: z.string(), name: z.string(), email: z.string(), twoFactor: z.boolean() }).nullable(),
    key: z.object({ id: z.string(), name: z.string(), expiresAt: z.iso.datetime().nullable() }).nullable(),
    roles: z.array(z.object({ site: z.object({ key: z.string(), name: z.string() }), role: Role })).meta({
      description: 'On every site that one belongs to',
    }),
    mayCreateSites: z.boolean(),
  })
  .meta({ id: 'Me' })

export type Mine = ReturnType<typeof createMe>

/** Tells callers who they are: a person or a key, and their role on each of their sites. */
export function createMe({ db, accounts }: { db: Database; accounts: Pick<Access, 'sitesOf'> }) {
  return async (who: Principal): Promise<z.output<typeof Me>> => {
    const sites = await accounts.sitesOf(who)
    return {
      user: who.kind === 'user' ? await personOf(who) : null,
      key: who.kind === 'key' ? await keyOf(who) : null,
      roles: sites.flatMap(({ id, key, name }) => {
        const role = roleOn(who.grants, id)
        return role ? [{ site: { key, name }, role }] : []
      }),
      mayCreateSites: mayCreateSites(who.grants),
    }
  }

  async function personOf({ id, name }: Principal) {
    const account = await accountOf(db.read, id)
    if (!account) throw Unauthorized() // it went between the session's check and now
    return { id, name, email: account.email, twoFactor: account.twoFactorEnabled }
  }

  async function keyOf({ id, name }: Principal) {
    const expiresAt = (await findKey(db.read, id))?.expiresAt ?? null
    return { id, name, expiresAt: expiresAt && expiresAt.toISOString() }
  }
}
