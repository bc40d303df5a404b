/** Where the parts of a WXR stand. */
export const CHANNEL = 'rss/channel'
export const ITEM = 'rss/channel/item'

/** What in an item is large and says nothing about its comments. */
export const UNWANTED = ['content:encoded', 'excerpt:encoded', 'description', 'category', 'wp:term', 'wp:category', 'wp:tag']

/** Exports of every version, and files that bind the prefixes otherwise, come to the names that WordPress writes today. */
export function nameOf({ uri, prefix, local }: { uri: string; prefix: string; local: string }): string {
  if (/^https?:\/\/wordpress\.org\/export\/[\d.]+\/excerpt\/?$/.test(uri)) return `excerpt:${local}`
  if (/^https?:\/\/wordpress\.org\/export\//.test(uri)) return `wp:${local}`
  if (uri === 'http://purl.org/rss/1.0/modules/content/') return `content:${local}`
  return prefix === '' ? local : `${prefix}:${local}`
}
