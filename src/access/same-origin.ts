import type { IncomingMessage } from 'node:http'
import { Forbidden } from '../errors.ts'
import { parseUrl } from '../parse-url.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a write that comes with a cookie from another site's page (cross-site request forgery). Browsers tell by
 * `Sec-Fetch-Site`; older ones by `Origin`; a write with neither is no browser's form and is refused too.
 * @throws Forbidden
 */
export function refuseForeignWrite(req: IncomingMessage, ownOrigins: string[]): void {
  if (SAFE.has(req.method ?? '')) return
  const site = req.headers['sec-fetch-site']
  const origin = req.headers.origin
  const same =
    site === undefined ? origin !== undefined && isOwnOrigin({ origin, host: req.headers.host, ownOrigins }) : site === 'same-origin'
  if (!same) throw Forbidden('Signed-in changes are taken from our own pages only.')
}

/** Whether an Origin header names this server: a configured address, or the very host that the request was sent to. */
export function isOwnOrigin({ origin, host, ownOrigins }: { origin: string; host: string | undefined; ownOrigins: string[] }): boolean {
  if (ownOrigins.includes(origin)) return true
  const parsed = parseUrl(origin)
  if (!parsed || host === undefined) return false
  const { protocol, host: from } = parsed
  return from === host && ownOrigins.some((own) => own.startsWith(`${protocol}//`)) // a plain-http page of an https host may be forged
}
