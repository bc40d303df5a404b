/**
 * An absolute URL, or one that is relative to `base`; null when the text is none. `URL.canParse` is not used anywhere: once Node 20 has optimised it, it refuses
 * addresses with letters beyond Latin-1's first half.
 */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}
