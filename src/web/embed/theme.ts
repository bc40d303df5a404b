import type { Options } from './options.ts'

/** Light or dark by what is behind the element: a light page stays light on a dark device, and the other way round. */
export function themeFor(element: Element, wanted: Options['theme']): 'light' | 'dark' {
  if (wanted !== 'auto') return wanted
  for (let at: Element | null = element; at; at = parentOf(at)) {
    const lightness = painted(getComputedStyle(at).backgroundColor)
    if (lightness !== null) return lightness < 0.5 ? 'dark' : 'light'
  }
  // Nothing is painted, or a picture is: the page's own letters are the opposite of what is behind them.
  return Number(painted(getComputedStyle(element).color)) > 0.5 ? 'dark' : 'light'
}

/** What an element stands in, out of shadow roots too. */
export const parentOf = (element: Element): Element | null => {
  const root = element.getRootNode()
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
}

/**
 * How light a computed colour is, from 0 to 1; null for one that lets through what is behind it. Read from its text: browsers that guard
 * against fingerprints do not tell what they painted on a canvas, or ask their reader about it.
 */
function painted(color: string): number | null {
  const [first = 0, second = 0, third = 0, alpha = 1] = Array.from(color.match(/(?<=[ (,])[-.\d][-.\de]*/g) ?? [], Number)
  if (alpha < 0.5) return null
  if (color.startsWith('okl')) return first
  if (color.startsWith('l')) return first / 100
  return (first * 0.299 + second * 0.587 + third * 0.114) / (color.startsWith('r') ? 255 : 1)
}

/** Tells of changes that may mean another theme; gives a function that ends it. */
export function onThemeChange(element: Element, look: () => void): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)')
  query.addEventListener('change', look)
  const observer = new MutationObserver(look)
  const options = { attributes: true }
  for (const each of [element, document.body, document.documentElement]) observer.observe(each, options)
  addEventListener('transitionend', look)
  return () => {
    query.removeEventListener('change', look)
    observer.disconnect()
    removeEventListener('transitionend', look)
  }
}
