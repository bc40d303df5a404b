import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { createAuthMiddleware } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { newId } from '../ids.ts'
import type { Keys } from '../privacy/secret.ts'
import type { RelyingParty } from './passkeys/relying-party.ts'
import { passkeySignIn } from './passkeys/sign-in.ts'
import { PASSWORD_LENGTH } from './password-length.ts'
import { endChallenges } from './session-store.ts'
import { refuseUsedCodes } from './used-codes.ts'

export const AUTH_PATH = '/api/auth'

export type Auth = ReturnType<typeof createAuth>

/** What authenticator apps show above the code, and devices beside a passkey. */
export const ISSUER = 'Balas'
/** How far behind the time may be at which a session was used last, seconds: it is written once in so long. */
const USED_SECONDS = 3600

/**
 * better-auth with what we need of it: sign-in by e-mail and password, a second factor, passkeys, and sessions. Nobody signs up by
 * themselves; its rate limiter is off because it trusts any X-Forwarded-For, and ours stands in front of it. Neither address nor
 * browser is kept with a session.
 *
 * The second factor is a code by time (TOTP, RFC 6238) from an app, or one of ten recovery codes; its secrets are encrypted with
 * `keys.sessions`. Only a sign-in by password asks for it, since a passkey is two factors by itself; nothing else begins a session but
 * what is done in one: there is no way around.
 */
export function createAuth({
  db,
  keys,
  publicUrl,
  clock,
  relyingParty,
}: {
  db: Database
  keys: Keys
  publicUrl: string | undefined
  clock: Clock
  /** Null where passkeys cannot be. */
  relyingParty: RelyingParty | null
}) {
  const loopback = ['localhost:*', '127.0.0.1:*', '[::1]:*']
  return betterAuth({
    appName: ISSUER,
    basePath: AUTH_PATH,
    baseURL: publicUrl ?? { allowedHosts: loopback, protocol: 'http' },
    trustedOrigins: publicUrl ? [new URL(publicUrl).origin] : loopback.map((host) => `http://${host}`),
    secret: keys.sessions,
    database: prismaAdapter(db.queued, { provider: db.provider }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    session: { updateAge: USED_SECONDS },
    plugins: [twoFactor({ issuer: ISSUER }), passkeySignIn({ db, keys, clock, relyingParty })],
    databaseHooks: { session: { create: { before: async (session) => ({ data: { ...session, ipAddress: null, userAgent: null } }) } } },
    hooks: {
      before: refuseUsedCodes({ db, clock }),
      after: createAuthMiddleware(async ({ path, context }) => {
        const changed = path === '/change-password' && context.newSession
        if (changed) await db.write((tx) => endChallenges(tx, changed.user.id))
      }),
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      useSecureCookies: publicUrl?.startsWith('https:') ?? false,
      cookiePrefix: 'balas',
      database: { generateId: () => newId(clock()) },
      ipAddress: { disableIpTracking: true },
    },
  })
}
