import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import type { Keys } from './secret.ts'
import { fewRandomBytes } from './tokens.ts'

const IV_BYTES = 12
const TAG_BYTES = 16

/** What was sealed cannot be opened: another secret, another place, or changed bytes. */
export class CannotUnseal extends Error {}

/**
 * Seals a value for one place: AES-256-GCM with the place (`Comment.email/<row id>`) as additional authenticated data, so that a sealed value
 * copied to another row does not open there. Gives `<key id>.<base64url of iv, ciphertext, tag>`.
 */
export function seal({ keys, aad, value }: { keys: Keys; aad: string; value: string }): string {
  return `${keys.id}.${Buffer.concat(encrypt({ keys, aad, bytes: Buffer.from(value) })).toString('base64url')}`
}

/** @throws CannotUnseal */
export function unseal({ keys, aad, sealed }: { keys: Keys; aad: string; sealed: string }): string {
  if (!sealed.startsWith(`${keys.id}.`)) throw anotherSecret(aad)
  return decrypt({ keys, aad, sealed: Buffer.from(sealed.slice(keys.id.length + 1), 'base64url') }).toString('utf8')
}

/** The same for bytes: `<key id>.`, then iv, ciphertext and tag as they are. */
export const sealBytes = ({ keys, aad, bytes }: { keys: Keys; aad: string; bytes: Uint8Array }): Buffer<ArrayBuffer> =>
  Buffer.concat([Buffer.from(`${keys.id}.`), ...encrypt({ keys, aad, bytes })])

/** @throws CannotUnseal */
export function unsealBytes({ keys, aad, sealed }: { keys: Keys; aad: string; sealed: Uint8Array }): Buffer {
  const all = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const name = Buffer.from(`${keys.id}.`)
  if (!all.subarray(0, name.length).equals(name)) throw anotherSecret(aad)
  return decrypt({ keys, aad, sealed: all.subarray(name.length) })
}

function encrypt({ keys, aad, bytes }: { keys: Keys; aad: string; bytes: Uint8Array }): Buffer[] {
  const iv = fewRandomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keys.seal, iv)
  cipher.setAAD(Buffer.from(aad))
  return [iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]
}

function decrypt({ keys, aad, sealed }: { keys: Keys; aad: string; sealed: Buffer }): Buffer {
  if (sealed.length < IV_BYTES + TAG_BYTES) throw anotherSecret(aad)
  const decipher = createDecipheriv('aes-256-gcm', keys.seal, sealed.subarray(0, IV_BYTES))
  decipher.setAAD(Buffer.from(aad))
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
  } catch {
    throw new CannotUnseal(`${aad} does not open`)
  }
}

const anotherSecret = (aad: string) => new CannotUnseal(`${aad} was sealed with another secret`)

/** What a sealed value is bound to: a column of a row. */
export const aadOf = (
  column:
    | 'Comment.email'
    | 'Comment.ip'
    | 'Subscription.email'
    | 'IdempotencyKey.answer'
    | 'KeptChunk.sealed'
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
