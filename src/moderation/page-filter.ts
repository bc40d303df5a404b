import { statuses, type Status } from '../comments/comment.ts'
import { query } from '../http/query-string.ts'

/** What the list of the moderators' page shows: by standing, or what readers reported, or all. */
export const tabs = [...statuses, 'reported', 'all'] as const
export type Tab = (typeof tabs)[number]

export const searchFields = ['q', 'author', 'url', 'network', 'since', 'until', 'site'] as const
export type SearchField = (typeof searchFields)[number]

/** A filter as the page's address has it: the names are the API's, so an address can be read. */
export type Filter = { tab: Tab } & Partial<Record<SearchField, string>>

/** @example readFilter('status=spam&q=kereta') // { tab: 'spam', q: 'kereta' } */
export function readFilter(search: string): Filter {
  const values = new URLSearchParams(search)
  const fields = searchFields.flatMap((name) => (values.get(name) ? [[name, values.get(name)]] : []))
  return { tab: tabs.find((tab) => tab === values.get('status')) ?? 'pending', ...(Object.fromEntries(fields) as Omit<Filter, 'tab'>) }
}

/** The address of a filter, from `?` on. */
export const writeFilter = ({ tab, ...fields }: Filter) => query({ status: tab === 'pending' ? undefined : tab, ...fields })

/** The same as the API asks for it, for lists and for decisions about all that match. */
export const wanted = ({ tab, ...fields }: Filter) => ({
  ...fields,
  ...(isStatus(tab) && { status: tab }),
  ...(tab === 'reported' && { reported: true }),
})

const isStatus = (tab: Tab): tab is Status => tab !== 'reported' && tab !== 'all'
export const isSearch = (filter: Filter) => searchFields.some((name) => name !== 'site' && filter[name])

/** A window holds five or so; the first answer has to be there soon, the later ones are asked for ahead of the reader. */
const FIRST = 20
const NEXT = 100

/** Where a page of the list is. The server announces the first one in the page's head by exactly this address. */
export const listAddress = (filter: Filter, cursor?: string) =>
  `/api/v1/moderation/comments${query({ ...wanted(filter), cursor, limit: cursor === undefined ? FIRST : NEXT })}`
