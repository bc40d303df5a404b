import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import express, { type RequestHandler, type Response } from 'express'
import { MalformedRequest, type Problem, TooLarge, UnsupportedType } from '../errors.ts'
import { isFormUtf8, OtherEncoding, readOtherForm } from './utf8.ts'

const LIMIT_BYTES = 64 * 1024
/** A table of some ten thousand lines. */
const CSV_BYTES = 4 * 1024 * 1024
const MAX_DEPTH = 32
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/** What bodies are taken as. */
export const MEDIA = { json: 'application/json', form: 'application/x-www-form-urlencoded', csv: 'text/csv' } as const
export type BodyKind = keyof typeof MEDIA

/**
 * Reads a request's body into `req.body`: JSON, and forms where they are taken, at most 64 KiB and 32 levels deep; a table (CSV) as
 * its text, at most 4 MiB. A request of another type is refused, not guessed at.
 */
export function readBody(accepts: BodyKind[]): RequestHandler[] {
  const types = accepts.map((kind) => MEDIA[kind])
  const refuseOthers: RequestHandler = (req, _res, next) => {
    if (!hasBody(req.headers)) return next()
    if (!req.is(types)) return next(UnsupportedType(`Send ${types.join(' or ')}.`))
    next(saysUtf8(req.headers['content-type']) ? undefined : UnsupportedType('Send UTF-8.'))
  }
  const refuseHostile: RequestHandler = (req, _res, next) => {
    if (!hasBody(req.headers)) req.body = undefined // the parsers make an empty object of it
    next(hasForbiddenKey(req.body) ? MalformedRequest('The body has a key that is not allowed.') : undefined)
  }
  return [
    refuseOthers,
    ...(accepts.includes('json')
      ? [express.json({ limit: LIMIT_BYTES, strict: true, verify: refuseHostileJson, type: 'application/json' })]
      : []),
    ...(accepts.includes('form')
      ? [express.urlencoded({ limit: LIMIT_BYTES, extended: false, parameterLimit: 100, verify: keepOtherForm })]
      : []),
    ...(accepts.includes('csv') ? [express.text({ limit: CSV_BYTES, type: MEDIA.csv, verify: refuseOtherEncoding })] : []),
    noteOtherForm,
    refuseHostile,
  ]
}

/** A problem for what Express's body parsers throw, or null when it is none of theirs. */
export function bodyProblem(error: unknown): Problem | null {
  const type = (error as { type?: unknown } | null)?.type
  if (typeof type !== 'string') return null
  if (type === 'entity.too.large' || type === 'parameters.too.many')
    return TooLarge(`A request of this kind is at most ${((error as { limit?: number }).limit ?? LIMIT_BYTES) / 1024} KiB.`)
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') return UnsupportedType('Send UTF-8 without an unusual encoding.')
  if (type.startsWith('entity.') || type.startsWith('request.') || type.startsWith('parameters.'))
    return MalformedRequest('The body cannot be read.')
  return null
}

/** The depth of JSON is counted in its bytes, which other encodings would make something else of. */
const saysUtf8 = (contentType = '') => /^(utf-?8|us-ascii)$/i.test(/;\s*charset\s*=\s*"?([^\s";]*)/i.exec(contentType)?.[1] ?? 'utf-8')

const hasBody = (headers: Record<string, unknown>) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

const refuseOtherEncoding = (_req: unknown, _res: unknown, body: Buffer) => {
  if (!isUtf8(body)) throw OtherEncoding()
}

const refuseHostileJson = (req: unknown, res: unknown, body: Buffer) => {
  refuseOtherEncoding(req, res, body)
  refuseDeepJson(req, res, body)
}

const OTHER_FORM = 'otherForm'
const PROBLEM = 'bodyProblem'

const keepOtherForm = (_req: IncomingMessage, res: ServerResponse, body: Buffer) => {
  if (!isFormUtf8(body)) (res as Response).locals[OTHER_FORM] = body
}

/** A form in another encoding is read as it was meant, for a page that shows it again; see `refuseMisreadBody`. */
const noteOtherForm: RequestHandler = (req, res, next) => {
  const form = res.locals[OTHER_FORM] as Buffer | undefined
  if (form) {
    req.body = readOtherForm(form)
    res.locals[PROBLEM] = OtherEncoding()
  }
  next()
}

/** To be called before a body is used. @throws MalformedRequest where it could only be read by guessing */
export function refuseMisreadBody(res: Response): void {
  if (res.locals[PROBLEM]) throw res.locals[PROBLEM] as Problem
}

/** Counts brackets outside strings before anything is parsed, so that depth costs nothing. */
function refuseDeepJson(_req: unknown, _res: unknown, body: Buffer) {
  let depth = 0
  let inString = false
  for (let i = 0; i < body.length; i++) {
    const byte = body[i]
    if (inString) {
      if (byte === 0x5c) i++
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) inString = true
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > MAX_DEPTH) throw MalformedRequest(`JSON is at most ${MAX_DEPTH} levels deep.`)
    } else if (byte === 0x5d || byte === 0x7d) depth--
  }
}

function hasForbiddenKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.keys(value).some((key) => FORBIDDEN_KEYS.has(key) || hasForbiddenKey((value as Record<string, unknown>)[key]))
}
