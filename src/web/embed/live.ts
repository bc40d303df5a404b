import type { Api } from './api.ts'

/** Open streams of one browser at this site; HTTP/1.1 allows six connections to a server, and pages must still load. */
const STREAMS = 2
const POLL_MS = 30_000

/**
 * Tells when the thread may have changed: by server-sent events while the page is visible and a stream is free, else by asking now
 * and then. Gives a function that ends it.
 */
export function follow({ api, onChange }: { api: Api; onChange: (version: number | null) => void }): () => void {
  let end: () => void = () => undefined
  let stopped = false
  let run = 0

  const poll = () => {
    const timer = setInterval(() => {
      onChange(null)
      void start() // a stream may be free by now
    }, POLL_MS)
    end = () => clearInterval(timer)
  }
  const listen = (free: () => void) => {
    const events = api.events()
    events.addEventListener('change', ({ lastEventId }: MessageEvent) => onChange(Number(lastEventId)))
    events.addEventListener('error', () => {
      if (events.readyState !== EventSource.CLOSED) return // the browser connects again by itself
      free()
      if (!stopped) poll()
    })
    end = () => {
      events.close()
      free()
    }
  }
  const start = async () => {
    const mine = ++run
    end()
    end = () => undefined
    if (stopped || document.visibilityState !== 'visible') return
    const free = await freeStream()
    if (stopped || mine !== run || document.visibilityState !== 'visible') return free?.()
    if (free) listen(free)
    else poll()
  }
  const onVisibility = () => {
    if (document.visibilityState === 'visible') onChange(null)
    void start()
  }

  document.addEventListener('visibilitychange', onVisibility)
  void start()
  return () => {
    stopped = true
    document.removeEventListener('visibilitychange', onVisibility)
    end()
  }
}

/** Takes one of the streams that this browser may have, over all its tabs; null when none is free, or nobody can tell. */
async function freeStream(): Promise<(() => void) | null> {
  if (!('locks' in navigator)) return null
  for (let number = 0; number < STREAMS; number++) {
    const free = await tryLock(`balas-stream-${number}`)
    if (free) return free
  }
  return null
}

const tryLock = (name: string) =>
  new Promise<(() => void) | null>((resolve) => {
    const held = navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null)
      return new Promise<void>((free) => resolve(() => free()))
    })
    held.catch(() => resolve(null)) // a sandboxed page may not lock
  })
