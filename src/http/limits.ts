import type { Request, Response } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { TooManyRequests, Unavailable } from '../errors.ts'
import { CannotCount, SharedLimitStore } from './limit-store.ts'

const MINUTE_MS = 60_000
const IPV6_PREFIX = 56

interface LimitOptions {
  db: Database
  clock: Clock
  name: string
  windowMs?: number
  /** Hits in a window; may depend on what `res.locals` holds. */
  limit: (res: Response) => number
  /** Told apart besides by the network. */
  scope?: (res: Response) => string
}

/**
 * Counts requests by network: an IPv4 address or an IPv6 /56. On SQLite the count is in memory, on PostgreSQL shared by all
 * replicas. The function that it gives rejects with TooManyRequests, or with CannotCount when the shared count is out of reach.
 */
function createLimit({ db, clock, name, windowMs = MINUTE_MS, limit, scope = () => '' }: LimitOptions) {
  return countWith({ windowMs, limit, scope, ...(db.provider === 'postgresql' && { store: new SharedLimitStore({ db, clock, prefix: `${name}:` }) }) })
}

function countWith({ windowMs, limit, scope, store }: Pick<LimitOptions, 'limit'> & { windowMs: number; scope: (res: Response) => string; store?: SharedLimitStore }) {
  const middleware = rateLimit({
    windowMs,
    limit: (_req, res) => limit(res as Response),
    keyGenerator: (req, res) => `${scope(res as Response)}:${ipKeyGenerator((req as Request).ip ?? 'unknown', IPV6_PREFIX)}`,
    standardHeaders: 'draft-6',
    legacyHeaders: false,
    ...(store && { store }),
    // A header that nobody trusts is not an error here: `trust proxy` alone says who is believed.
    validate: { xForwardedForHeader: false, forwardedHeader: false, trustProxy: false },
    handler: (_req, res, next) => {
      const seconds = String(res.getHeader('Retry-After') ?? Math.ceil(windowMs / 1000))
      next(TooManyRequests(`Try again in ${seconds} seconds.`, { headers: { 'Retry-After': seconds } }))
    },
  })
  return (req: Request, res: Response) => new Promise<void>((resolve, reject) => void middleware(req, res, (error?: unknown) => (error ? reject(error) : resolve())))
}

export type Limits = ReturnType<typeof createLimits>

/** The limits of the doors that are open to everybody. */
export function createLimits({ db, clock }: { db: Database; clock: Clock }) {
  const perMinute = (res: Response) => Number(res.locals['submissionsPerMinute'])
  const ofSite = (res: Response) => String(res.locals['siteId'])
  const submissions = createLimit({ db, clock, name: 'submit', limit: perMinute, scope: ofSite })
  const strict = countWith({ windowMs: MINUTE_MS, limit: (res) => Math.ceil(perMinute(res) / 2), scope: ofSite })
  const signIn = createLimit({ db, clock, name: 'sign-in', windowMs: 5 * MINUTE_MS, limit: () => 20 })
  const links = createLimit({ db, clock, name: 'link', limit: () => 300 })

  /** Doors that lead to power fail closed. */
  const failClosed = (limit: typeof signIn) => async (req: Request, res: Response) => {
    try {
      await limit(req, res)
    } catch (error) {
      throw error instanceof CannotCount ? Unavailable('Please try again in a moment.', { headers: { 'Retry-After': '5' } }) : error
    }
  }

  return {
    /**
     * Counts a submission to a site. False when the shared count was out of reach: then a stricter count of this process alone
     * stands in, and the comment must be held.
     * @throws TooManyRequests
     */
    async submission({ req, res, site }: { req: Request; res: Response; site: { id: string; settings: { submissionsPerMinute: number } } }): Promise<boolean> {
      res.locals['siteId'] = site.id
      res.locals['submissionsPerMinute'] = site.settings.submissionsPerMinute
      try {
        await submissions(req, res)
        return true
      } catch (error) {
        if (!(error instanceof CannotCount)) throw error
        await strict(req, res)
        return false
      }
    },
    signIn: failClosed(signIn),
    link: failClosed(links),
  }
}
