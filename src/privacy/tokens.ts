import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Keys } from './secret.ts'

/** A random token of 256 bits, safe in URLs. */
export const randomToken = () => randomBytes(32).toString('base64url')

let pool = Buffer.alloc(0)

/** Some random bytes, each given out once. They are drawn many at a time, since every draw asks the system. */
export function fewRandomBytes(count: number): Buffer {
  if (pool.length < count) pool = randomBytes(4096)
  const bytes = pool.subarray(0, count)
  pool = pool.subarray(count)
  return bytes
}

/** What is kept of a token that is long and random: enough to know it again, not enough to use it. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('base64url')

/** Compares two strings in a time that does not depend on where they differ. */
export function sameString(one: string, other: string): boolean {
  const hash = (value: string) => createHash('sha256').update(value).digest()
  return timingSafeEqual(hash(one), hash(other))
}

/** A signature of some words for one purpose; made again to verify it, so nothing has to be stored. */
export const sign = ({
  keys,
  purpose,
  words,
}: {
  keys: Keys
  purpose: 'edit' | 'mail-link' | 'invitation' | 'reset' | 'passkey' | 'member-stop' | 'confirm-mails' | 'stop-mails'
  words: string
}) => createHmac('sha256', keys.sign).update(`${purpose}\0${words}`).digest('base64url')
