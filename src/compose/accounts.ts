import { createAccounts } from '../accounts/accounts.ts'
import { createAuth } from '../accounts/auth.ts'
import { createMe } from '../accounts/me.ts'
import { createMembers } from '../accounts/members.ts'
import { createPasskeys } from '../accounts/passkeys/passkeys.ts'
import { relyingPartyOf } from '../accounts/passkeys/relying-party.ts'
import { createSessions } from '../accounts/sessions.ts'
import { createSetup } from '../accounts/setup.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Database } from '../database/connect.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Sites } from '../sites/sites.ts'

/** Ties together who people are: how they sign in, and what they are on which sites. */
export function composeAccounts({
  config: { publicUrl },
  ownOrigins,
  sites,
  ...base
}: {
  config: Config
  db: Database
  keys: Keys
  clock: Clock
  sites: Sites
  ownOrigins: string[]
}) {
  const { db } = base
  const relyingParty = relyingPartyOf(ownOrigins)
  const auth = createAuth({ ...base, publicUrl, relyingParty })
  const accounts = createAccounts({ ...base, auth, sites, ownOrigins })
  return {
    auth,
    accounts,
    setup: createSetup({ ...base, auth }),
    me: createMe({ db, accounts }),
    sessions: createSessions(base),
    members: createMembers({ db }),
    passkeys: createPasskeys({ ...base, auth, relyingParty }),
  }
}
