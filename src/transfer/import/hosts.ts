import { z } from 'zod'
import { parseUrl } from '../../parse-url.ts'

/** A file has a few; one that was made to fill memory has no more of them counted. */
const MOST = 1000
const LISTED = 50

export const Host = z.object({
  host: z.string(),
  articles: z.int(),
  foreign: z.int().meta({ description: "Of these, how many are not the site's, and are left out with their comments" }),
})
export type Host = z.output<typeof Host>

/** Counts the hosts of a file's articles, as their addresses stand in it. */
export function createHosts() {
  const hosts = new Map<string, Host>()
  return {
    add(address: string, { isForeign }: { isForeign: boolean }) {
      const host = parseUrl(address)?.host ?? ''
      if (host === '') return
      const counted = hosts.get(host) ?? { host, articles: 0, foreign: 0 }
      if (!hosts.has(host) && hosts.size >= MOST) return
      hosts.set(host, counted)
      counted.articles++
      if (isForeign) counted.foreign++
    },
    /** Those with the most articles first. */
    list: (): Host[] => [...hosts.values()].toSorted((one, other) => other.articles - one.articles).slice(0, LISTED),
  }
}
