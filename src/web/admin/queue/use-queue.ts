import { type InfiniteData, infiniteQueryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { ask } from '../api/ask.ts'
import type { ModeratedComment, Paged } from '../api/types.ts'
import { type Filter, listAddress } from '../../../moderation/page-filter.ts'

type Page = Paged<'comments', ModeratedComment>
type Pages = InfiniteData<Page, string | undefined>

const fetchPage = (filter: Filter, cursor: string | undefined) => ask<Page>('GET', listAddress(filter, cursor))

/** How a filter's list is read. */
export const listOf = (filter: Filter) =>
  infiniteQueryOptions({
    queryKey: ['queue', filter],
    queryFn: ({ pageParam }) => fetchPage(filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })

/** The comments that a filter finds, page by page, in an order that nothing but the reader changes. */
export function useQueue(filter: Filter) {
  const client = useQueryClient()
  const { queryKey, ...options } = listOf(filter)
  const list = useInfiniteQuery({ queryKey, ...options })

  /** Another list is read anew; the same one is kept for the way back from a comment's page. */
  useEffect(() => {
    client.removeQueries({ queryKey: ['queue'], type: 'inactive' })
  }, [client, filter])

  /** What waits is shown oldest first, so newcomers belong below the last one: that page is read again, and nothing above it moves. */
  const appendNewcomers = async () => {
    const known = client.getQueryData<Pages>(queryKey)
    if (!known || known.pages.at(-1)?.nextCursor !== null) return
    const last = known.pages.length - 1
    const fresh = await fetchPage(filter, known.pageParams[last])
    client.setQueryData<Pages>(queryKey, (now) => {
      if (now?.pages.length !== known.pages.length) return now
      const ids = new Set(now.pages.flatMap(({ comments }) => comments.map(({ id }) => id)))
      const newcomers = fresh.comments.filter(({ id }) => !ids.has(id))
      const pages = now.pages.map((page, index) =>
        index === last ? { comments: [...page.comments, ...newcomers], nextCursor: fresh.nextCursor } : page,
      )
      return newcomers.length === 0 ? now : { ...now, pages }
    })
  }

  const pages = list.data?.pages
  const comments = useMemo(() => pages?.flatMap((page) => page.comments), [pages])
  return { ...list, comments, appendNewcomers }
}
