import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { newId } from '../ids.ts'
import { ALL_SITES } from '../access/policy.ts'
import type { Outbox } from '../notifications/announce.ts'
import type { Keys } from '../privacy/secret.ts'
import { hashToken, sameString, sign } from '../privacy/tokens.ts'
import type { Auth } from './auth.ts'
import { countPasskeys } from './passkeys/store.ts'
import { endAllSessions, endChallenges } from './session-store.ts'
import { findUser, passwordOf, replacePassword } from './store.ts'

/** How long a mailed link works, in minutes. */
export const RESET_MINUTES = 60
/** Whoever asks again within so many minutes gets no second mail. */
const EVERY_MINUTES = 5

const MINUTE_MS = 60_000
const FORM = /^([0-9a-f-]{36})\.(\d{13})\.([\w-]{43})$/

interface Asked {
  userId: string
  /** When it was asked for, milliseconds. */
  at: number
  /** The password's hash as it stands: with another password the link is another, so each works once. */
  passwordHash: string
}

/** The token of a reset's link. It is made when the mail is written and kept nowhere. */
export const resetToken = ({ keys, userId, at, passwordHash }: Asked & { keys: Keys }) =>
  `${userId}.${at}.${sign({ keys, purpose: 'reset', words: `${userId}:${at}:${hashToken(passwordHash)}` })}`

export type PasswordReset = ReturnType<typeof createPasswordReset>

/**
 * A way back for who forgot the password: a link by mail, with which a new one is set. It signs nobody in, so that a second factor is
 * asked for as at any sign-in; and it ends every session there is. Passkeys stay, as the second factor does: whoever got at somebody's
 * mails alone must not lock them out, nor add a passkey without a sign-in. But a stranger who had the password may have added one, so it
 * is said that they still open the account.
 */
export function createPasswordReset({
  db,
  clock,
  keys,
  auth,
  outbox,
}: {
  db: Database
  clock: Clock
  keys: Keys
  auth: Auth
  outbox: Outbox
}) {
  /** Whose link it is, while it works. */
  async function open(token: string): Promise<Asked | null> {
    const [, userId = '', time = '', signature = ''] = FORM.exec(token) ?? []
    const at = Number(time)
    const age = clock().getTime() - at
    if (!signature || age < 0 || age > RESET_MINUTES * MINUTE_MS) return null
    const passwordHash = await passwordOf(db.read, userId)
    if (passwordHash === null) return null
    const asked = { userId, at, passwordHash }
    return sameString(resetToken({ keys, ...asked }), token) ? asked : null
  }

  return {
    isOpen: async (token: string): Promise<boolean> => (await open(token)) !== null,

    /**
     * Mails a link to the account with this address, if there is one. An address without one leaves a row in the outbox too, which is
     * never sent, so that neither the answer nor the time it takes tells who has an account.
     */
    async ask(email: string): Promise<void> {
      const account = await findUser(db.read, email)
      const turn = String(Math.floor(clock().getTime() / (EVERY_MINUTES * MINUTE_MS)) * EVERY_MINUTES * MINUTE_MS)
      const whom = account ? { subjectId: account.id, userId: account.id } : { subjectId: newId(clock()) }
      await db.write((tx) => outbox.tell(tx, { kind: 'account.reset', siteId: ALL_SITES, turn, ...whom }))
      outbox.wake()
    },

    /** Sets the new password and ends all sessions, and sign-ins that wait for their second step. Null when the link does not work. */
    async set({ token, password }: { token: string; password: string }): Promise<{ hasPasskeys: boolean } | null> {
      const asked = await open(token)
      if (!asked) return null
      const { userId, passwordHash } = asked
      const hash = await (await auth.$context).password.hash(password)
      return db.write(async (tx) => {
        if (!(await replacePassword(tx, { userId, from: passwordHash, to: hash, at: clock() }))) return null
        await endAllSessions(tx, userId)
        await endChallenges(tx, userId)
        return { hasPasskeys: (await countPasskeys(tx, userId)) > 0 }
      })
    },
  }
}
