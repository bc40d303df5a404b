/** One invalid field of a request, by the name the client used. */
export interface FieldError {
  field: string
  message: string
}

interface Extras {
  errors?: FieldError[]
  headers?: Record<string, string>
  /** Further members of the problem document (RFC 9457, section 3.2). */
  members?: Record<string, unknown>
}

/** An error that a client may see. Thrown anywhere, written as a problem document (RFC 9457) in one place. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly extras: Extras

  constructor({
    code,
    status,
    title,
    detail,
    extras = {},
  }: {
    code: string
    status: number
    title: string
    detail?: string
    extras?: Extras
  }) {
    super(detail ?? title)
    this.code = code
    this.status = status
    this.title = title
    this.extras = extras
  }
}

/**
 * Declares an error once, with its status; throw sites carry none.
 *
 *     export const ThreadClosed = defineError('thread-closed', 403, 'Comments are closed')
 *     throw ThreadClosed('This article takes no more comments.')
 */
export function defineError(code: string, status: number, title: string) {
  return (detail?: string, extras?: Extras) => new Problem({ code, status, title, ...(detail && { detail }), ...(extras && { extras }) })
}

export const MalformedRequest = defineError('malformed', 400, 'The request cannot be read')
export const Unauthorized = defineError('unauthorized', 401, 'Sign in first')
export const Forbidden = defineError('forbidden', 403, 'Not allowed')
export const NotFound = defineError('not-found', 404, 'Not found')
export const Conflict = defineError('conflict', 409, 'It has changed meanwhile')
export const TooLarge = defineError('too-large', 413, 'Too large')
export const UnsupportedType = defineError('unsupported-type', 415, 'Unsupported media type')
export const InvalidFields = defineError('invalid-fields', 422, 'Some fields are not valid')
export const TooManyRequests = defineError('too-many-requests', 429, 'Too many requests')
export const Unavailable = defineError('unavailable', 503, 'Not available at the moment')
