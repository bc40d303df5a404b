import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { newId } from '../ids.ts'
import type { Keys } from '../privacy/secret.ts'

export const MIN_PASSWORD = 12
export const AUTH_PATH = '/api/auth'

export type Auth = ReturnType<typeof createAuth>

/**
 * better-auth with what we need of it: sign-in by e-mail and password, and sessions. Nobody signs up by themselves; its rate
 * limiter is off because it trusts any X-Forwarded-For, and ours stands in front of it; addresses are not kept with sessions.
 */
export function createAuth({ db, keys, publicUrl, clock }: { db: Database; keys: Keys; publicUrl: string | undefined; clock: Clock }) {
  const loopback = ['localhost:*', '127.0.0.1:*', '[::1]:*']
  return betterAuth({
    appName: 'Balas',
    basePath: AUTH_PATH,
    baseURL: publicUrl ?? { allowedHosts: loopback, protocol: 'http' },
    trustedOrigins: publicUrl ? [new URL(publicUrl).origin] : loopback.map((host) => `http://${host}`),
    secret: keys.sessions,
    database: prismaAdapter(db.queued, { provider: db.provider }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MIN_PASSWORD, maxPasswordLength: 200 },
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
