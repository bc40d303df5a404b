import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodedFor, type Form, isFresh, type KeptBytes } from './kept-bytes.ts'

/**
 * An answer that is kept, or that is being read to be kept; null when the request has to go the long way. `headers` are names and
 * values in turn.
 */
export type FindHot = (url: string, origin: string | undefined) => { page: KeptBytes | Promise<KeptBytes>; headers: string[] } | null

/**
 * Writes answers that are kept as bytes straight to the socket, ahead of Express, which costs more than finding them, and a third of
 * reading them. False when the request is not one of those. What cannot be read goes `otherwise`, which knows what to say about it.
 */
export function serveHot({
  req,
  res,
  find,
  otherwise,
}: {
  req: IncomingMessage
  res: ServerResponse
  find: FindHot
  otherwise: () => void
}): boolean {
  const { method, url, headers } = req
  if (method !== 'GET' || !url?.startsWith('/api/')) return false
  const hot = find(url, headers.origin)
  if (!hot) return false
  if (hot.page instanceof Promise) hot.page.then((page) => write({ req, res, page, headers: hot.headers }), otherwise)
  else write({ req, res, page: hot.page, headers: hot.headers })
  return true
}

function write({ req, res, page, headers }: { req: IncomingMessage; res: ServerResponse; page: KeptBytes; headers: string[] }): void {
  const form = encodedFor(page, req.headers['accept-encoding'])
  if (isFresh(req.headers['if-none-match'], form.etag)) {
    res.writeHead(304, [...headers, 'ETag', form.etag])
    res.end()
  } else {
    res.writeHead(200, [...headers, ...headersOf(form)])
    res.end(form.body)
  }
}

const known = new WeakMap<Form, string[]>()

/** A form's own headers as `writeHead` takes them without looking each one up; made once. */
function headersOf(form: Form): string[] {
  const made = known.get(form)
  if (made) return made
  const headers = [
    'ETag',
    form.etag,
    'Content-Type',
    'application/json; charset=utf-8',
    'Content-Length',
    String(form.body.length),
    ...Object.entries(form.headers).flat(),
  ]
  known.set(form, headers)
  return headers
}
