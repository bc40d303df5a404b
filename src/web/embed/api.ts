import type { z } from 'zod'
import type { FieldError } from '../../errors.ts'
import type { PublicComment, RemovedComment } from '../../comments/present.ts'
import type { OwnComment } from '../../comments/routes.ts'
import type { SubmissionAnswer } from '../../comments/submission-answer.ts'
import type { PublicThread } from '../../comments/thread.ts'
import type { Submission } from '../../comments/submission.ts'
import type { Options } from './options.ts'

export type { PublicComment, PublicThread, RemovedComment, SubmissionAnswer }
export type Order = Options['order']
/** What a form sends: the API's names, as text. */
export type Reply = Partial<Record<Exclude<keyof z.input<typeof Submission>, 'url' | 'title'>, string>>
type Amended = z.output<typeof OwnComment>

/** The server said no: why, by the problem document's code, and about which fields. */
export class Refusal extends Error {
  code = ''
  errors: FieldError[] = []
  retryAfterSeconds: number | undefined
}

/** Nobody answered, or only a proxy: worth another try with the same key. */
export class NoConnection extends Error {}

export type Api = ReturnType<typeof createApi>

/** The server's API as the widget uses it: no credentials ever, and nothing in reading or writing a comment needs a preflight. */
export function createApi({ server, site, url, title }: Pick<Options, 'server' | 'site' | 'url' | 'title'>) {
  const base = `${server}/api/v1/sites/${encodeURIComponent(site)}`
  const form = (fields: Record<string, string | undefined>) =>
    new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
  const authorised = (token: string) => ({ Authorization: `Bearer ${token}` })

  return {
    /** `at` starts the page with the branch that this comment is in. */
    thread: (query: { order: Order; cursor?: string | undefined; at?: string | undefined }) =>
      ask<PublicThread>(`${base}/thread?${form({ url, ...query })}`),
    post: (reply: Reply) => ask<SubmissionAnswer>(`${base}/comments`, { method: 'POST', body: form({ url, title, ...reply }) }),
    preview: (body: string, signal: AbortSignal) =>
      ask<{ html: string }>(`${base}/preview`, { method: 'POST', body: form({ body }), signal }),
    edit: ({ id, token, body }: { id: string; token: string; body: string }) =>
      ask<Amended>(`${base}/comments/${id}`, {
        method: 'PATCH',
        headers: { ...authorised(token), 'Content-Type': 'application/json' },
        body: JSON.stringify({ body }),
      }),
    withdraw: ({ id, token }: { id: string; token: string }) =>
      ask<null>(`${base}/comments/${id}`, { method: 'DELETE', headers: authorised(token) }),
    report: ({ id, reason, browser }: { id: string; reason: string; browser: string }) =>
      ask<unknown>(`${base}/comments/${id}/reports`, { method: 'POST', body: form({ reason, browser }) }),
    events: () => new EventSource(`${base}/events?${form({ url })}`),
    feedUrl: `${base}/feed.atom?${form({ url })}`,
    pictureUrl: (path: string) => server + path,
  }
}

/** A request that hangs, as on a train, counts as lost. */
const PATIENCE_MS = 30_000

async function ask<Answer>(url: string, request: RequestInit = {}): Promise<Answer> {
  const signal = request.signal ?? AbortSignal.timeout(PATIENCE_MS)
  const answer = await fetch(url, { ...request, signal, credentials: 'omit' }).catch((error: unknown) => {
    if (request.signal?.aborted) throw error
    throw new NoConnection()
  })
  if (answer.status === 204) return null as Answer
  if (answer.ok) {
    return (await answer.json().catch(() => {
      throw new NoConnection() // cut off on the way: whatever it was about has happened
    })) as Answer
  }
  const problem = await answer.json().catch(() => ({}))
  if (answer.status >= 500) throw new NoConnection()
  const { type = '', errors = [] } = problem as { type?: string; errors?: FieldError[] }
  const retryAfterSeconds = Number(answer.headers.get('Retry-After')) || undefined
  throw Object.assign(new Refusal(JSON.stringify(problem)), { code: type.split(':').pop() ?? '', errors, retryAfterSeconds })
}
