import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/connect.ts'
import { isUniqueViolation } from '../../database/errors.ts'
import type { Keys } from '../../privacy/secret.ts'
import { randomToken, sameString, sign } from '../../privacy/tokens.ts'
import { insertUsed } from '../session-store.ts'

export const CHALLENGE_SECONDS = 300

const FORM = /^([\w-]{43})\.(\d{13})\.([\w-]{43})$/

interface Asking {
  /** An answer to the one is none to the other. */
  purpose: 'register' | 'sign-in'
  /** What tells the browser that asks: its session, or a random token of its own. */
  browser: string
}

/**
 * What authenticators sign, to show that they answer now and not before. A challenge tells by our signature that it is ours, of whom
 * and since when, so that asking for one stores nothing; an answer stores that it was used, so that there is no second, on any replica.
 */
export function createChallenges({ db, keys, clock }: { db: Database; keys: Keys; clock: Clock }) {
  const write = ({ purpose, browser }: Asking, random: string, at: number) =>
    `${random}.${at}.${sign({ keys, purpose: 'passkey', words: `${purpose}:${browser}:${random}:${at}` })}`

  return {
    issue: (asking: Asking): string => write(asking, randomToken(), clock().getTime()),

    /** Uses a challenge up, as it stands in an answer (base64url); false when it is not of this asking, too old, or was used before. */
    async use({ challenge, ...asking }: Asking & { challenge: string }): Promise<boolean> {
      const text = Buffer.from(challenge, 'base64url').toString()
      const [, random = '', time = ''] = FORM.exec(text) ?? []
      const now = clock()
      const expiresAt = new Date(Number(time) + CHALLENGE_SECONDS * 1000)
      if (!random || now >= expiresAt || !sameString(text, write(asking, random, Number(time)))) return false
      try {
        await db.write((tx) => insertUsed(tx, { id: `passkey:${random}`, now, expiresAt }))
        return true
      } catch (error) {
        if (isUniqueViolation(error)) return false
        throw error
      }
    },
  }
}
