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
    const url = site && canonicalUrl({ url: query.get('url') ?? '', keptParameters: site.settings.keptParameters })
    if (!site || !url || !isOwnArticle({ url, allowedOrigins: site.allowedOrigins, ownOrigins })) return null
    const asked = ThreadQuery.safeParse({ ...Object.fromEntries(query), url })
    const kept = asked.success && threads.peek(site.id, asked.data)
    if (!kept) return null
    return { ...kept, headers: { ...corsHeaders({ origin, allowedOrigins: site.allowedOrigins }), 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' } }
  }
}
