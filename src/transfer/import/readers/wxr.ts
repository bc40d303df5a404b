import { locate, type Located } from '../files/addresses.ts'
import { dateOf } from '../files/dates.ts'
import { leftOut, orNull, skipped } from '../files/found.ts'
import { xmlElements } from '../files/xml.ts'
import { childText, textsOf, type XmlElement } from '../files/xml-tree.ts'
import type { Found, FoundComment, Place, Source, SourceOptions } from '../source.ts'
import { refuseOther } from '../guess.ts'
import { isWithin } from '../origin.ts'
import { hidden, type HiddenBy } from './hidden.ts'
import { CHANNEL, ITEM, nameOf, UNWANTED } from './wxr-names.ts'
import { plainText, readComment, type Sequel } from './wxr-comment.ts'

/**
 * WordPress's own export (WXR 1.0 to 1.2): RSS with an item for each post, page and attachment, and its comments in it. Taken from
 * WordPress's `wp-admin/includes/export.php` and from what its importers put up with.
 *
 * Every post and page is a thread; what else has comments is one too. Pingbacks, trackbacks and the private notes that plugins keep as
 * comments are skipped. What stands under a post that the public cannot read comes in as rejected, and the post's title does not.
 */
export const wxr: Source = {
  async *read({ file, options }) {
    await refuseOther({ file, name: 'wxr' })
    const channel = newChannel(options.base)
    let item: Item | null = null
    for await (const found of xmlElements({ file, containers: ['rss', CHANNEL, ITEM], ignored: UNWANTED, nameOf })) {
      if (found.path === ITEM && found.type !== 'element') {
        if (found.type === 'start') item = newItem(found.at)
        else if (item) yield* endOf(item, channel)
      } else if (found.type === 'element' && found.path.startsWith(`${ITEM}/`) && item) {
        yield* readItemPart({ item, channel, element: found.element })
      } else if (found.type === 'element') {
        readChannelPart({ channel, element: found.element, options })
        if (found.element.name === 'wp:comment') yield skipped({ at: found.element.at, reason: 'outside', raw: textsOf(found.element) })
      }
    }
    channel.isOver = true
    for (const attachment of channel.waiting) yield* endOf(attachment, channel)
    if (!channel.isOurs && !channel.hasSpam) yield { type: 'notice', reason: 'wordpress-no-spam' }
  },
}

export interface Channel {
  base: string | undefined
  /** The blog's address: every blog numbers its comments from 1. */
  blog: string
  /** How many items so far had a post's id: files that were merged have an id for several. */
  items: Map<string, number>
  /** Our own file: names and titles are text, and comments are the HTML that was shown. */
  isOurs: boolean
  /** WordPress's own export leaves spam out (`comment_approved <> 'spam'` in its query); some plugins' exports do not. */
  hasSpam: boolean
  /** Users who wrote posts. */
  authors: Set<string>
  /** What hides each post so far, by id: an attachment is as public as the post that it belongs to. */
  posts: Map<string, HiddenBy | null>
  /** Attachments with comments whose post had not come by their end. */
  waiting: Item[]
  /** No item will come any more. */
  isOver: boolean
}

const newChannel = (base: string | undefined): Channel => ({
  base,
  blog: '',
  items: new Map(),
  isOurs: false,
  hasSpam: false,
  authors: new Set(),
  posts: new Map(),
  waiting: [],
  isOver: false,
})

function readChannelPart({ channel, element, options }: { channel: Channel; element: XmlElement; options: SourceOptions }): void {
  const { name, text } = element
  if (name === 'generator' && text.trim() === 'Balas') channel.isOurs = true
  if (name === 'wp:author') channel.authors.add(childText(element, 'wp:author_id'))
  if (name === 'wp:base_blog_url' || (name === 'link' && channel.blog === '')) channel.blog = text.trim()
  if (options.base === undefined && (name === 'wp:base_blog_url' || (name === 'link' && channel.base === undefined)))
    channel.base = text.trim()
}

interface Item extends Sequel {
  at: Place
  fields: Map<string, string>
  isReported: boolean
  located?: Located
  /** Its name in the file, once it was asked for. */
  name?: string
  /** Comments that came before it was known what they belong to, or whom they answer. */
  held: XmlElement[]
}

const MOST_HELD = 10_000
/** What comes after is taken for an attachment of a post that is not in the file. */
const MOST_WAITING = 1000

const newItem = (at: Place): Item => ({ at, fields: new Map(), isReported: false, held: [], ids: new Map(), hasOwnIds: false })

function* readItemPart({ item, channel, element }: { item: Item; channel: Channel; element: XmlElement }): Generator<Found, void> {
  const { name, text } = element
  if (name === 'wp:postmeta') readMeta({ item, element })
  if (name === 'guid') item.fields.set('guid permalink', element.attributes['isPermaLink'] ?? 'true')
  if (name !== 'wp:comment') {
    if (!item.fields.has(name)) item.fields.set(name, text.trim())
    return
  }
  const placing = ['wp:post_id', 'link', 'wp:status', 'wp:post_password', ...(statusOf(item) === 'inherit' ? ['wp:post_parent'] : [])]
  const isPlaced = placing.every((field) => item.fields.has(field))
  if ((!isPlaced || waitsForPost(item, channel)) && item.held.length < MOST_HELD) item.held.push(element)
  else yield* report({ item, channel, element, isLast: item.held.length >= MOST_HELD })
}

/** What our own export says beyond WordPress: `balas_id`, and `balas_untitled` for a thread whose title is only its address. */
function readMeta({ item, element }: { item: Item; element: XmlElement }): void {
  const key = childText(element, 'wp:meta_key')
  if (key.startsWith('balas_')) item.fields.set(key, childText(element, 'wp:meta_value'))
}

function* endOf(item: Item, channel: Channel): Generator<Found, void> {
  if (statusOf(item) !== 'inherit') keepPost(item, channel)
  if (item.held.length > 0 && waitsForPost(item, channel) && channel.waiting.length < MOST_WAITING) {
    channel.waiting.push(item)
    return
  }
  for (const element of item.held.splice(0)) yield* report({ item, channel, element, isLast: true })
  if (!item.isReported && PUBLISHED.test(statusOf(item)) && /^(?:post|page|)$/.test(item.fields.get('wp:post_type') ?? ''))
    yield* thread(item, channel)
}

const PUBLISHED = /^(?:publish|closed|)$/
const statusOf = ({ fields }: Item) => fields.get('wp:status') ?? ''

/** Of several posts with one id, as in merged files, the one that is hidden counts. */
function keepPost(item: Item, channel: Channel): void {
  const id = item.fields.get('wp:post_id') ?? ''
  if (!channel.posts.get(id)) channel.posts.set(id, hiddenBy(item, channel))
}

/** The post that an attachment belongs to; null for what stands by itself. */
function postOf(item: Item): string | null {
  const post = item.fields.get('wp:post_parent') ?? ''
  return statusOf(item) === 'inherit' && !/^0?$/.test(post) ? post : null
}

function waitsForPost(item: Item, { posts, isOver, isOurs }: Channel): boolean {
  const post = postOf(item)
  return post !== null && !posts.has(post) && !isOver && !isOurs
}

/**
 * Why the public cannot read an item there; null when it can. A status that a plugin made is not known to be public, nor is an attachment
 * whose post is not in the file.
 */
function hiddenBy(item: Item, { isOurs, posts }: Channel): HiddenBy | null {
  if (isOurs) return null // a comment of ours has the status that it has here
  if (item.fields.get('wp:post_password')) return 'password'
  const post = postOf(item)
  if (post !== null) return posts.has(post) ? (posts.get(post) ?? null) : 'other'
  const status = statusOf(item)
  if (PUBLISHED.test(status) || status === 'inherit') return null
  return (['private', 'draft', 'pending', 'future', 'trash'] as const).find((known) => known === status) ?? 'other'
}

function* report({
  item,
  channel,
  element,
  isLast,
}: {
  item: Item
  channel: Channel
  element: XmlElement
  isLast: boolean
}): Generator<Found, void> {
  const read = readComment({
    element,
    sequel: item,
    isLast,
    channel,
    post: postDates(item),
    threadExternalId: externalIdOf(item, channel),
  })
  if (read === 'wait') {
    item.held.push(element)
    return
  }
  const located = addressOf(item, channel)
  const isOfBlog = channel.blog !== '' && !('reason' in located) && isWithin(located.url, channel.blog)
  const whole = (comment: FoundComment) => hidden({ ...comment, origin: isOfBlog ? channel.blog : undefined }, hiddenBy(item, channel))
  const address = addressIn(item)
  if (read.type === 'skipped') return yield { ...read, address, ...(read.comment && { comment: whole(read.comment) }) }
  if ('reason' in located) return yield leftOut({ comment: whole(read), address, reason: located.reason })
  if (!item.isReported) yield* thread(item, channel)
  channel.hasSpam ||= read.status === 'spam'
  yield whole(read)
}

function* thread(item: Item, channel: Channel): Generator<Found, void> {
  item.isReported = true
  const located = addressOf(item, channel)
  if ('reason' in located) return
  yield {
    type: 'thread',
    at: item.at,
    externalId: externalIdOf(item, channel),
    url: located.url,
    title: hiddenBy(item, channel) ? null : titleOf(item, channel),
    open: openness[item.fields.get('wp:comment_status') ?? ''],
    createdAt: dateOf(item.fields.get('wp:post_date_gmt')) ?? dateOf(item.fields.get('pubDate')) ?? undefined,
  }
}

function titleOf({ fields }: Item, { isOurs }: Channel): string | null {
  const title = fields.get('title') ?? ''
  return fields.has('balas_untitled') ? null : orNull(isOurs ? title : plainText(title))
}

const openness: Record<string, boolean | undefined> = { open: true, registered_only: true, closed: false }

/** Of several items with one id each is a thread of its own; those that are one article come together by its address. */
function externalIdOf(item: Item, { items }: Channel): string {
  if (item.name !== undefined) return item.name
  const { fields } = item
  const id = fields.get('balas_id') || fields.get('wp:post_id') || fields.get('link') || fields.get('guid') || ''
  const number = (items.get(id) ?? 0) + 1
  items.set(id, number)
  return (item.name = number === 1 ? id : `${id} (${number})`)
}

const postDates = ({ fields }: Item) => ({ local: dateOf(fields.get('wp:post_date')), gmt: dateOf(fields.get('wp:post_date_gmt')) })

const addressOf = (item: Item, { base }: Channel): Located => (item.located ??= locate(addressIn(item), base))

/** The link; where a plugin left it empty, the guid when it is an address that leads somewhere. */
function addressIn({ fields }: Item): string {
  const link = fields.get('link') ?? ''
  const guid = fields.get('guid') ?? ''
  const isAddress = /^https?:\/\//.test(guid) || fields.get('guid permalink') === 'true'
  return link === '' && isAddress ? guid : link
}
