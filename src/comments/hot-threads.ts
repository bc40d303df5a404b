import { LRUCache } from 'lru-cache'
import { corsHeaders } from '../http/cors.ts'
import type { FindHot } from '../http/hot-reads.ts'
import type { Site, Sites } from '../sites/sites.ts'
import { ThreadQuery } from './routes.ts'
import type { ThreadCache } from './thread-cache.ts'

const PATH = /^\/api\/v1\/sites\/([a-z0-9-]{1,63})\/thread$/
/** Addresses whose meaning is remembered, each some hundred bytes: whoever makes up parameters drives out only these. */
const REMEMBERED = 10_000

/** Which page an address asks for, by the settings that the site had then. */
interface Asked {
  site: Site
  query: Parameters<ThreadCache['read']>[1]
  pageKey: string
}

/** Finds a thread's public answer, or reads it. Whatever is unusual goes the long way, which knows what to say about it. */
export function hotThreads({ sites, threads }: { sites: Sites; threads: ThreadCache }): FindHot {
  const known = new LRUCache<string, Asked>({ max: REMEMBERED })
  const headersOf = headersBySite()

  return (url, origin) => {
    let asked = known.get(url)
    if (!asked || sites.peek(asked.site.key) !== asked.site) {
      const read = readUrl(url)
      if (!read) return null
      asked = read
      known.set(url, asked)
    }
    const page = threads.peek(asked.pageKey) ?? threads.read(asked.site, asked.query)
    return { page, headers: headersOf(asked.site, origin) }
  }

  function readUrl(url: string): Asked | null {
    const question = url.indexOf('?')
    const site = question < 0 ? undefined : sites.peek(PATH.exec(url.slice(0, question))?.[1] ?? '')
    const parameters = [...new URLSearchParams(url.slice(question + 1))]
    const given = new Map(parameters)
    if (!site || given.size < parameters.length) return null // one that is given twice is refused, not chosen from
    const parsed = ThreadQuery.safeParse(Object.fromEntries(given))
    const article = parsed.success && sites.addresses(site).articleAt(parsed.data.url)
    if (!article || !article.isOwn) return null
    const query = { ...parsed.data, url: article.url, key: article.key }
    return { site, query, pageKey: threads.pageKey(site.id, query) }
  }
}

/** The headers outside of the kept bytes, as names and values in turn; the same for all origins that a site does not allow. */
function headersBySite() {
  const made = new WeakMap<Site, Map<string | undefined, string[]>>()
  return (site: Site, from: string | undefined): string[] => {
    const origin = from !== undefined && site.allowedOrigins.includes(from) ? from : undefined
    const ofSite = made.get(site) ?? new Map<string | undefined, string[]>()
    made.set(site, ofSite)
    const known = ofSite.get(origin)
    if (known) return known
    const { Vary: origins, ...cors } = corsHeaders({ origin, allowedOrigins: site.allowedOrigins })
    const Vary = origins ? `${origins}, Accept-Encoding` : 'Accept-Encoding'
    const headers = Object.entries({ ...cors, Vary, 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' }).flat()
    ofSite.set(origin, headers)
    return headers
  }
}
