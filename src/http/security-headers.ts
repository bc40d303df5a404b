import { ServerResponse, IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * helmet's headers, without what breaks a product that stands in other people's pages: its Cross-Origin-Resource-Policy would keep
 * our files from them, its form-action our redirect back to the article, and its Referrer-Policy would make form posts say
 * `Origin: null`. They are the same for every request, so helmet is asked once.
 */
export function securityHeaders(publicUrl: string): RequestHandler {
  const headers = headersOf(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"] },
      },
      crossOriginResourcePolicy: { policy: 'cross-origin' },
      crossOriginEmbedderPolicy: false,
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
      strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 15_552_000, includeSubDomains: false } : false,
    }),
  )
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value)
    next()
  }
}

/** What a middleware that only sets headers would set. */
function headersOf(middleware: ReturnType<typeof helmet>): [string, string][] {
  const req = new IncomingMessage(new Socket())
  const res = new ServerResponse(req)
  middleware(req, res, (error) => {
    if (error instanceof Error) throw error
  })
  return Object.entries(res.getHeaders()).map(([name, value]) => [name, String(value)])
}
