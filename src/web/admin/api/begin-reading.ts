import type { QueryClient } from '@tanstack/react-query'
import { readFilter } from '../queue/filters.ts'
import { listOf } from '../queue/use-queue.ts'
import { meAsked } from '../session/signed-in.tsx'

/** Asks for what the page will show first while its texts are still on their way. */
export function beginReading(client: QueryClient): void {
  void client.prefetchQuery(meAsked)
  if (/^\/admin\/?$/.test(location.pathname)) void client.prefetchInfiniteQuery(listOf(readFilter(location.search)))
}
