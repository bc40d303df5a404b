import type { QueryClient } from '@tanstack/react-query'
import { readFilter } from '../../../moderation/page-filter.ts'
import { listOf } from '../queue/use-queue.ts'
import { meAsked } from '../session/signed-in.tsx'
import { textsOf, wantedLanguage } from '../speech/languages.ts'

/** Asks for what the page will show first, and for its texts, before anything is drawn. */
export function beginReading(client: QueryClient): void {
  void client.prefetchQuery(meAsked)
  void textsOf(wantedLanguage())
  if (/^\/admin\/?$/.test(location.pathname)) void client.prefetchInfiniteQuery(listOf(readFilter(location.search)))
}
