import type { BetterAuthPlugin } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/connect.ts'
import type { Keys } from '../../privacy/secret.ts'
import { randomToken } from '../../privacy/tokens.ts'
import { CHALLENGE_SECONDS, createChallenges } from './challenges.ts'
import { Assertion, challengeIn } from './credential.ts'
import type { RelyingParty } from './relying-party.ts'
import { findCredential, notePasskeyUse } from './store.ts'
import { webauthn } from './webauthn.ts'

const Refused = (code: string, message: string) => new APIError('UNAUTHORIZED', { code, message })

/**
 * The way in by a passkey, as a plugin of better-auth's, which so begins the same session as for a password. Nobody types who they are:
 * the passkey knows. It is asked to verify its user, hence no further factor is.
 */
export function passkeySignIn({
  db,
  keys,
  clock,
  relyingParty,
}: {
  db: Database
  keys: Keys
  clock: Clock
  relyingParty: RelyingParty | null
}) {
  const challenges = createChallenges({ db, keys, clock })

  const party = (): RelyingParty => {
    if (relyingParty) return relyingParty
    throw new APIError('CONFLICT', { code: 'NO_PASSKEYS_HERE', message: 'PUBLIC_URL has to be an https address with a host name' })
  }

  /** Whose account an answer opens. @throws APIError */
  async function userOf({ credential, browser }: { credential: z.output<typeof Assertion>; browser: string }): Promise<string> {
    const { id: expectedRPID, origins } = party()
    const challenge = challengeIn(credential)
    if (!browser || !(await challenges.use({ purpose: 'sign-in', browser, challenge })))
      throw Refused('PASSKEY_LATE', 'That took too long, or was sent before')
    const known = await findCredential(db.read, credential.id)
    if (!known) throw Refused('PASSKEY_UNKNOWN', 'This passkey opens no account')
    const { id, userId, credentialId, publicKey, counter: from } = known
    const { verifyAuthenticationResponse } = await webauthn()
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: credential,
      expectedChallenge: challenge,
      expectedOrigin: origins,
      expectedRPID,
      credential: { id: credentialId, publicKey, counter: from },
    }).catch((error: unknown) => {
      throw Refused('PASSKEY_REFUSED', error instanceof Error ? error.message : 'It cannot be read')
    })
    const isTheirs = Buffer.from(credential.response.userHandle, 'base64url').toString() === userId
    if (!verified || !isTheirs) throw Refused('PASSKEY_REFUSED', 'This passkey did not prove that it is the one')
    const { newCounter: to, credentialBackedUp: backedUp } = authenticationInfo
    const isNoted = await db.write((tx) => notePasskeyUse(tx, { id, from, to, backedUp, at: clock() }))
    if (!isNoted) throw Refused('PASSKEY_REFUSED', 'This passkey was used or removed at the same moment')
    return userId
  }

  return {
    id: 'passkeys',
    endpoints: {
      passkeyOptions: createAuthEndpoint('/sign-in/passkey/options', { method: 'POST' }, async (ctx) => {
        const { id } = party()
        const { generateAuthenticationOptions } = await webauthn()
        const { name, attributes } = ctx.context.createAuthCookie('passkey', { maxAge: CHALLENGE_SECONDS })
        const browser = ctx.getCookie(name) ?? randomToken() // the same for all its tabs
        ctx.setCookie(name, browser, attributes)
        const challenge = challenges.issue({ purpose: 'sign-in', browser })
        return ctx.json(
          await generateAuthenticationOptions({ rpID: id, challenge, userVerification: 'required', timeout: CHALLENGE_SECONDS * 1000 }),
        )
      }),
      signInPasskey: createAuthEndpoint('/sign-in/passkey', { method: 'POST', body: z.object({ credential: Assertion }) }, async (ctx) => {
        const { name } = ctx.context.createAuthCookie('passkey')
        const userId = await userOf({ credential: ctx.body.credential, browser: ctx.getCookie(name) ?? '' })
        const user = await ctx.context.internalAdapter.findUserById(userId)
        if (!user) throw Refused('PASSKEY_UNKNOWN', 'This passkey opens no account')
        const session = await ctx.context.internalAdapter.createSession(userId)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ user: { id: userId, name: user.name } })
      }),
    },
  } satisfies BetterAuthPlugin
}
