import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

declare global {
  namespace Express {
    interface Request {
      /** Names the request in the log and in the X-Request-Id header. */
      id: string
    }
  }
}

/**
 * One line a request: method, route, status, time. Never the address, the query, a token in the path or anything a reader
 * typed: the route's pattern stands for the path.
 */
export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const started = performance.now()
    req.id = randomUUID()
    res.setHeader('X-Request-Id', req.id)
    res.on('close', () => {
      const route = (req.route as { path?: unknown } | undefined)?.path
      const milliseconds = Math.round((performance.now() - started) * 10) / 10
      log.info(
        { request: req.id, method: req.method, route: typeof route === 'string' ? route : 'none', status: res.statusCode, milliseconds },
        'request',
      )
    })
    next()
  }
}
