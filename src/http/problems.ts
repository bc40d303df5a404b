import type { ErrorRequestHandler, Request, Response } from 'express'
import type { Logger } from 'pino'
import { NotFound, Problem, Unavailable } from '../errors.ts'
import { locales, translator } from '../locales/index.ts'
import { bodyProblem } from './body.ts'
import { errorPage } from './error-page.tsx'
import type { OutageLog } from './outage-log.ts'
import { pageHeaders } from './page.tsx'

/** Tells whether an error means that the store could not be reached. */
type IsUnavailable = (error: unknown) => boolean

/** A problem for any error: what a client may know of it. Anything unexpected becomes a 500 that says nothing internal. */
export function toProblem(error: unknown, isUnavailable: IsUnavailable): Problem {
  if (error instanceof Problem) return error
  const fromBody = bodyProblem(error)
  if (fromBody) return fromBody
  if (isUnavailable(error)) return Unavailable('Nothing was stored. Please try again in a moment.', { headers: { 'Retry-After': '5' } })
  if (error instanceof URIError) return NotFound()
  return new Problem({ code: 'internal', status: 500, title: 'Something went wrong here', detail: 'The error was logged.' })
}

/** The problem document (RFC 9457). */
export const problemDocument = (problem: Problem, instance: string) => ({
  type: `urn:balas:problem:${problem.code}`,
  title: problem.title,
  status: problem.status,
  detail: problem.message,
  instance,
  ...(problem.extras.errors && { errors: problem.extras.errors }),
  ...problem.extras.members,
})

/** The last middleware: the one place where errors become answers. */
export function writeProblems({
  log,
  isUnavailable,
  outages,
}: {
  log: Logger
  isUnavailable: IsUnavailable
  outages: Pick<OutageLog, 'note'>
}): ErrorRequestHandler {
  return (error: unknown, req: Request, res: Response, _next) => {
    const problem = toProblem(error, isUnavailable)
    if (problem.status >= 500 && !outages.note(error)) log.error({ err: error, request: req.id }, 'a request failed')
    if (res.headersSent) {
      res.destroy()
      return
    }
    res
      .status(problem.status)
      .set(problem.extras.headers ?? {})
      .set('Cache-Control', 'no-store')
    if (wantsPage(req)) {
      const html = errorPage({ t: translator(languageOf(req)), locale: languageOf(req), status: problem.status, reference: req.id })
      res.set(pageHeaders({ noStore: true, noindex: true })).send(html)
      return
    }
    res.type('application/problem+json').send(JSON.stringify(problemDocument(problem, req.path)))
  }
}

/** People look at pages; everything under /api answers programs. */
const wantsPage = (req: Request) => !req.path.startsWith('/api/') && req.accepts(['json', 'html']) === 'html'

/** No site is known here, so the visitor's browser says which language. */
const languageOf = (req: Request) => req.acceptsLanguages([...locales]) || 'en'
