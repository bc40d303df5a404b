import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodedFor, type KeptBytes } from './kept-bytes.ts'

/** An answer that is at hand, or null when the request has to go the long way. */
export type FindHot = (
  path: string,
  query: URLSearchParams,
  origin: string | undefined,
) => { kept: KeptBytes; headers: Record<string, string> } | null

/**
 * Writes answers that are kept as bytes straight to the socket, ahead of Express, which costs more than finding them. False when
 * the request is not one of those: then it goes to Express, whose answer fills what is kept.
 */
export function serveHot({
  req,
  res,
  find,
  isFresh,
}: {
  req: IncomingMessage
  res: ServerResponse
  find: FindHot
  isFresh: (ifNoneMatch: string | undefined, etag: string) => boolean
}): boolean {
  const { method, url = '' } = req
  const question = url.indexOf('?')
  if (method !== 'GET' || question < 0 || !url.startsWith('/api/')) return false
  const hot = find(url.slice(0, question), new URLSearchParams(url.slice(question + 1)), req.headers.origin)
  if (!hot) return false
  const { etag, body, headers } = encodedFor(hot.kept, req.headers['accept-encoding'])
  if (isFresh(req.headers['if-none-match'], etag)) {
    res.writeHead(304, { ...hot.headers, ETag: etag })
    res.end()
  } else {
    res.writeHead(200, {
      ...hot.headers,
      ...headers,
      ETag: etag,
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': body.length,
    })
    res.end(body)
  }
  return true
}
