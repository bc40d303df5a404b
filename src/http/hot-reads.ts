import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodedFor, type Form, isFresh, type KeptBytes } from './kept-bytes.ts'

/** An answer that is at hand, or null when the request has to go the long way. `headers` are names and values in turn. */
export type FindHot = (url: string, origin: string | undefined) => { kept: KeptBytes; headers: string[] } | null

/**
 * Writes answers that are kept as bytes straight to the socket, ahead of Express, which costs more than finding them. False when
 * the request is not one of those: then it goes to Express, whose answer fills what is kept.
 */
export function serveHot({ req, res, find }: { req: IncomingMessage; res: ServerResponse; find: FindHot }): boolean {
  const { method, url, headers } = req
  if (method !== 'GET' || !url?.startsWith('/api/')) return false
  const hot = find(url, headers.origin)
  if (!hot) return false
  const form = encodedFor(hot.kept, headers['accept-encoding'])
  if (isFresh(headers['if-none-match'], form.etag)) {
    res.writeHead(304, [...hot.headers, 'ETag', form.etag])
    res.end()
  } else {
    res.writeHead(200, [...hot.headers, ...headersOf(form)])
    res.end(form.body)
  }
  return true
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
