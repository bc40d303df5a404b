import { APIError, createAuthMiddleware } from 'better-auth/api'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { isUniqueViolation } from '../database/errors.ts'
import { insertUsedCode } from './session-store.ts'

/** Longer than any code is good for: its own half minute, and the ones before and after it. */
const REMEMBERED_MS = 120_000

/**
 * Has each code by time open one sign-in at most, which RFC 6238 (section 5.2) demands and better-auth's plugin does not see to:
 * who looks over a shoulder, and knows the password, cannot use the code again. A code counts as used when it is tried.
 */
export const refuseUsedCodes = ({ db, clock }: { db: Database; clock: Clock }) =>
  createAuthMiddleware(async (ctx) => {
    if (ctx.path !== '/two-factor/verify-totp') return
    const { name } = ctx.context.createAuthCookie('two_factor')
    const challenge = await ctx.getSignedCookie(name, ctx.context.secret)
    const userId = challenge && (await ctx.context.internalAdapter.findVerificationValue(challenge))?.value
    if (!userId) return // no sign-in that waits: an app is being set up, or better-auth refuses
    const code = String((ctx.body as { code?: unknown } | undefined)?.code)
    const now = clock()
    try {
      await db.write((tx) => insertUsedCode(tx, { userId, code, now, expiresAt: new Date(now.getTime() + REMEMBERED_MS) }))
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw new APIError('UNAUTHORIZED', { code: 'INVALID_CODE', message: 'Invalid code' })
    }
  })
