import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import type { Keys } from './secret.ts'
import { fewRandomBytes } from './tokens.ts'

const IV_BYTES = 12
const TAG_BYTES = 16

/** What was sealed cannot be opened: another secret, another place, or changed bytes. */
export class CannotUnseal extends Error {}

/**
 * Seals a value for one place: AES-256-GCM with the place (`Comment.email/<row id>`) as associated data, so that a sealed value
 * copied to another row does not open there. Gives `<key id>.<base64url of iv, ciphertext, tag>`.
 */
export function seal({ keys, place, value }: { keys: Keys; place: string; value: string }): string {
  const iv = fewRandomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keys.seal, iv)
  cipher.setAAD(Buffer.from(place))
  const sealed = Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${keys.id}.${sealed.toString('base64url')}`
}

/** @throws CannotUnseal */
export function unseal({ keys, place, sealed }: { keys: Keys; place: string; sealed: string }): string {
  const bytes = Buffer.from(sealed.slice(sealed.indexOf('.') + 1), 'base64url')
  if (!sealed.startsWith(`${keys.id}.`) || bytes.length < IV_BYTES + TAG_BYTES)
    throw new CannotUnseal(`${place} was sealed with another secret`)
  const decipher = createDecipheriv('aes-256-gcm', keys.seal, bytes.subarray(0, IV_BYTES))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    throw new CannotUnseal(`${place} does not open`)
  }
}

/** The place of a column of a row, as sealed values name it. */
export const place = (
  column:
    | 'Comment.email'
    | 'Comment.ip'
    | 'Subscription.email'
    | 'IdempotencyKey.answer'
    | 'Meta.canary'
    | 'Webhook.url'
    | 'Webhook.secret'
    | 'cookie.preview'
    | 'cookie.author',
  row: string,
) => `${column}/${row}`

/** A blind index: tells whether two values are the same to whoever holds the secret, and nothing to anybody else. */
export const blindIndex = ({ keys, kind, value }: { keys: Keys; kind: string; value: string }) =>
  createHmac('sha256', keys.index).update(`${kind}\0${value}`).digest().subarray(0, 18).toString('base64url')

/** The index of an e-mail address; letter case does not count. */
export const emailIndex = (keys: Keys, email: string) => blindIndex({ keys, kind: 'email', value: email.toLowerCase() })

/** The index of an address's network. */
export const networkIndex = (keys: Keys, ip: string) => blindIndex({ keys, kind: 'network', value: networkOf(ip) })

/** The network an address belongs to: its /24 for IPv4 (also when mapped into IPv6), its /56 for IPv6; "unknown" for no address. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return 'unknown'
  const address = ipaddr.process(ip)
  const bits = address.kind() === 'ipv4' ? 24 : 56
  const bytes = address.toByteArray().map((byte, index) => (index < bits / 8 ? byte : 0))
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`
}

/** An address as moderators see it: `b***@example.org`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${[...email][0] ?? ''}***${email.slice(at)}`
}
