import { parseUrl } from '../parse-url.ts'
import type { Settings } from './settings.ts'

/** Rises when the same rules come to give other keys: the next start then works out those of all threads again. */
export const KEYS_VERSION = 2

const MAX_BYTES = 2000
export const NOT_AN_ADDRESS = 'must be an http or https address of at most 2,000 bytes'
/** As it comes in: what the rules take away may be longer than what they keep. Characters. */
export const MAX_TYPED = 4000
const WEB = new Set(['http:', 'https:'])
const NAMES = ['keptParameters', 'ignoreScheme', 'ignoreWww', 'ignoreTrailingSlash', 'ignoreAmp'] as const

/** What a site says about which addresses are one article's. */
export type AddressRules = Pick<Settings, (typeof NAMES)[number]>

export interface Article {
  /** How the article is shown and linked. */
  url: string
  /** Which thread it is: the same for every way to write its address that the rules do not tell apart. */
  key: string
}

/** Where addresses lead that another article has taken over, by what the rules make of them. */
export type Redirects = ReadonlyMap<string, Article>

export type Addresses = ReturnType<typeof createAddresses>

/**
 * Reads articles' addresses by a site's rules. Made once for a site, since every read of a thread asks.
 *
 * Query strings split threads and may carry what nobody should see (`?email=`), so only the parameters that the site names are
 * kept, in the site's order; fragment, user and password go.
 *
 *     createAddresses({ rules, allowedOrigins: ['https://www.berita.example'] }).articleAt('http://Berita.example/x/amp/?utm=a&p=7#respond')
 *     // { url: 'https://www.berita.example/x/?p=7', key: 'https://berita.example/x?p=7', isOwn: true }
 */
export function createAddresses({
  rules,
  allowedOrigins = [],
  ownOrigins = [],
  redirects = NOWHERE,
}: {
  rules: AddressRules
  allowedOrigins?: string[]
  /** This server's own. */
  ownOrigins?: string[]
  redirects?: Redirects
}) {
  const origins = new Map<string, string>()
  for (const origin of [...allowedOrigins, ...ownOrigins].toSorted((a, b) => lessWanted(a) - lessWanted(b))) {
    const key = originKey(new URL(origin), rules)
    if (!origins.has(key)) origins.set(key, origin)
  }

  return {
    /** What an address says, whoever's it is; null when it is no http(s) address or longer than 2,000 bytes. */
    articleAt(address: string): (Article & { isOwn: boolean }) | null {
      const parsed = parseUrl(address)
      if (!parsed || !WEB.has(parsed.protocol) || parsed.hostname === '') return null
      const origin = originKey(parsed, rules)
      const shown = origins.get(origin)
      const written = withEvenEscapes(parsed.pathname)
      const path = rules.ignoreAmp ? withoutAmp(written) : written
      const search = keptSearch(parsed.searchParams, rules)
      const url = `${shown ?? parsed.origin}${path}${search}`
      if (Buffer.byteLength(url) > MAX_BYTES) return null
      const key = `${origin}${rules.ignoreTrailingSlash ? withoutSlash(path) : path}${search}`
      const led = redirects.get(key)
      if (led) return { ...led, isOwn: true } // also from a host that is not the site's any more
      return { url, key, isOwn: allowedOrigins.length === 0 || shown !== undefined }
    },

    /** Whether an address is at one of these origins, or one that the rules do not tell from it. */
    covers: (url: URL): boolean => WEB.has(url.protocol) && origins.has(originKey(url, rules)),
  }
}

const NOWHERE: Redirects = new Map()

/** Whether two sets of settings read all addresses alike. */
export const readAlike = (one: AddressRules, other: AddressRules): boolean =>
  NAMES.every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]))

/** Of origins with the same key the first is shown, but never that of AMP pages or an http one while there is another. */
const lessWanted = (origin: string) => (origin.includes('//amp.') ? 2 : 0) + (origin.startsWith('http:') ? 1 : 0)

/** A host that is a name, at the default port, has its variants; a port, an IP address or localhost is meant as it stands. */
function originKey({ origin, protocol, hostname, port }: URL, { ignoreScheme, ignoreWww, ignoreAmp }: AddressRules): string {
  if (port !== '' || /^\[|^[\d.]+$|(^|\.)localhost$/.test(hostname)) return origin
  const scheme = ignoreScheme ? 'https:' : protocol
  const host = ignoreAmp ? withoutLabel('amp.', hostname) : hostname
  return `${scheme}//${ignoreWww ? withoutLabel('www.', host) : host}`
}

/** Never the whole name of a domain: `amp.example` is somebody's. */
const withoutLabel = (label: string, host: string) =>
  host.startsWith(label) && host.includes('.', label.length) ? host.slice(label.length) : host

/** `/a/amp`, `/a/amp/` and `/amp/a` are `/a`. A whole segment only, and not when it is all there is: `/amp` may be an article. */
function withoutAmp(path: string): string {
  if (!path.includes('/amp')) return path
  let rest = path
  while (/^\/amp\/[^/]/.test(rest)) rest = rest.slice('/amp'.length)
  for (;;) {
    if (!rest.endsWith('/amp') && !rest.endsWith('/amp/')) return rest
    const shorter = rest.slice(0, -'/amp'.length) // of `/a/amp/` it leaves `/a/`
    if (!/[^/]/.test(shorter)) return rest
    rest = shorter
  }
}

/**
 * `/%7e%e3%81%82` is `/~%E3%81%82` (RFC 3986, section 6.2.2): WordPress escapes with small letters, browsers with large ones, and both
 * mean one page. A sign that begins no escape is one that stands for itself.
 */
const withEvenEscapes = (path: string) =>
  path.replace(/%([0-9a-f]{2})?/gi, (escape, code?: string) => {
    const character = code === undefined ? '%' : String.fromCharCode(Number.parseInt(code, 16))
    return /[\w.~-]/.test(character) ? character : code === undefined ? '%25' : escape.toUpperCase()
  })

const withoutSlash = (path: string) => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)

function keptSearch(given: URLSearchParams, { keptParameters, ignoreAmp }: AddressRules): string {
  const kept = new URLSearchParams()
  for (const name of keptParameters) {
    const value = given.get(name)
    if (value !== null && !(ignoreAmp && AMP_PARAMETERS[name]?.includes(value))) kept.append(name, value)
  }
  return kept.size > 0 ? `?${kept.toString()}` : ''
}

const AMP_PARAMETERS: Record<string, string[]> = { amp: ['', '1'], outputType: ['amp'] }
