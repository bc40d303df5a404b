/** Where the widget came from and what the page says about it. */
export interface Options {
  /** The server's address without a slash at the end. */
  server: string
  site: string
  /** The article's address. */
  url: string
  title: string
  /** Languages, best first, parted by commas. */
  languages: string
  order: 'oldest' | 'newest'
  theme: 'auto' | 'light' | 'dark'
}

export interface Script {
  server: string
  data: DOMStringMap
}

/** The script element that runs; one that a framework put in later is found by its name. */
export function findScript(): Script {
  const running = document.currentScript as HTMLScriptElement | null
  const script = running ?? document.querySelector<HTMLScriptElement>('script[src*="/embed.js"]')
  return { server: new URL('.', script?.src || location.href).href.slice(0, -1), data: script?.dataset ?? {} }
}

/** What a widget goes by: its own `data-` attributes, then those of the script, then what the page says of itself. */
export function optionsOf(element: HTMLElement, { server, data }: Script): Options {
  const said = (name: string) => element.dataset[name] ?? data[name]
  return {
    server,
    site: said('site') ?? 'default',
    url: (absolute(said('url')) ?? canonical() ?? location.href).replace(/#.*$/, ''),
    title: said('title') ?? meta('og:title') ?? document.title,
    languages: languagesOf(said('lang')),
    order: said('order') === 'newest' ? 'newest' : 'oldest',
    theme: themeOf(said('theme')),
  }
}

/** What the page says for the widget, what it says of itself, then what the browser is set to. */
export const languagesOf = (said: string | undefined) =>
  [said, document.documentElement.lang, ...navigator.languages].filter(Boolean).join(',').slice(0, 200)

const themeOf = (said: string | undefined) => (said === 'light' || said === 'dark' ? said : 'auto')
const canonical = () => document.querySelector<HTMLLinkElement>('link[rel~="canonical" i]')?.href || undefined
const meta = (property: string) => document.querySelector<HTMLMetaElement>(`meta[property="${property}"]`)?.content || undefined

function absolute(url: string | undefined): string | undefined {
  if (!url) return undefined
  try {
    return new URL(url, location.href).href
  } catch {
    return undefined
  }
}
