import { gzipSync, type ZlibOptions } from 'node:zlib'
import { LRUCache } from 'lru-cache'

/** Bytes as they go over the wire, with the strong tag and the headers that belong to them. */
export interface Form {
  etag: string
  body: Buffer
  headers: Record<string, string>
}

/** An answer that is kept: as it is, and compressed as soon as somebody asks for that. */
export interface KeptBytes extends Form {
  gzip?: Form
  /** How to press it, where the usual way is not the best one. */
  zlib?: ZlibOptions
}

/** Below this the headers weigh more than what is saved. */
const WORTHWHILE_BYTES = 1024

export const keepBytes = (etag: string, body: Buffer): KeptBytes => ({ etag, body, headers: {} })

/**
 * The form of a kept answer that a client reads best: on a bad line a fifth of the bytes is the difference between reading and
 * giving up. Each form has a tag of its own (RFC 9110, section 8.8.3.3); whoever sends it says `Vary: Accept-Encoding`.
 */
export function encodedFor(kept: KeptBytes, acceptEncoding: string | undefined): Form {
  const { etag, body } = kept
  if (body.length < WORTHWHILE_BYTES || !acceptsGzip(acceptEncoding)) return kept
  kept.gzip ??= {
    etag: `${etag.slice(0, -1)}-gzip"`,
    body: gzipSync(body, kept.zlib),
    headers: { 'Content-Encoding': 'gzip' },
  }
  return kept.gzip
}

/** What browsers send is always the same few lines. */
const asked = new LRUCache<string, boolean>({ max: 100 })

/** RFC 9110, section 12.5.3; `q=0` is a refusal. */
function acceptsGzip(acceptEncoding: string | undefined): boolean {
  if (acceptEncoding === undefined) return false
  const known = asked.get(acceptEncoding)
  if (known !== undefined) return known
  const wanted = acceptEncoding
    .toLowerCase()
    .split(',')
    .map((part) => part.split(';').map((piece) => piece.trim()))
  const named = wanted.find(([name]) => name === 'gzip' || name === 'x-gzip') ?? wanted.find(([name]) => name === '*')
  const accepts = named !== undefined && !named.some((piece) => /^q=0(\.0*)?$/.test(piece))
  asked.set(acceptEncoding, accepts)
  return accepts
}

/** Whether a client's copy is the current one (RFC 9110, section 13.1.2). */
export const isFresh = (ifNoneMatch: string | undefined, etag: string) =>
  ifNoneMatch !== undefined && (ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))
