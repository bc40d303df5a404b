import { NoConnection, Refusal } from '../api/ask.ts'

interface DownloadRequest {
  path: string
  /** What is sent for it, if anything. */
  body?: File | null
  signal: AbortSignal
  onBytes: (sofar: number) => void
}

/** Fetches a file, tells how far it has come, and hands it to the browser's downloads; gives its size. @throws Refusal, NoConnection */
export async function download({ path, body = null, signal, onBytes }: DownloadRequest): Promise<number> {
  const answer = await fetch(path, { signal, credentials: 'same-origin', ...(body && { method: 'POST', body }) })
  if (!answer.ok || !answer.body) {
    const members = Object((await answer.json().catch(() => ({}))) as unknown) as Record<string, unknown>
    throw new Refusal({ status: answer.status, members, retryAfter: null })
  }
  const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'comments'
  const chunks: BlobPart[] = []
  const reader = answer.body.getReader()
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw signal.aborted ? error : new NoConnection()
    })
    if (done) break
    chunks.push(value)
    bytes += value.byteLength
    onBytes(bytes)
  }
  const url = URL.createObjectURL(new Blob(chunks))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return bytes
}
