import { toNodeHandler } from 'better-auth/node'
import type { Express, NextFunction, Request, Response } from 'express'
import { NotFound } from '../errors.ts'
import { readBody } from '../http/body.ts'
import type { Limits } from '../http/limits.ts'
import { AUTH_PATH, type Auth } from './auth.ts'
import { refuseForeignWrite } from '../access/same-origin.ts'

interface Door {
  method: 'GET' | 'POST'
  /** A password or a code can be guessed here. */
  guessedAt?: boolean
  /** The fields of the body that are handed on; whatever else there is has no say. */
  takes: string[]
  /** What the body says whatever was sent. */
  always?: Record<string, unknown>
}

/**
 * Of better-auth's many endpoints those that we have a use for, and of their fields: no device is trusted to skip the second factor,
 * nobody is led to an address of the request's choosing, and a new password ends every other session. Whatever else a version of it
 * brings is not there. Sessions are listed and ended by endpoints of our own, which do not give tokens away.
 */
const DOORS: Record<string, Door> = {
  'sign-in/email': { method: 'POST', guessedAt: true, takes: ['email', 'password', 'rememberMe'] },
  'sign-in/passkey': { method: 'POST', guessedAt: true, takes: ['credential'] },
  'sign-in/passkey/options': { method: 'POST', takes: [] },
  'sign-out': { method: 'POST', takes: [] },
  'get-session': { method: 'GET', takes: [] },
  'change-password': {
    method: 'POST',
    guessedAt: true,
    takes: ['currentPassword', 'newPassword'],
    always: { revokeOtherSessions: true },
  },
  'two-factor/enable': { method: 'POST', guessedAt: true, takes: ['password'] },
  'two-factor/disable': { method: 'POST', guessedAt: true, takes: ['password'] },
  'two-factor/verify-totp': { method: 'POST', guessedAt: true, takes: ['code'] },
  'two-factor/verify-backup-code': { method: 'POST', guessedAt: true, takes: ['code'] },
  'two-factor/generate-backup-codes': { method: 'POST', guessedAt: true, takes: ['password'] },
}

/**
 * better-auth's own endpoints (sign-in, second factor, password), behind our limiter, same-origin check and limits of size. A
 * client's X-Forwarded-For is taken away: better-auth would believe it.
 */
export function mountAuth({ app, auth, limits, ownOrigins }: { app: Express; auth: Auth; limits: Limits; ownOrigins: string[] }) {
  const handle = toNodeHandler(auth)
  const admit = async (req: Request, res: Response, next: NextFunction) => {
    const door = doorAt(req)
    if (req.headers.cookie || req.headers.origin) refuseForeignWrite(req, ownOrigins)
    if (door.guessedAt) await limits.signIn(req, res)
    delete req.headers['x-forwarded-for']
    res.set('Cache-Control', 'no-store')
    next()
  }
  const pick = (req: Request, _res: Response, next: NextFunction) => {
    const { takes, always } = doorAt(req)
    const sent = (req.body ?? {}) as Record<string, unknown>
    if (req.method === 'POST') req.body = { ...Object.fromEntries(takes.map((field) => [field, sent[field]])), ...always }
    next()
  }
  // A body that is read already is what better-auth takes; reading it itself, it would read any size.
  app.all(`${AUTH_PATH}/{*path}`, admit, ...readBody(['json']), pick, (req: Request, res: Response) => handle(req, res))
}

/** @throws NotFound */
function doorAt(req: Request): Door {
  const name = req.path.slice(AUTH_PATH.length + 1)
  const door = Object.hasOwn(DOORS, name) ? DOORS[name] : undefined
  if (door?.method !== req.method) throw NotFound()
  return door
}
