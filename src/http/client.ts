import { parseCookie } from 'cookie'
import type { Request } from 'express'
import type { IncomingMessage } from 'node:http'
import { checkAddress } from './client-address.ts'
import { locales } from '../locales/index.ts'

/**
 * The caller's address as `trust proxy` tells it; a forged X-Forwarded-For changes nothing unless a trusted proxy passed it on.
 * @throws MalformedRequest
 */
export const ipOf = (req: Request): string => checkAddress(req.ip)

export const cookieOf = (req: IncomingMessage, name: string): string | null => parseCookie(req.headers.cookie ?? '')[name] ?? null

/** The token of `Authorization: Bearer`, or an empty string. */
export const bearerOf = (req: Request): string => /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? ''

/** The language of ours that a request asks for first, if it asks for any that there is. */
export const localeOf = (req: Request): string | undefined =>
  /[a-z]/i.test(req.get('Accept-Language') ?? '') ? req.acceptsLanguages([...locales]) || undefined : undefined
