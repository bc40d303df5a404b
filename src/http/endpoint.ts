import type { Request, Response } from 'express'
import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { BodyKind } from './body.ts'

/** What an endpoint answers; written to the socket by `mount`. */
export interface Answer {
  status: number
  json?: unknown
  html?: string
  text?: string
  /** As they are; with a Content-Type among the headers. */
  bytes?: Buffer
  stream?: Readable
  headers?: Record<string, string>
  cookies?: Cookie[]
}

export interface Cookie {
  name: string
  /** Null takes the cookie away. */
  value: string | null
  path: string
  maxAgeSeconds?: number
}

type Shape = z.ZodType

interface Definition<Params extends Shape, Query extends Shape, Body extends Shape> {
  method: 'get' | 'post' | 'patch' | 'delete'
  /** As OpenAPI writes it: `/api/v1/sites/{site}/comments`. */
  path: string
  summary: string
  tag: 'Readers' | 'Moderators' | 'Owners' | 'Operators'
  params?: Params
  query?: Query
  body?: Body
  /** The handler validates the body itself, since something comes before validation. The schema is still documented. */
  validatesBody?: boolean
  /** Media types taken; JSON alone when absent. */
  accepts?: BodyKind[]
  /** The body is a file of any type, which the handler reads from the request itself; says what it is. */
  takesFile?: string
  /** Needs a signed-in person or an API key. */
  signedIn?: boolean
  /** Left out of the OpenAPI document: pages for people. */
  page?: boolean
  /** Says itself that a form came in another encoding (http/body.ts), and shows again what was typed. */
  showsMisread?: boolean
  /** Asked as soon as the path is known, before query and body are read: what it sets goes with every answer, also with a refusal. */
  before?: (input: Pick<Input<Params>, 'params' | 'req' | 'res'>) => Promise<void> | void
  /** `others`: what else it may be, by media type. */
  answers: Record<number, { description: string; schema?: z.ZodType; type?: string; others?: Record<string, z.ZodType> }>
  handle: (input: Input<Params, Query, Body>) => Promise<Answer> | Answer
}

export interface Input<Params extends Shape = Shape, Query extends Shape = Shape, Body extends Shape = Shape> {
  params: z.output<Params>
  query: z.output<Query>
  body: z.output<Body>
  req: Request
  res: Response
}

/** An endpoint with its types forgotten, so that all kinds can stand in one list. */
export type Endpoint = Omit<Definition<Shape, Shape, Shape>, 'handle' | 'before'> & {
  handle: (input: Input<never, never, never>) => Promise<Answer> | Answer
  before?: (input: Pick<Input<never, never, never>, 'params' | 'req' | 'res'>) => Promise<void> | void
}

/**
 * Declares an endpoint: where it is, what it takes and answers, and what it does. The schemas validate the request, type the
 * handler and make the OpenAPI document.
 */
export function endpoint<Params extends Shape = z.ZodUnknown, Query extends Shape = z.ZodUnknown, Body extends Shape = z.ZodUnknown>(
  definition: Definition<Params, Query, Body>,
): Endpoint {
  return definition
}
