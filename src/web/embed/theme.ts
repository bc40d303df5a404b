import type { Options } from './options.ts'

/** Light or dark by what is behind the element: a light page stays light on a dark device, and the other way round. */
export function themeFor(element: Element, wanted: Options['theme']): 'light' | 'dark' {
  if (wanted !== 'auto') return wanted
  for (let at: Element | null = element; at; at = parentOf(at)) {
    const { lightness, isSolid } = painted(getComputedStyle(at).backgroundColor)
    if (isSolid) return lightness < 0.5 ? 'dark' : 'light'
  }
  // Nothing is painted, or a picture is: the page's own letters are the opposite of what is behind them.
  return painted(getComputedStyle(element).color).lightness > 0.5 ? 'dark' : 'light'
}

/** What an element stands in, out of shadow roots too. */
export const parentOf = (element: Element): Element | null => {
  const root = element.getRootNode()
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
}

let pixel: CanvasRenderingContext2D | null | undefined

/** Any colour that CSS can write, as the browser paints it. */
function painted(color: string): { lightness: number; isSolid: boolean } {
  pixel ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true })
  if (!pixel) return { lightness: 1, isSolid: false }
  pixel.clearRect(0, 0, 1, 1)
  pixel.fillStyle = color
  pixel.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0, alpha = 0] = pixel.getImageData(0, 0, 1, 1).data
  return { lightness: (red * 0.299 + green * 0.587 + blue * 0.114) / 255, isSolid: alpha > 127 }
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
