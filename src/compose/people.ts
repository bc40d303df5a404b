import { createAccounts } from '../accounts/accounts.ts'
import { createAuth } from '../accounts/auth.ts'
import { keyRoutes } from '../accounts/key-routes.ts'
import { createMe } from '../accounts/me.ts'
import { meRoutes } from '../accounts/me-routes.ts'
import { createMembers } from '../accounts/members.ts'
import { createPasskeys } from '../accounts/passkeys/passkeys.ts'
import { relyingPartyOf } from '../accounts/passkeys/relying-party.ts'
import { passkeyRoutes } from '../accounts/passkeys/routes.ts'
import { createSessions } from '../accounts/sessions.ts'
import { createSetup } from '../accounts/setup.ts'
import { setupRoutes } from '../accounts/setup-routes.ts'
import { siteHistoryRoutes } from '../sites/history-routes.ts'
import { siteRoutes } from '../sites/routes.ts'
import type { Foundation } from './foundation.ts'
import { part } from './part.ts'

export type People = ReturnType<typeof composePeople>['use']

/** Who people are: how they sign in, and what they are on which sites; and the sites, which only they change. */
export function composePeople({ config, ownOrigins, db, keys, clock, sites, limits }: Foundation) {
  const base = { db, keys, clock }
  const relyingParty = relyingPartyOf(ownOrigins)
  const auth = createAuth({ ...base, publicUrl: config.publicUrl, relyingParty })
  const accounts = createAccounts({ ...base, auth, sites, ownOrigins })
  const setup = createSetup({ ...base, auth })
  const me = createMe({ db, accounts })
  const sessions = createSessions(base)
  const members = createMembers({ db })
  const passkeys = createPasskeys({ ...base, auth, relyingParty })
  const mail = { smtp: config.smtpUrl !== undefined, from: config.mailFrom, dataDir: config.dataDir }
  return part({
    use: { auth, accounts, setup, me, sessions, members, passkeys },
    endpoints: () => [
      ...siteRoutes({ sites, accounts }),
      ...siteHistoryRoutes({ db, accounts }),
      ...meRoutes({ accounts, me, sessions }),
      ...passkeyRoutes({ accounts, passkeys, limits }),
      ...keyRoutes({ accounts, db, clock }),
      ...setupRoutes({ setup, sites, limits, mail }),
    ],
  })
}
