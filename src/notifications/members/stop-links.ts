import { parse, stringify } from 'uuid'
import type { Keys } from '../../privacy/secret.ts'
import { sameString, sign } from '../../privacy/tokens.ts'

const KINDS = ['heldComments', 'weeklySummary', 'deliveryFailing'] as const

/** What a member can stop from a mail: one kind of mail of one site. */
export interface StopLink {
  what: (typeof KINDS)[number]
  siteId: string
  userId: string
}

/**
 * The address that stops a kind of mail to a member, without signing in (RFC 8058). It works as long as they belong to the site:
 * old mails must be able to stop new ones.
 *
 * The token is one base64url string: a byte for the kind, the site's UUID, the user's id, and an HMAC-SHA256 over all of it.
 */
export function createStopLink({ keys, publicUrl, what, siteId, userId }: StopLink & { keys: Keys; publicUrl: string }): string {
  const words = Buffer.concat([Buffer.of(KINDS.indexOf(what)), parse(siteId), Buffer.from(userId)])
  return `${publicUrl}/mails/stop/${Buffer.concat([words, signature(keys, words)]).toString('base64url')}`
}

/** What the token of such an address says; null when it is forged or damaged. */
export function readStopLink({ keys, token }: { keys: Keys; token: string }): StopLink | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length <= HEAD_BYTES + SIGNATURE_BYTES || bytes.toString('base64url') !== token) return null
  const words = bytes.subarray(0, -SIGNATURE_BYTES)
  if (!sameString(bytes.subarray(-SIGNATURE_BYTES).toString('hex'), signature(keys, words).toString('hex'))) return null
  const what = KINDS[words.readUInt8(0)]
  return what ? { what, siteId: stringify(words.subarray(1, HEAD_BYTES)), userId: words.toString('utf8', HEAD_BYTES) } : null
}

const HEAD_BYTES = 17
const SIGNATURE_BYTES = 32

const signature = (keys: Keys, words: Buffer) =>
  Buffer.from(sign({ keys, purpose: 'member-stop', words: words.toString('base64url') }), 'base64url')
