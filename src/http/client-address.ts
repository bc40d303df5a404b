import { isIP } from 'node:net'
import type { RequestHandler } from 'express'
import { MalformedRequest } from '../errors.ts'

/**
 * The bare address in what a proxy wrote of a caller: `203.0.113.9`, `203.0.113.9:40001`, `[2001:db8::1]:4000`, `"[2001:db8::1]"`,
 * `for=203.0.113.9`. A port is a new one for each connection, so what is counted or banned by an address with one is nobody. Null when it is none.
 */
export function bareAddress(entry: string): string | null {
  const said = entry
    .trim()
    .replace(/^for=/i, '')
    .replace(/^"(.*)"$/, '$1')
  const inside = /^\[([^\]]*)\](?::\d+)?$/.exec(said)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(said)?.[1] ?? said
  const address = inside.replace(/%.*$/, '').replace(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i, '$1')
  return isIP(address) === 0 ? null : address.toLowerCase()
}

/** The `for` members of a Forwarded header (RFC 7239), in its order; a hop that names none is kept as `unknown`. */
const forwardedFor = (header: string): string[] =>
  header.split(',').map(
    (hop) =>
      hop
        .split(';')
        .map((part) => part.trim())
        .find((part) => /^for=/i.test(part)) ?? 'unknown',
  )

/**
 * Makes what proxies say of the caller one list of bare addresses, before Express reads it: X-Forwarded-For, or Forwarded where there is none.
 * What is no address stays, so that the proxies that are trusted are counted as they stand.
 */
export const readForwarded: RequestHandler = (req, _res, next) => {
  const { 'x-forwarded-for': listed, forwarded } = req.headers
  const entries = listed === undefined ? forwarded && forwardedFor(forwarded) : String(listed).split(',')
  if (entries) req.headers['x-forwarded-for'] = entries.map((entry) => bareAddress(entry) ?? entry.trim()).join(', ')
  next()
}

/**
 * Refuses a caller whose address a trusted proxy did not say: counted with all others like it, everybody would share one limit, and a ban of one
 * would be a ban of all. Without a proxy the connection always has one.
 *
 * @throws MalformedRequest
 */
export function checkAddress(ip: string | undefined): string {
  const address = ip === undefined ? null : bareAddress(ip)
  if (address === null) throw MalformedRequest('The proxy did not say by an address from where this request comes.')
  return address
}
