import { useEffect, useRef, useState } from 'react'
import type { PresentedImport } from '../../../transfer/import/present.ts'
import { query } from '../../../http/query-string.ts'
import { ask } from '../api/ask.ts'
import { sendFile } from './send-file.ts'

interface ImportRequest {
  file: File
  format: string
  base: string
  dryRun: boolean
}

/** Sends a file and follows what becomes of it. */
export function useImport(site: string) {
  const [run, setRun] = useState<PresentedImport | null>(null)
  const [running, setRunning] = useState(false)
  const [error, setError] = useState<unknown>()
  const stop = useRef<() => void>(() => undefined)
  useEffect(() => () => stop.current(), [])

  const follow = (id: string) => {
    const events = new EventSource(`/api/v1/sites/${site}/imports/${id}/events`)
    stop.current = () => events.close()
    events.addEventListener('progress', ({ data }) => {
      const current = JSON.parse(String(data)) as PresentedImport
      setRun(current)
      if (current.state !== 'done' && current.state !== 'failed') return
      events.close()
      setRunning(false)
    })
  }

  const begin = async ({ file, format, base, dryRun }: ImportRequest) => {
    setRun(null)
    setError(undefined)
    setRunning(true)
    const sending = new AbortController()
    stop.current = () => sending.abort()
    try {
      const path = `/api/v1/sites/${site}/imports${query({ format, base, dryRun })}`
      const { import: begun } = (await sendFile({ path, file, signal: sending.signal })) as { import: PresentedImport }
      setRun(begun)
      follow(begun.id)
    } catch (problem) {
      setRunning(false)
      if (!sending.signal.aborted) setError(problem)
    }
  }

  const cancel = () => {
    stop.current()
    setRunning(false)
    setRun(null)
    if (run) ask('DELETE', `/api/v1/sites/${site}/imports/${run.id}`).catch(setError)
  }

  const forget = () => {
    if (!running) setRun(null)
    setError(undefined)
  }
  return { run, running, error, begin, cancel, forget }
}
