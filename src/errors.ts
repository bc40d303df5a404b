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

/** Makes errors of one code, and knows them again. */
export interface ErrorType {
  (detail?: string, extras?: Extras): Problem
  readonly code: string
  /** Whether something that was thrown is of this type. By the code, so that one from a worker thread is, too. */
  is: (error: unknown) => error is Problem
}

/**
 * Declares an error once, with its status; throw sites carry none, and who catches one compares no text.
 *
 *     export const ThreadClosed = defineError('thread-closed', 403, 'Comments are closed')
 *     throw ThreadClosed('This article takes no more comments.')
 *     if (ThreadClosed.is(error)) return closed()
 */
export function defineError(code: string, status: number, title: string): ErrorType {
  const make = (detail?: string, extras?: Extras) =>
    new Problem({ code, status, title, ...(detail && { detail }), ...(extras && { extras }) })
  return Object.assign(make, { code, is: (error: unknown): error is Problem => error instanceof Problem && error.code === code })
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
