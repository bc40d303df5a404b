import type { FieldError } from '../../../errors.ts'

/** The server said no: why, and about which fields. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly errors: FieldError[]
  /** The whole answer; some problems tell more, as a conflict does the current comment. */
  readonly members: Record<string, unknown>

  constructor({ status, members, retryAfter }: { status: number; members: Record<string, unknown>; retryAfter: string | null }) {
    const { type, code, detail, title, message, errors = [] } = members as Record<string, string> & { errors?: FieldError[] }
    super(detail ?? message ?? title ?? String(status))
    this.status = status
    this.code = type?.split(':').pop() ?? code ?? ''
    this.errors = errors
    this.members = { ...members, retryAfter }
  }
}

/** Nobody answered, or only a proxy. */
export class NoConnection extends Error {}

/** Tells by its event `signed-out` that the session is over. */
export const session = new EventTarget()

/** Asks the server as the signed-in person. @throws Refusal, NoConnection */
export const ask = <Answer>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer> =>
  send(path, { method, ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }) })

/** Posts text as it is, such as a table. @throws Refusal, NoConnection */
export const sendText = <Answer>(path: string, { text, type }: { text: string; type: string }): Promise<Answer> =>
  send(path, { method: 'POST', body: text, headers: { 'Content-Type': type } })

async function send<Answer>(path: string, request: RequestInit): Promise<Answer> {
  const answer = await fetch(path, { ...request, credentials: 'same-origin' }).catch(() => {
    throw new NoConnection()
  })
  if (answer.status === 204) return undefined as Answer
  const json: unknown = await answer.json().catch(() => undefined)
  if (answer.ok && json !== undefined) return json as Answer
  if (json === undefined || answer.status === 502 || answer.status === 504) throw new NoConnection()
  if (answer.status === 401 && path.startsWith('/api/v1/')) session.dispatchEvent(new Event('signed-out'))
  throw new Refusal({ status: answer.status, members: Object(json), retryAfter: answer.headers.get('Retry-After') })
}
