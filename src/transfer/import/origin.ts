import { parseUrl } from '../../parse-url.ts'

/**
 * The name of the blog or forum that numbered comments, so that number 1 of one is not taken for number 1 of another: an address without
 * what one blog's address may differ by from one export to the next (scheme, `www.`, closing slash, capitals in the host).
 *
 * @param name a blog's or article's address; what is no address, such as a forum's short name, stands as it is
 * @example originOf('https://www.News.example/bola/') // 'news.example/bola'
 */
export function originOf(name: string): string {
  const url = parseUrl(name.trim())
  if (!url || url.hostname === '') return name.trim().toLowerCase().slice(0, MOST)
  const host = url.host.replace(/^www\.(?=.*\.)/, '')
  return `${host}${url.pathname.replace(/\/+$/, '')}`.slice(0, MOST)
}

/** The origin of an article of which only the address is known: its host. */
export const hostOf = (address: string): string => originOf(parseUrl(address)?.origin ?? address)

/** Whether an address is a blog's or lies below it. */
export function isWithin(address: string, blog: string): boolean {
  const [inner, outer] = [originOf(address), originOf(blog)]
  return inner === outer || inner.startsWith(`${outer}/`)
}

const MOST = 500
