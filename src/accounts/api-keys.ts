import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { NotFound } from '../errors.ts'
import { fromCursor, page } from '../http/paging.ts'
import { newId } from '../ids.ts'
import { type Role, roleOn } from '../access/policy.ts'
import { hashToken, randomToken, sameString } from '../privacy/tokens.ts'
import type { Principal } from '../access/principal.ts'
import { findKey, insertKey, keysOf, revoke } from './key-store.ts'
import { grantsOf } from './store.ts'

const FORM = /^bal_([0-9a-f]{32})_([\w-]{43})$/

interface NewKey {
  db: Database
  clock: Clock
  name: string
  role: Role
  siteId: string
  expiresAt?: Date | null
  /** The person who makes it; absent for a key of the server's shell. */
  makerId?: string | null
}

/**
 * Makes an API key and gives its whole text, `bal_<id>_<secret>`, which is shown this once: only a hash of the secret is kept.
 *
 * @example await issueKey({ db, clock, name: 'importer', role: 'owner', siteId: ALL_SITES }) // { key: {...}, text: 'bal_0193…_7Qd…' }
 */
export async function issueKey({ db, clock, name, role, siteId, expiresAt = null, makerId = null }: NewKey) {
  const createdAt = clock()
  const id = newId(createdAt).replaceAll('-', '')
  const secret = randomToken()
  const key = { id, name, siteId, role, createdAt, expiresAt }
  await db.write((tx) => insertKey(tx, { ...key, makerId, secretHash: hashToken(secret) }))
  return { key, text: `bal_${id}_${secret}` }
}

/** As `issueKey`, for whoever needs the text alone. */
export const createKey = async (wanted: NewKey): Promise<string> => (await issueKey(wanted)).text

/** One page of a site's keys, the newest first; those that were revoked are left out. */
export async function listKeys({ db, siteId, limit, cursor }: { db: Database; siteId: string; limit: number; cursor: string | undefined }) {
  const rows = await keysOf(db.read, { siteId, before: fromCursor(cursor, /^[0-9a-f]{32}$/), take: limit + 1 })
  return page({ items: rows, limit, placeOf: ({ id }) => id })
}

/**
 * Ends a key of a site: the next request with it is refused.
 * @throws NotFound when the site has no such key, or not any more
 */
export async function revokeKey({ db, clock, siteId, id }: { db: Database; clock: Clock; siteId: string; id: string }): Promise<void> {
  if (!(await db.write((tx) => revoke(tx, { siteId, id, at: clock() })))) throw NotFound('This site has no such key.')
}

/**
 * Whose key it is, or null for a wrong, revoked or expired one. A key can do no more than the person who made it still can: whoever
 * leaves a site takes their keys along.
 */
export async function principalOfKey({ db, clock, key }: { db: Database; clock: Clock; key: string }): Promise<Principal | null> {
  const [, id, secret] = FORM.exec(key) ?? []
  if (!id || !secret) return null
  const row = await findKey(db.read, id)
  if (!row || !sameString(row.secretHash, hashToken(secret)) || row.revokedAt) return null
  if (row.expiresAt && row.expiresAt <= clock()) return null
  const makers = row.makerId === null ? 'owner' : roleOn(await grantsOf(db.read, row.makerId), row.siteId)
  if (!makers) return null
  const role = makers === 'owner' ? (row.role as Role) : makers
  return { kind: 'key', id: row.id, name: row.name, grants: [{ siteId: row.siteId, role }], makerId: row.makerId }
}
