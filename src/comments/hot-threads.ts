import { corsHeaders } from '../http/cors.ts'
import type { FindHot } from '../http/hot-reads.ts'
import type { Sites } from '../sites/sites.ts'
import { canonicalUrl, isOwnArticle } from '../sites/article-url.ts'
import { ThreadQuery } from './routes.ts'
import type { ThreadCache } from './thread-cache.ts'

const PATH = /^\/api\/v1\/sites\/([a-z0-9-]{1,63})\/thread$/

/** Finds a thread's public answer among the kept ones. Whatever is unusual goes the long way, which knows what to say about it. */
export function hotThreads({ sites, threads, ownOrigins }: { sites: Sites; threads: ThreadCache; ownOrigins: string[] }): FindHot {
  return (path, query, origin) => {
    const site = sites.peek(PATH.exec(path)?.[1] ?? '')
    const parameters = [...query]
    const asked = new Map(parameters)
    if (!site || asked.size < parameters.length) return null // one that is given twice is refused, not chosen from
    const parsed = ThreadQuery.safeParse(Object.fromEntries(asked))
    const url = parsed.success && canonicalUrl({ url: parsed.data.url, keptParameters: site.settings.keptParameters })
    if (!url || !isOwnArticle({ url, allowedOrigins: site.allowedOrigins, ownOrigins })) return null
    const kept = threads.peek(site.id, { ...parsed.data, url })
    if (!kept) return null
    const { Vary: origins, ...cors } = corsHeaders({ origin, allowedOrigins: site.allowedOrigins })
    const Vary = origins ? `${origins}, Accept-Encoding` : 'Accept-Encoding'
    return { kept, headers: { ...cors, Vary, 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' } }
  }
}
