import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { query } from '../../../http/query-string.ts'
import { ask } from '../api/ask.ts'
import type { Counts } from '../api/types.ts'

const POLL_MS = 30_000

/** How many stand where; live by server-sent events while the page is seen, asked for every half minute where those do not come through. */
export function useCounts(site: string | undefined) {
  const client = useQueryClient()
  useEffect(() => {
    let source: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void client.invalidateQueries({ queryKey: ['counts'] })
      }, 150) // one for each site comes at once
    }
    const connect = () => {
      source?.close()
      if (document.hidden) return
      source = new EventSource(`/api/v1/moderation/events${query({ site })}`)
      source.addEventListener('counts', refresh)
    }
    connect()
    document.addEventListener('visibilitychange', connect)
    return () => {
      source?.close()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', connect)
    }
  }, [client, site])
  return useQuery({
    queryKey: ['counts', site],
    queryFn: () => ask<Counts>('GET', `/api/v1/moderation/counts${query({ site })}`),
    refetchInterval: POLL_MS,
  }).data
}
