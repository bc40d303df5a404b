import type { Request, Response } from 'express'
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { TooManyRequests, Unavailable } from '../errors.ts'
import type { Keys } from '../privacy/secret.ts'
import { ipOf } from './client.ts'
import { CannotCount, MemoryLimitStore, SharedLimitStore } from './limit-store.ts'

const MINUTE_MS = 60_000
const IPV6_PREFIX = 56
/** What cannot do much harm is counted in each process's memory alone. */
const PREVIEWS = 60
const REPORTS = 20

interface LimitOptions {
  db: Database
  clock: Clock
  keys: Keys
  /** For the shared count; see limit-store.ts. */
  patienceMs: number | undefined
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
function createLimit({ db, clock, keys, patienceMs, name, windowMs = MINUTE_MS, limit, scope = () => '' }: LimitOptions) {
  const store = db.provider === 'postgresql' ? new SharedLimitStore({ db, clock, keys, name, patienceMs }) : new MemoryLimitStore({ clock })
  return countWith({ clock, windowMs, limit, scope, store })
}

function countWith({
  clock,
  windowMs,
  limit,
  scope,
  store,
  isTold = true,
}: Required<Pick<LimitOptions, 'clock' | 'windowMs' | 'limit' | 'scope'>> & {
  store: Store
  /** Whether the answer's headers say how much is left. */
  isTold?: boolean
}) {
  const middleware = rateLimit({
    windowMs,
    limit: (_req, res) => limit(res),
    keyGenerator: (req, res) => `${scope(res)}:${networkOf(req)}`,
    standardHeaders: isTold && 'draft-6',
    legacyHeaders: false,
    store,
    // A header that nobody trusts is not an error here: `trust proxy` alone says who is believed.
    validate: { xForwardedForHeader: false, forwardedHeader: false, trustProxy: false },
    handler: (req, _res, next) => {
      const { resetTime } = (req as Request & { rateLimit?: { resetTime?: Date } }).rateLimit ?? {}
      const waitMs = resetTime ? resetTime.getTime() - clock().getTime() : windowMs
      const seconds = String(Math.max(1, Math.ceil(waitMs / 1000)))
      next(TooManyRequests(`Try again in ${seconds} seconds.`, { headers: { 'Retry-After': seconds } }))
    },
  })
  return (req: Request, res: Response) =>
    new Promise<void>((resolve, reject) => void middleware(req, res, (error?: unknown) => (error ? reject(error) : resolve())))
}

/** What limits tell callers apart by: an IPv4 address or an IPv6 /56. @throws MalformedRequest */
export const networkOf = (req: Request) => ipKeyGenerator(ipOf(req), IPV6_PREFIX)

interface AtSite {
  req: Request
  res: Response
  site: { id: string }
}

interface ReaderRequest extends AtSite {
  site: { id: string; settings: { submissionsPerMinute: number } }
}

export type Limits = ReturnType<typeof createLimits>

/** The limits of the doors that are open to everybody. */
export function createLimits({
  db,
  clock,
  keys,
  patienceMs,
}: {
  db: Database
  clock: Clock
  keys: Keys
  /** How long the shared count is waited for, milliseconds; a quarter of a second unless told otherwise. */
  patienceMs?: number | undefined
}) {
  const shared = { db, clock, keys, patienceMs }
  const perMinute = (res: Response) => Number(res.locals['submissionsPerMinute'])
  const ofSite = (res: Response) => String(res.locals['siteId'])
  const submissions = createLimit({ ...shared, name: 'submit', limit: perMinute, scope: ofSite })
  const amendments = createLimit({ ...shared, name: 'amend', limit: perMinute, scope: ofSite })
  const strict = countWith({
    clock,
    windowMs: MINUTE_MS,
    limit: (res) => Math.ceil(perMinute(res) / 2),
    scope: ofSite,
    store: new MemoryLimitStore({ clock }),
  })
  const inMemory = { clock, windowMs: MINUTE_MS, scope: ofSite }
  const previews = countWith({ ...inMemory, limit: () => PREVIEWS, store: new MemoryLimitStore({ clock }) })
  const reports = countWith({ ...inMemory, limit: () => REPORTS, store: new MemoryLimitStore({ clock }), isTold: false })
  const signIn = createLimit({ ...shared, name: 'sign-in', windowMs: 5 * MINUTE_MS, limit: () => 20 })
  const links = createLimit({ ...shared, name: 'link', limit: () => 300 })

  /** Doors that lead to power fail closed. */
  const failClosed = (limit: typeof signIn) => async (req: Request, res: Response) => {
    try {
      await limit(req, res)
    } catch (error) {
      throw error instanceof CannotCount ? Unavailable('Please try again in a moment.', { headers: { 'Retry-After': '5' } }) : error
    }
  }

  /** Readers' doors stay open, a little less wide: false when the shared count was out of reach and a stricter one stood in. */
  const failStricter =
    (limit: typeof submissions) =>
    async ({ req, res, site }: ReaderRequest): Promise<boolean> => {
      res.locals['siteId'] = site.id
      res.locals['submissionsPerMinute'] = site.settings.submissionsPerMinute
      try {
        await limit(req, res)
        return true
      } catch (error) {
        if (!(error instanceof CannotCount)) throw error
        await strict(req, res)
        return false
      }
    }

  return {
    /**
     * Counts a submission to a site. False when the shared count was out of reach: then a stricter count of this process alone
     * stands in, and the comment must be held.
     * @throws TooManyRequests
     */
    submission: failStricter(submissions),
    /**
     * Counts a change that authors make to their own comment: each may mean a mail to every moderator. The same number, counted apart.
     * @throws TooManyRequests
     */
    amendment: failStricter(amendments),
    /**
     * Counts a look at what a text would become.
     * @throws TooManyRequests
     */
    preview: ({ req, res, site }: AtSite): Promise<void> => {
      res.locals['siteId'] = site.id
      return previews(req, res)
    },
    /** Counts a report; false for one too many, of which its sender is told nothing. */
    report: async ({ req, res, site }: AtSite): Promise<boolean> => {
      res.locals['siteId'] = site.id
      return reports(req, res).then(
        () => true,
        () => false,
      )
    },
    signIn: failClosed(signIn),
    link: failClosed(links),
  }
}
