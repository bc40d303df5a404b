import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { ALL_SITES } from '../access/policy.ts'
import { hashToken, randomToken } from '../privacy/tokens.ts'
import type { Auth } from './auth.ts'
import { type NewPerson, orTaken, prepareAccount } from './people.ts'
import { countOwners, getMeta, setMeta, takeMeta } from './store.ts'

const KEY = 'setup-token'

export type Setup = ReturnType<typeof createSetup>

/** The one-time way in: while nobody owns the installation, a URL that makes the first owner. */
export function createSetup({ db, clock, auth }: { db: Database; clock: Clock; auth: Auth }) {
  const open = async (token: string) => (await countOwners(db.read)) === 0 && (await getMeta(db.read, KEY)) === hashToken(token)
  return {
    /** A new token, printed at start and valid until the next one or the first owner; null when there is an owner. */
    async invite(): Promise<string | null> {
      if ((await countOwners(db.read)) > 0) return null
      const token = randomToken()
      await db.write((tx) => setMeta(tx, KEY, hashToken(token)))
      return token
    },
    isOpen: open,
    /**
     * Makes the first owner and ends the token, both or neither. False when the token was used or replaced meanwhile.
     * @throws EmailTaken
     */
    async createOwner({ token, person }: { token: string; person: NewPerson }): Promise<boolean> {
      if (!(await open(token))) return false
      const insert = await prepareAccount({ clock, auth, person, role: 'owner', siteId: ALL_SITES })
      return orTaken(
        db.write(async (tx) => (await countOwners(tx)) === 0 && (await takeMeta(tx, KEY, hashToken(token))) && (await insert(tx)) !== ''),
      )
    },
  }
}
