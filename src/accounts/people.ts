import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { isUniqueViolation } from '../database/errors.ts'
import { defineError, InvalidFields } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Role } from '../moderation/policy.ts'
import { type Auth, MIN_PASSWORD } from './auth.ts'
import { findUser, grant, insertUser } from './store.ts'

export const EmailTaken = defineError('email-taken', 409, 'There is an account with this e-mail address already')

/** What an account needs. */
export const NewPerson = z.object({
  name: z.string().trim().min(1, 'is required').max(100),
  email: z.email('must be an e-mail address').max(100),
  password: z.string().min(MIN_PASSWORD, `must have at least ${MIN_PASSWORD} characters`).max(200),
})
export type NewPerson = z.output<typeof NewPerson>

/**
 * Makes an account with a role on a site, or gives an existing one the role. An existing account's password is not changed.
 * @throws InvalidFields when a new account lacks a password
 */
export async function addPerson({
  db,
  clock,
  auth,
  person,
  role,
  siteId,
}: {
  db: Database
  clock: Clock
  auth: Auth
  person: { name: string; email: string; password?: string }
  role: Role
  siteId: string
}): Promise<{ userId: string; created: boolean }> {
  const at = clock()
  const existing = await findUser(db.read, person.email)
  if (existing) {
    await db.write((tx) => grant(tx, { id: newId(at), userId: existing.id, siteId, role, createdAt: at }))
    return { userId: existing.id, created: false }
  }
  const valid = NewPerson.safeParse(person)
  if (!valid.success) {
    throw InvalidFields(undefined, { errors: valid.error.issues.map((issue) => ({ field: String(issue.path[0]), message: issue.message })) })
  }
  const { name, email, password } = valid.data
  const passwordHash = await (await auth.$context).password.hash(password)
  const userId = newId(at)
  try {
    await db.write(async (tx) => {
      await insertUser(tx, { id: userId, accountRowId: newId(at), name, email, passwordHash, at })
      await grant(tx, { id: newId(at), userId, siteId, role, createdAt: at })
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw EmailTaken()
    throw error
  }
  return { userId, created: true }
}
