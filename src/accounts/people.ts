import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { isUniqueViolation } from '../database/errors.ts'
import { defineError } from '../errors.ts'
import { Text, validate } from '../http/validate.ts'
import { newId } from '../ids.ts'
import type { Role } from '../access/policy.ts'
import type { Auth } from './auth.ts'
import { PASSWORD_LENGTH } from './password-length.ts'
import { findUser, grant, insertUser } from './store.ts'

export const EmailTaken = defineError('email-taken', 409, 'There is an account with this e-mail address already')

/** What people and keys are called: it stands in history, in mails and above public replies. */
export const Name = Text.trim()
  .min(1, 'is required')
  .max(100)
  .regex(/^\P{Cc}*$/u, 'must be a single line')
export const Email = z.email('must be an e-mail address').max(100)

/** What an account needs. */
export const NewPerson = z.object({
  name: Name,
  email: Email,
  password: z
    .string('is required')
    .min(PASSWORD_LENGTH.min, `must have at least ${PASSWORD_LENGTH.min} characters`)
    .max(PASSWORD_LENGTH.max),
})
export type NewPerson = z.output<typeof NewPerson>

interface Member<Person> {
  clock: Clock
  auth: Auth
  person: Person
  role: Role
  siteId: string
}

/**
 * Makes an account with a role on a site, or gives an existing one the role. An existing account's password is not changed.
 * @throws InvalidFields when a new account lacks a password
 */
export async function addPerson({
  db,
  ...member
}: Member<{ name: string; email: string; password?: string }> & { db: Database }): Promise<{ userId: string; created: boolean }> {
  const { clock, person, role, siteId } = member
  const existing = await findUser(db.read, person.email)
  if (existing) {
    await db.write((tx) => grant(tx, { id: newId(clock()), userId: existing.id, siteId, role, createdAt: clock() }))
    return { userId: existing.id, created: false }
  }
  const insert = await prepareAccount({ ...member, person: validate(NewPerson, person) })
  return { userId: await orTaken(db.write(insert)), created: true }
}

/** A new account with its role, ready to be stored in a transaction: hashing the password takes long, so that is done before. */
export async function prepareAccount({
  clock,
  auth,
  person,
  role,
  siteId,
}: Member<NewPerson>): Promise<(tx: Transaction) => Promise<string>> {
  const { name, email, password } = person
  const passwordHash = await (await auth.$context).password.hash(password)
  const at = clock()
  const userId = newId(at)
  return async (tx) => {
    await insertUser(tx, { id: userId, accountRowId: newId(at), name, email, passwordHash, at })
    await grant(tx, { id: newId(at), userId, siteId, role, createdAt: at })
    return userId
  }
}

/** @throws EmailTaken when what was to be stored is an account with an address that has one */
export async function orTaken<Result>(stored: Promise<Result>): Promise<Result> {
  try {
    return await stored
  } catch (error) {
    throw isUniqueViolation(error) ? EmailTaken() : error
  }
}
