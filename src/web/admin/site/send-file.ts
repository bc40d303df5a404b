import { NoConnection, Refusal } from '../api/ask.ts'

/** Sends a file as it is; gives the answer's JSON. @throws Refusal, NoConnection */
export async function sendFile({ path, file, signal }: { path: string; file: File; signal: AbortSignal }): Promise<unknown> {
  const answer = await fetch(path, { method: 'POST', body: file, signal, credentials: 'same-origin' }).catch(() => {
    throw new NoConnection()
  })
  const json: unknown = await answer.json().catch(() => ({}))
  if (answer.ok) return json
  throw new Refusal({
    status: answer.status,
    members: Object(json) as Record<string, unknown>,
    retryAfter: answer.headers.get('Retry-After'),
  })
}
