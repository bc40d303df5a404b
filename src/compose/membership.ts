import { createAcceptance } from '../accounts/acceptance.ts'
import { invitationPageRoutes } from '../accounts/invitation-page-routes.ts'
import { invitationRoutes } from '../accounts/invitation-routes.ts'
import { createInvitations } from '../accounts/invitations.ts'
import { memberRoutes } from '../accounts/member-routes.ts'
import { createPasswordReset } from '../accounts/password-reset.ts'
import { passwordResetRoutes } from '../accounts/password-reset-routes.ts'
import type { Foundation } from './foundation.ts'
import type { Mails } from './mails.ts'
import { part } from './part.ts'
import type { People } from './people.ts'

export type Membership = ReturnType<typeof composeMembership>['use']

/** How people come to a site and back into their account: by mailed links. */
export function composeMembership({ db, keys, clock, sites, limits, auth, accounts, members, outbox }: Foundation & People & Mails) {
  const invitations = createInvitations({ db, clock, keys, outbox })
  const acceptance = createAcceptance({ db, clock, auth, sites })
  const passwordReset = createPasswordReset({ db, clock, keys, auth, outbox })
  return part({
    use: { invitations, acceptance, passwordReset },
    endpoints: () => [
      ...memberRoutes({ accounts, members, invitations, clock }),
      ...invitationRoutes({ accounts, invitations, clock }),
      ...invitationPageRoutes({ acceptance, accounts, sites, limits }),
      ...passwordResetRoutes({ passwordReset, sites, limits }),
    ],
  })
}
