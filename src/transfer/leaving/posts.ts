import { dateOf } from '../import/files/dates.ts'
import { childText, type XmlElement } from '../import/files/xml-tree.ts'
import { xmlElements } from '../import/files/xml.ts'
import { refuseOther } from '../import/guess.ts'
import { CHANNEL, ITEM, nameOf, UNWANTED } from '../import/readers/wxr-names.ts'
import { unreadable } from '../import/files/unreadable.ts'

/** A post as WordPress has it. Texts are as they stand in its export, to the last sign: its importer compares them with what it has. */
export interface Post {
  /** WordPress's number of it. */
  id: number
  title: string
  date: string
  dateGmt: string
  status: string
  name: string
  type: string
}

/** A comment that WordPress has itself. */
export interface PostComment {
  id: number
  author: string
  date: string
  dateGmt: string
  /** Its id here, if it came from here. */
  ownId: string | null
}

/** `item` is the same for a post and its comments, which come before it. `root` is the blog's own address; `oldNames` had the place of the post's
 * name in its address before. */
export type PostFound =
  | { type: 'comment'; item: number; comment: PostComment }
  | { type: 'post'; item: number; post: Post; link: string; guid: string; oldNames: string[]; root: string }

/**
 * The posts, pages and whatever else readers can answer in WordPress's own export, each after its comments. Read as a stream: the texts
 * of the posts are passed over.
 *
 * @throws UnreadableFile also for a file that we wrote, which says nothing about WordPress's posts
 */
export async function* readPosts(file: string): AsyncGenerator<PostFound, void> {
  await refuseOther({ file, name: 'wxr' })
  let root = ''
  let item: Item | null = null
  let items = 0
  for await (const found of xmlElements({ file, containers: ['rss', CHANNEL, ITEM], ignored: UNWANTED, nameOf })) {
    if (found.path === ITEM && found.type !== 'element') {
      if (found.type === 'end' && item) yield* postOf(item, root)
      item = found.type === 'start' ? { number: ++items, fields: new Map(), oldNames: [] } : null
    } else if (found.type === 'element' && found.path.startsWith(`${ITEM}/`) && item) {
      const { element } = found
      if (element.name === 'wp:comment') yield* commentOf(element, item)
      else if (element.name === 'wp:postmeta') readMeta(element, item)
      else if (!item.fields.has(element.name)) item.fields.set(element.name, element.text)
    } else if (found.type === 'element') {
      const { name, text } = found.element
      if (name === 'generator' && text.trim() === 'Balas') throw unreadable('This is our own export. Give the one that WordPress writes.')
      if (name === 'wp:base_blog_url' || (name === 'link' && root === '')) root = text.trim()
    }
  }
}

interface Item {
  number: number
  fields: Map<string, string>
  oldNames: string[]
}

/** WordPress leads readers from the names that a post had before, which it keeps among its meta. */
function readMeta(element: XmlElement, { oldNames }: Item): void {
  if (childText(element, 'wp:meta_key') === '_wp_old_slug') oldNames.push(childText(element, 'wp:meta_value'))
}

/** What WordPress's importer takes no comments for, or never has a page. */
const NO_POST = new Set(['nav_menu_item', 'revision', 'auto-draft'])

function* postOf({ number, fields, oldNames }: Item, root: string): Generator<PostFound, void> {
  const trimmed = (name: string) => fields.get(name)?.trim() ?? ''
  const id = numberIn(trimmed('wp:post_id'))
  const [type, status] = [trimmed('wp:post_type') || 'post', trimmed('wp:status') || 'publish']
  if (id === 0 || NO_POST.has(type) || NO_POST.has(status)) return
  const [date, dateGmt] = [trimmed('wp:post_date'), trimmed('wp:post_date_gmt')]
  const post = { id, title: fields.get('title') ?? '', date, dateGmt, status, name: trimmed('wp:post_name'), type }
  yield { type: 'post', item: number, post, link: trimmed('link'), guid: trimmed('guid'), oldNames, root }
}

function* commentOf(element: XmlElement, item: Item): Generator<PostFound, void> {
  const raw = (name: string) => element.children.find((child) => child.name === `wp:comment_${name}`)?.text ?? ''
  const id = numberIn(raw('id').trim())
  const [date, dateGmt] = [raw('date').trim(), raw('date_gmt').trim()]
  if (id === 0 || element.flaw !== null || !dateOf(dateGmt)) return
  const meta = element.children.find((child) => child.name === 'wp:commentmeta' && childText(child, 'wp:meta_key') === 'balas_id')
  const ownId = meta ? childText(meta, 'wp:meta_value') : null
  yield { type: 'comment', item: item.number, comment: { id, author: raw('author'), date, dateGmt, ownId } }
}

const numberIn = (text: string): number => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0)
