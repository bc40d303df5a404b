import { createHmac } from 'node:crypto'
import { fewRandomBytes } from '../privacy/tokens.ts'

const PREFIX = 'whsec_'

/** A new secret of 256 bits as Standard Webhooks writes it: `whsec_` and base64. */
export const newSecret = () => PREFIX + fewRandomBytes(32).toString('base64')

/**
 * The headers by which a receiver knows that a call is ours, not altered, and not an old one played again (Standard Webhooks 1.0):
 * `webhook-id` stays the same at every try of a call, `webhook-timestamp` (seconds) is the try's own, and `webhook-signature` holds
 * one HMAC-SHA256 of `id.timestamp.body` for each secret, so that a receiver may check the old or the new one while they change.
 *
 * @example signedHeaders({ id: '0193…', at: clock(), body, secrets: ['whsec_…'] })['webhook-signature'] // 'v1,K5oZ…='
 */
export function signedHeaders({ id, at, body, secrets }: { id: string; at: Date; body: string; secrets: string[] }) {
  const timestamp = Math.floor(at.getTime() / 1000).toString()
  const signature = (secret: string) =>
    `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64')}`
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': secrets.map(signature).join(' ') }
}
