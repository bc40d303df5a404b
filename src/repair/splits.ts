import { setImmediate } from 'node:timers/promises'
import type { Database } from '../database/connect.ts'
import { parseUrl } from '../parse-url.ts'
import { type ListedThread, threadPage } from './store.ts'

/** Why threads seem to be one article's. */
export const splitReasons = ['host', 'spelling', 'query', 'slug', 'title'] as const
export type SplitReason = (typeof splitReasons)[number]

/** Threads that seem to be about one article; `into` is the one that most speaks for keeping. */
export interface Split {
  reasons: SplitReason[]
  into: string
  threads: ListedThread[]
}

const PAGE = 2000
const LEAST_TITLE = 12
const LEAST_SLUG = 12
/** What as many threads share is no article's own: a headline of a column, a path of a program. */
const MOST_ALIKE = 12

/** Finds threads of a site that seem to be one article's. A guess, for a person to decide about. */
export async function findSplits({ db, siteId }: { db: Database; siteId: string }): Promise<Split[]> {
  const threads: ListedThread[] = []
  for (let page = await next(''); page.length > 0; page = await next(threads.at(-1)?.id ?? '')) {
    threads.push(...page)
    await setImmediate() // let others in between two pages
  }
  return groupAlike(threads)

  function next(after: string) {
    return threadPage(db.read, { siteId, after, take: PAGE })
  }
}

/** The same for threads at hand; those with the most comments first. */
export function groupAlike(all: ListedThread[]): Split[] {
  const threads = all.filter(({ url }) => parseUrl(url) !== null)
  const groupOf = new Map(
    threads.map((thread): [string, Group] => [thread.id, { reasons: new Set(), threads: new Map([[thread.id, thread]]) }]),
  )
  for (const reason of splitReasons) {
    const alike = new Map<string, ListedThread[]>()
    for (const thread of threads) {
      const said = likeness[reason](thread)
      if (said === null) continue
      const others = alike.get(said)
      if (others) others.push(thread)
      else alike.set(said, [thread])
    }
    for (const some of alike.values()) if (some.length > 1 && some.length <= MOST_ALIKE) join(groupOf, some, reason)
  }
  const groups = [...new Set(groupOf.values())].filter(({ threads: { size } }) => size > 1)
  return groups.map(toSplit).toSorted((one, other) => commentsIn(other) - commentsIn(one))
}

type Likeness = (thread: ListedThread) => string | null

/** What must be the same for two threads to seem one, by the reason that is told; null where it says nothing. */
const likeness: Record<SplitReason, Likeness> = {
  host: ({ url }) => {
    const { pathname, search } = new URL(url)
    return pathname.length > 1 ? pathname + search : null
  },
  spelling: ({ url }) => {
    const { host, search } = new URL(url)
    return `${host.replace(/^(www|m|amp)\./, '')}${plainPath(url)}${search}`
  },
  query: ({ url, title }) => {
    const { host } = new URL(url)
    const said = plainTitle(title)
    return said === null || plainPath(url) === '' ? null : `${host}${plainPath(url)} ${said}`
  },
  slug: ({ url }) => {
    const slug = plainPath(url).split('/').at(-1) ?? ''
    return slug.length >= LEAST_SLUG && slug.includes('-') && new URL(url).search === '' ? slug : null
  },
  title: ({ title }) => plainTitle(title),
}

/** A path without what servers mean alike: case, slashes, index files, endings, escapes. */
function plainPath(url: string): string {
  const path = new URL(url).pathname
  return decoded(path)
    .toLowerCase()
    .replace(/\/(index|default)\.[a-z]{3,5}$/, '')
    .replace(/\.(html?|php|aspx?)$/, '')
    .replace(/\/+/g, '/')
    .replace(/\/$/, '')
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC')
  } catch {
    return path
  }
}

function plainTitle(title: string | null): string | null {
  const plain = (title ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return plain.length >= LEAST_TITLE ? plain : null
}

interface Group {
  reasons: Set<SplitReason>
  threads: Map<string, ListedThread>
}

/** Makes one group of those of these threads, for a reason that is added to the others. */
function join(groupOf: Map<string, Group>, [first, ...others]: ListedThread[], reason: SplitReason): void {
  const group = first && groupOf.get(first.id)
  if (!group) return
  group.reasons.add(reason)
  for (const { id } of others) {
    const other = groupOf.get(id)
    if (!other || other === group) continue
    for (const each of other.reasons) group.reasons.add(each)
    for (const [each, thread] of other.threads) {
      group.threads.set(each, thread)
      groupOf.set(each, group)
    }
  }
}

function toSplit({ reasons, threads }: Group): Split {
  const inOrder = [...threads.values()].toSorted((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
  return { reasons: splitReasons.filter((reason) => reasons.has(reason)), into: inOrder[0]?.id ?? '', threads: inOrder }
}

const commentsIn = ({ threads }: Split) => threads.reduce((total, { count }) => total + count, 0)
