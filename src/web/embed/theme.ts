import type { Options } from './options.ts'

/** Light or dark by what is behind the element: a light page stays light on a dark device, and the other way round. */
export function themeFor(element: Element, wanted: Options['theme']): 'light' | 'dark' {
  if (wanted !== 'auto') return wanted
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at)
    const [red = 0, green = 0, blue = 0, alpha = 1] = (backgroundColor.match(/[\d.]+/g) ?? []).map(Number)
    if (backgroundColor.startsWith('rgb') && alpha > 0.5) return red * 0.299 + green * 0.587 + blue * 0.114 < 128 ? 'dark' : 'light'
  }
  return dark && /dark/.test(getComputedStyle(document.documentElement).colorScheme) ? 'dark' : 'light'
}

/** Tells of changes that may mean another theme; gives a function that ends it. */
export function onThemeChange(look: () => void): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)')
  query.addEventListener('change', look)
  const observer = new MutationObserver(look)
  const options = { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'data-color-mode', 'data-bs-theme'] }
  observer.observe(document.documentElement, options)
  observer.observe(document.body, options)
  return () => {
    query.removeEventListener('change', look)
    observer.disconnect()
  }
}
