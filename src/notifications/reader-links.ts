import { parse, stringify } from 'uuid'
import type { Keys } from '../privacy/secret.ts'
import { sameString, sign } from '../privacy/tokens.ts'

const PURPOSES = { confirm: 'confirm-mails', stop: 'stop-mails' } as const
const ID_BYTES = 16

/** Whom a link in a mail to a reader is for, by the subscription's id, and the thread that the mail was about. */
export interface ReaderLink {
  readerId: string
  threadId: string
}

/**
 * The address of the page on which a reader confirms the address or stops mails. It works for that one purpose and as long as the
 * subscription's row is there, which is what takes it back. The token is one base64url string: both UUIDs and an HMAC-SHA256 over them.
 */
export function createReaderLink({
  keys,
  publicUrl,
  purpose,
  readerId,
  threadId,
}: ReaderLink & { keys: Keys; publicUrl: string; purpose: keyof typeof PURPOSES }): string {
  const ids = Buffer.concat([parse(readerId), parse(threadId)])
  const token = Buffer.concat([ids, signature({ keys, purpose, ids })]).toString('base64url')
  return `${publicUrl}/follow/${purpose}/${token}`
}

/** What the token of such a link says; null when it is forged, damaged, or of another purpose. */
export function readReaderLink({ keys, purpose, token }: { keys: Keys; purpose: keyof typeof PURPOSES; token: string }): ReaderLink | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length <= 2 * ID_BYTES || bytes.toString('base64url') !== token) return null
  const ids = bytes.subarray(0, 2 * ID_BYTES)
  const signed = bytes.subarray(2 * ID_BYTES).toString('base64url')
  if (!sameString(signed, signature({ keys, purpose, ids }).toString('base64url'))) return null
  return { readerId: stringify(ids.subarray(0, ID_BYTES)), threadId: stringify(ids.subarray(ID_BYTES)) }
}

const signature = ({ keys, purpose, ids }: { keys: Keys; purpose: keyof typeof PURPOSES; ids: Buffer }) =>
  Buffer.from(sign({ keys, purpose: PURPOSES[purpose], words: ids.toString('base64url') }), 'base64url')
