import { decodeHTML } from 'entities'
import type { Status } from '../../../comments/comment.ts'
import { websiteOf } from '../files/addresses.ts'
import { dateOf } from '../files/dates.ts'
import { leftOut, orNull, skipped } from '../files/found.ts'
import { childText, textsOf, type XmlElement } from '../files/xml-tree.ts'
import type { Reason } from '../reasons.ts'
import type { FoundComment, Skipped } from '../source.ts'

/** What the comments of one post say about those that come after them. */
export interface Sequel {
  /** External ids by WordPress's numbers, of the comments so far. */
  ids: Map<string, string>
  /** Whether any comment carries the id that it has with us. */
  hasOwnIds: boolean
}

/**
 * One `wp:comment`. In files that we wrote (and in WordPress's of comments that came from us) a comment carries our id, which is then its
 * external id; the answers name their parents by WordPress's numbers.
 *
 * @param isLast the end of the post: no parent will come any more
 * @returns `wait` when the parent may come later with an id of ours
 */
export function readComment({
  element,
  sequel,
  isLast,
  channel,
  post,
  threadExternalId,
}: {
  element: XmlElement
  sequel: Sequel
  isLast: boolean
  channel: { authors: Set<string>; isOurs: boolean }
  post: { local: Date | null; gmt: Date | null }
  threadExternalId: string
}): FoundComment | Skipped | 'wait' {
  const field = (name: string) => childText(element, `wp:comment_${name}`)
  const { at } = element
  const number = field('id')
  const ownId = ownIdOf(element)
  const externalId = ownId || number
  if (number !== '') sequel.ids.set(number, externalId)
  sequel.hasOwnIds ||= ownId !== ''

  if (element.flaw) return skipped({ at, externalId: orNull(externalId), reason: element.flaw, raw: textsOf(element) })

  const parent = /^0?$/.test(field('parent')) ? null : field('parent')
  if (parent !== null && sequel.hasOwnIds && !sequel.ids.has(parent) && !isLast) return 'wait'
  const userId = field('user_id')
  const comment: FoundComment = {
    type: 'comment',
    at,
    externalId,
    threadExternalId,
    parentExternalId: parent === null ? null : (sequel.ids.get(parent) ?? parent),
    status: statusOf(field('approved')),
    author: {
      name: channel.isOurs ? field('author') : plainText(field('author')),
      email: orNull(field('author_email')),
      website: websiteOf(field('author_url')),
      ip: orNull(field('author_IP')),
      isModerator: userId !== '' && userId !== '0' && channel.authors.has(userId),
    },
    body: field('content'),
    markup: channel.isOurs ? 'html' : 'typed',
    createdAt: dateOf(field('date_gmt')) ?? fromLocal(dateOf(field('date')), post),
    editedAt: null,
  }
  const refusal = externalId === '' ? 'no-id' : kindOf(field('type'))
  return refusal ? leftOut({ comment, reason: refusal }) : comment
}

function ownIdOf(element: XmlElement): string {
  const meta = element.children.find((child) => child.name === 'wp:commentmeta' && childText(child, 'wp:meta_key') === 'balas_id')
  return meta ? childText(meta, 'wp:meta_value') : ''
}

/** Why a comment of this type is none; null for those that people wrote for readers. */
function kindOf(type: string): Reason | null {
  if (/^(?:comment|review|)$/.test(type)) return null
  if (type === 'pingback') return 'pingback'
  if (type === 'trackback') return 'trackback'
  return `plugin-note:${type.slice(0, 40)}`
}

/** What is in the bin was not public, whatever it was before. A word that we do not know waits for a moderator. */
function statusOf(approved: string): Status {
  if (approved === '1' || approved === 'approve' || approved === 'approved') return 'approved'
  if (approved === 'spam') return 'spam'
  return approved === 'trash' || approved === 'post-trashed' ? 'rejected' : 'pending'
}

/** The site's local time, by what its clock was ahead of UTC when the post was written: nothing else in the file tells. */
function fromLocal(local: Date | null, post: { local: Date | null; gmt: Date | null }): Date | null {
  if (!local) return null
  const ahead = post.local && post.gmt ? post.local.getTime() - post.gmt.getTime() : 0
  return Math.abs(ahead) <= 14 * 3_600_000 ? new Date(local.getTime() - ahead) : local
}

/** WordPress keeps names and titles as HTML: `Tom &amp; Jerry`, `<em>Berita</em>`. */
export const plainText = (html: string): string =>
  decodeHTML(html.replace(/<\/?[a-z][^<>]*>/gi, ''))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
