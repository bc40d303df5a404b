import { parseUrl } from '../../parse-url.ts'

export type Move = ReturnType<typeof createMove>

/**
 * How addresses go from where a site was to where it is: what begins with `from` begins with `base` then. Scheme, `www.` and capitals of
 * the host do not tell addresses apart, and a beginning ends where a host or a part of a path does.
 *
 * @returns for an address where it went, or null where it does not begin so
 * @example createMove({ from: 'https://old.example/blog', base: 'https://new.example' })('http://www.old.example/blog/a/') // 'https://new.example/a/'
 */
export function createMove({ from, base }: { from?: string | undefined; base?: string | undefined }): (address: string) => string | null {
  const left = from === undefined ? null : parseUrl(from)
  if (!left || base === undefined) return () => null
  const host = hostOf(left)
  const start = pathOf(left)
  return (address) => {
    const url = parseUrl(address)
    if (!url || hostOf(url) !== host) return null
    const path = withEvenEscapes(url.pathname)
    if (path !== start && !path.startsWith(`${start}/`)) return null
    return base + url.pathname.slice(start.length) + url.search + url.hash
  }
}

/** Scheme aside, `old.example:80` of an http address is `old.example`, since parsing takes the scheme's own port away. */
const hostOf = ({ host }: URL) => host.replace(/^www\.(?=.*\.)/, '')

const pathOf = ({ pathname }: URL) => withEvenEscapes(pathname).replace(/\/+$/, '')

/** `%c3` and `%C3` are one escape. Nothing becomes longer or shorter by it. */
const withEvenEscapes = (path: string) => path.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase())
