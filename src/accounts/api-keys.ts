import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { newId } from '../ids.ts'
import type { Role } from '../moderation/policy.ts'
import { hashToken, randomToken, sameString } from '../privacy/tokens.ts'
import type { Principal } from './principal.ts'
import { findKey, insertKey } from './store.ts'

const FORM = /^bal_([0-9a-f]{32})_([\w-]{43})$/

/** Makes an API key and gives its whole text, `bal_<id>_<secret>`, which is shown this once: only a hash of the secret is kept. */
export async function createKey({
  db,
  clock,
  name,
  role,
  siteId,
  expiresAt = null,
}: {
  db: Database
  clock: Clock
  name: string
  role: Role
  siteId: string
  expiresAt?: Date | null
}): Promise<string> {
  const createdAt = clock()
  const id = newId(createdAt).replaceAll('-', '')
  const secret = randomToken()
  await db.write((tx) => insertKey(tx, { id, name, siteId, role, secretHash: hashToken(secret), createdAt, expiresAt }))
  return `bal_${id}_${secret}`
}

/** Whose key it is, or null for a wrong, revoked or expired one. */
export async function principalOfKey({ db, clock, key }: { db: Database; clock: Clock; key: string }): Promise<Principal | null> {
  const [, id, secret] = FORM.exec(key) ?? []
  if (!id || !secret) return null
  const row = await findKey(db.read, id)
  if (!row || !sameString(row.secretHash, hashToken(secret)) || row.revokedAt) return null
  if (row.expiresAt && row.expiresAt <= clock()) return null
  return { kind: 'key', id: row.id, name: row.name, grants: [{ siteId: row.siteId, role: row.role as Role }] }
}
