import { languagesOf, type Script } from './options.ts'
import { speak } from './texts.ts'

const AT_ONCE = 100

/**
 * Writes the number of comments into every element with `data-balas-count`: the article's address is the attribute's value, or the
 * link's own. For pages that list articles.
 */
export async function fillCounts({ server, data }: Script): Promise<void> {
  const elements = [...document.querySelectorAll<HTMLElement>('[data-balas-count]')]
  if (elements.length === 0) return
  const { t } = await speak(server, languagesOf(data['lang']))
  const addresses = new Map(elements.map((element) => [element, addressOf(element)]))
  const distinct = [...new Set(addresses.values())]
  for (let from = 0; from < distinct.length; from += AT_ONCE) {
    const query = new URLSearchParams(distinct.slice(from, from + AT_ONCE).map((url) => ['url', url]))
    const site = encodeURIComponent(data['site'] ?? 'default')
    const answer = await fetch(`${server}/api/v1/sites/${site}/counts?${query}`, { credentials: 'omit' }).catch(() => null)
    if (!answer?.ok) return // the page's own words stay
    const { counts } = (await answer.json()) as { counts: Record<string, number> }
    for (const [element, url] of addresses) {
      const count = counts[url]
      if (count !== undefined) element.textContent = t('thread.count', { count })
    }
  }
}

const addressOf = (element: HTMLElement) =>
  new URL(
    element.dataset['balasCount'] || (element instanceof HTMLAnchorElement ? element.href : location.href),
    location.href,
  ).href.replace(/#.*$/, '')
