import type { z } from 'zod'
import type { Database } from '../../database/connect.ts'
import { Forbidden } from '../../errors.ts'
import type { Role } from '../../access/policy.ts'
import { type MemberChange, type MemberChoices, OWNERS_ONLY, type PersonalChange, type PersonalChoices } from './preferences.ts'
import { findChoices, findPersonal, putChoices, putPersonal } from './preference-store.ts'

export type MemberPreferences = ReturnType<typeof createMemberPreferences>

interface Member {
  userId: string
  siteId: string
}

/** What members want to be told of: asked and changed, by themselves or from a mail. A change counts from the next round on. */
export function createMemberPreferences({ db }: { db: Database }) {
  return {
    personal: (userId: string): Promise<PersonalChoices> => findPersonal(db.read, userId),

    changePersonal: ({ userId, change }: { userId: string; change: z.output<typeof PersonalChange> }): Promise<PersonalChoices> =>
      db.write(async (tx) => {
        const choices = { ...(await findPersonal(tx, userId)), ...given(change) }
        await putPersonal(tx, { userId, choices })
        return choices
      }),

    choices: (member: Member): Promise<MemberChoices> => findChoices(db.read, member),

    /** @throws Forbidden when somebody who is no owner chooses about what only owners are told of */
    change: ({ role, change, ...member }: Member & { role: Role; change: MemberChange }): Promise<MemberChoices> =>
      db.write(async (tx) => {
        if (role !== 'owner' && OWNERS_ONLY.some((name) => change[name] !== undefined)) {
          throw Forbidden('The weekly summary and alerts about mails are for owners.')
        }
        const choices = { ...(await findChoices(tx, member)), ...given(change) }
        await putChoices(tx, { ...member, choices })
        return choices
      }),
  }
}

/** What was named; the rest stays as it is. */
const given = <Change extends object>(change: Change) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Change]: Exclude<Change[Name], undefined>
  }
