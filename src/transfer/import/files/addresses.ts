import { parseUrl } from '../../../parse-url.ts'
import type { Reason } from '../reasons.ts'

/** An article's address as the file has it, made whole; or why it cannot be. */
export type Located = { url: string } | { reason: Reason }

/** `//link/`: browsers keep the slash that a server or a link doubled in a page's path. A host of the web has a dot, or is this machine. */
const DOUBLED = /^\/{2,}(?!localhost(?:[:/]|$))(?=[^/?#.:]*(?:[/?#]|$))/i

/**
 * @param base what a relative address is taken from, when there is anything
 * @example locate('/2021/a/', 'https://news.example') // { url: 'https://news.example/2021/a/' }
 */
export function locate(address: string, base: string | undefined): Located {
  const text = address.trim().replace(DOUBLED, '/')
  if (text === '') return { reason: 'no-address' }
  const url = parseUrl(text) ?? (base === undefined ? null : parseUrl(text, base))
  if (url) return isWeb(url) ? { url: url.href } : { reason: 'not-web' }
  if (text.startsWith('//')) return locate(`https:${text}`, base)
  return { reason: 'needs-base' }
}

const isWeb = ({ protocol, hostname }: URL) => (protocol === 'http:' || protocol === 'https:') && hostname !== ''

/** A writer's website; null for what is no web address, such as the bare `http://` of old forms. */
export function websiteOf(address: string): string | null {
  const text = address.trim()
  const url = parseUrl(/^www\./i.test(text) ? `http://${text}` : text)
  return url && isWeb(url) ? text : null
}
