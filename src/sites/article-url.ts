import { parseUrl } from '../parse-url.ts'

const MAX_BYTES = 2000
const HTTP = new Set(['http:', 'https:'])

/**
 * The one address under which an article's comments stand, or null when the text is no http(s) address.
 *
 * Query strings split threads and may carry what nobody should see (`?email=`), so only the parameters that the site names are
 * kept, in the site's order; fragment, user and password go.
 *
 *     canonicalUrl({ url: 'https://Berita.example/x?utm_source=a&p=7#respond', keptParameters: ['p'] })
 *     // 'https://berita.example/x?p=7'
 */
export function canonicalUrl({ url, keptParameters }: { url: string; keptParameters: string[] }): string | null {
  const parsed = parseUrl(url)
  if (!parsed || !HTTP.has(parsed.protocol) || parsed.hostname === '') return null
  const query = new URLSearchParams()
  for (const name of keptParameters) {
    const value = parsed.searchParams.get(name)
    if (value !== null) query.append(name, value)
  }
  const search = query.toString()
  const canonical = `${parsed.origin}${parsed.pathname}${search && `?${search}`}`
  return Buffer.byteLength(canonical) <= MAX_BYTES ? canonical : null
}

/** Whether an article's address is one of the site's own: at one of its origins, or at this server's. */
export function isOwnArticle({
  url,
  allowedOrigins,
  ownOrigins,
}: {
  url: string
  allowedOrigins: string[]
  ownOrigins: string[]
}): boolean {
  if (allowedOrigins.length === 0) return true
  const { origin } = new URL(url)
  return allowedOrigins.includes(origin) || ownOrigins.includes(origin)
}
