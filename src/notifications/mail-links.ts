import { parse, stringify } from 'uuid'
import type { Keys } from '../privacy/secret.ts'
import { sameString, sign } from '../privacy/tokens.ts'

/** How long a link in a moderation mail works, in days. */
export const MAIL_LINK_DAYS = 7

const DAY_SECONDS = 86_400
const ACTIONS = ['approve', 'reject', 'spam'] as const
export type MailLinkAction = (typeof ACTIONS)[number]

/** What a mailed link is for: one action on one version of one comment, by one moderator. */
export interface MailLink {
  action: MailLinkAction
  commentId: string
  version: number
  userId: string
}

/**
 * The address of the page on which the moderator can decide. It works for seven days from `at`, and since every decision raises
 * the comment's version, for one decision.
 *
 * The token is one base64url string: a byte for the action, four for the expiry (seconds), six for the version, the comment's UUID,
 * the user's id, and an HMAC-SHA256 over all of it.
 */
export function createMailLink({ keys, publicUrl, at, ...link }: MailLink & { keys: Keys; publicUrl: string; at: Date }): string {
  const expires = Math.floor(at.getTime() / 1000) + MAIL_LINK_DAYS * DAY_SECONDS
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt8(ACTIONS.indexOf(link.action), 0)
  head.writeUInt32BE(expires, 1)
  head.writeUIntBE(link.version, 5, 6)
  head.set(parse(link.commentId), 11)
  const words = Buffer.concat([head, Buffer.from(link.userId)])
  const token = Buffer.concat([words, signature(keys, words)]).toString('base64url')
  return `${publicUrl}/moderate/${token}`
}

/** What the token of such a link says; null when it is forged, damaged, or expired. */
export function readMailLink({ keys, token, now }: { keys: Keys; token: string; now: Date }): MailLink | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length <= HEAD_BYTES + SIGNATURE_BYTES || bytes.toString('base64url') !== token) return null
  const words = bytes.subarray(0, -SIGNATURE_BYTES)
  const signed = bytes.subarray(-SIGNATURE_BYTES)
  if (!sameString(signed.toString('hex'), signature(keys, words).toString('hex'))) return null
  const action = ACTIONS[words.readUInt8(0)]
  const commentId = stringify(words.subarray(11, HEAD_BYTES))
  if (!action || words.readUInt32BE(1) * 1000 <= now.getTime()) return null
  return { action, commentId, version: words.readUIntBE(5, 6), userId: words.toString('utf8', HEAD_BYTES) }
}

const HEAD_BYTES = 27
const SIGNATURE_BYTES = 32

const signature = (keys: Keys, words: Buffer) =>
  Buffer.from(sign({ keys, purpose: 'mail-link', words: words.toString('base64url') }), 'base64url')
