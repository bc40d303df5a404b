import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import type { Express, NextFunction, Request, Response } from 'express'
import { MalformedRequest, NotFound } from '../errors.ts'
import { readBody, refuseMisreadBody } from './body.ts'
import type { Answer, Endpoint } from './endpoint.ts'
import { validate } from './validate.ts'

/** Puts endpoints on an Express application: reads and validates what they take, and writes what they answer. */
export function mount({
  app,
  endpoints,
  secureCookies,
  signedIn,
}: {
  app: Express
  endpoints: Endpoint[]
  secureCookies: boolean
  /** Rejects when nobody is signed in; asked before anything else of an endpoint that needs somebody. */
  signedIn: (req: Request) => Promise<unknown>
}) {
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1')
    const takesBody = endpoint.method !== 'get' && endpoint.body !== undefined
    const handler = async (req: Request, res: Response) => {
      const answer = await answerOf(endpoint, req, res)
      await write({ answer, res, secureCookies })
    }
    const admit = async (req: Request, res: Response, next: NextFunction) => {
      if (endpoint.signedIn) await signedIn(req)
      if (endpoint.before) await endpoint.before({ params: paramsOf(endpoint, req), req, res } as never)
      next()
    }
    app[endpoint.method](path, admit, ...(takesBody ? readBody(endpoint.accepts ?? ['json']) : []), handler)
  }
}

async function answerOf(endpoint: Endpoint, req: Request, res: Response): Promise<Answer> {
  const params = paramsOf(endpoint, req)
  const query = endpoint.query ? validate(endpoint.query, req.query) : req.query
  if (endpoint.body && req.body === undefined) throw MalformedRequest('The request has no body.')
  if (!endpoint.showsMisread) refuseMisreadBody(res)
  const body: unknown = endpoint.body && !endpoint.validatesBody ? validate(endpoint.body, req.body) : req.body
  return endpoint.handle({ params, query, body, req, res } as never)
}

function paramsOf(endpoint: Endpoint, req: Request): unknown {
  const params = endpoint.params?.safeParse(req.params)
  if (params && !params.success) throw NotFound() // a path that no row can have
  return params?.data
}

async function write({ answer, res, secureCookies }: { answer: Answer; res: Response; secureCookies: boolean }): Promise<void> {
  if (answer.stream?.readableLength === 0) await once(answer.stream, 'readable') // what fails before its first byte is a problem document
  res.status(answer.status).set(answer.headers ?? {})
  for (const { name, value, path, maxAgeSeconds } of answer.cookies ?? []) {
    const options = { path, httpOnly: true, sameSite: 'lax' as const, secure: secureCookies }
    if (value === null) res.clearCookie(name, options)
    else res.cookie(name, value, { ...options, ...(maxAgeSeconds !== undefined && { maxAge: maxAgeSeconds * 1000 }) })
  }
  if (answer.stream) {
    await pipeline(answer.stream, res).catch(() => res.destroy()) // the client went away, or its stream broke: it must see no clean end
    return
  }
  if (answer.html !== undefined) res.type('text/html; charset=utf-8').send(answer.html)
  else if (answer.text !== undefined) res.type(answer.headers?.['Content-Type'] ?? 'text/plain; charset=utf-8').send(answer.text)
  else if (answer.bytes !== undefined) res.send(answer.bytes)
  else if (answer.json !== undefined) res.json(answer.json)
  else res.end()
}

/** Nothing is mounted at this path. */
export const notFound = (_req: Request, _res: Response, next: NextFunction) => next(NotFound())
