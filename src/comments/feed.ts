import XmlBuilder from 'fast-xml-builder'
import { v5 } from 'uuid'
import type { Article } from '../sites/article-url.ts'
import type { Site } from '../sites/sites.ts'
import type { FeedRow } from './feed-store.ts'

/** What XML 1.0 cannot have, not even escaped (section 2.2): people and their programs do type such characters. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu
const leaveOut = (_name: string, value: unknown) => String(value).replace(FORBIDDEN, '')

/** Attributes are the names with an @. */
const xml = new XmlBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  tagValueProcessor: leaveOut,
  attributeValueProcessor: leaveOut,
})

export interface Feed {
  site: Site
  /** The article that it is about; null for all of the site's. */
  article: (Article & { title: string | null }) | null
  /** Newest first. */
  comments: FeedRow[]
  /** Where this server is, without a slash at the end. */
  publicUrl: string
}

/**
 * Comments as an Atom feed (RFC 4287), replies marked as such (RFC 4685). Ids never change, so that a feed reader shows no comment
 * twice.
 */
export function atomFeed({ site, article, comments, publicUrl }: Feed): string {
  const self = `${publicUrl}/api/v1/sites/${site.key}/feed.atom${article ? `?url=${encodeURIComponent(article.url)}` : ''}`
  const home = article?.url ?? site.allowedOrigins[0]
  return xml.build({
    '?xml': { '@version': '1.0', '@encoding': 'utf-8' },
    feed: {
      '@xmlns': 'http://www.w3.org/2005/Atom',
      '@xmlns:thr': 'http://purl.org/syndication/thread/1.0',
      '@xml:lang': site.locale,
      id: urn(article ? v5(article.key, site.id) : site.id),
      title: article ? (article.title ?? article.url) : site.name,
      updated: comments.reduce((latest, row) => (updatedAt(row) > latest ? updatedAt(row) : latest), site.createdAt).toISOString(),
      link: [{ '@rel': 'self', '@type': 'application/atom+xml', '@href': self }, ...(home ? [page(home)] : [])],
      generator: 'Balas',
      entry: comments.map(entryOf),
    },
  })
}

const entryOf = (row: FeedRow) => ({
  id: urn(row.id),
  title: row.thread.title ?? row.thread.url,
  published: row.createdAt.toISOString(),
  updated: updatedAt(row).toISOString(),
  author: { name: row.name, ...(row.website && { uri: row.website }) },
  link: page(placeOf(row, row.id)),
  ...(row.parentId && { 'thr:in-reply-to': { '@ref': urn(row.parentId), '@type': 'text/html', '@href': placeOf(row, row.parentId) } }),
  content: { '@type': 'html', '#text': row.html },
})

const urn = (id: string) => `urn:uuid:${id}`
const updatedAt = ({ createdAt, editedAt }: FeedRow) => editedAt ?? createdAt
const page = (href: string) => ({ '@rel': 'alternate', '@type': 'text/html', '@href': href })
const placeOf = ({ thread }: FeedRow, id: string) => `${thread.url}#comment-${id}`
