import { QueryClient } from '@tanstack/react-query'
import { Refusal } from './ask.ts'

/** What was fetched, and how it is fetched again: what the server refuses is not asked for again. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => !(error instanceof Refusal) && count < 2,
    },
  },
})
