import type { Request } from 'express'

const DAY_SECONDS = '86400'

/**
 * The CORS headers for an answer about a site: its allowed origins exactly, everybody while it has none; never credentials.
 * No headers for others: their browser then keeps the answer from the page.
 */
export function corsHeaders({ origin, allowedOrigins }: { origin: string | undefined; allowedOrigins: string[] }): Record<string, string> {
  if (allowedOrigins.length === 0) return { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': EXPOSED }
  if (origin === undefined || !allowedOrigins.includes(origin)) return { Vary: 'Origin' }
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': EXPOSED, Vary: 'Origin' }
}

/** What a preflight is told, for a day. */
export const preflightHeaders = (methods: string) => ({
  'Access-Control-Allow-Methods': methods,
  'Access-Control-Allow-Headers': 'Content-Type, Authorization, Idempotency-Key',
  'Access-Control-Max-Age': DAY_SECONDS,
})

export const originOf = (req: Request) => req.headers.origin

const EXPOSED = 'ETag, Retry-After'
