import { locate } from '../files/addresses.ts'
import { dateOf } from '../files/dates.ts'
import { leftOut, orNull, removedComment, skipped } from '../files/found.ts'
import { xmlElements } from '../files/xml.ts'
import { childText, textsOf, type XmlElement } from '../files/xml-tree.ts'
import { refuseOther } from '../guess.ts'
import type { Reason } from '../reasons.ts'
import type { Found, FoundComment, Skipped, Source } from '../source.ts'
import { withoutRedirects } from './disqus-links.ts'
import { plainText } from './wxr-comment.ts'

/**
 * Disqus' XML export (`disqus.xsd`): categories, then threads, then posts that name their thread.
 *
 * Disqus exports what was deleted too, with its text: of such a comment only its place is passed on, and discussions that were deleted
 * are left out. Disqus keeps a thread for each way in which an article was ever addressed, so one article may come as several.
 */
export const disqus: Source = {
  async *read({ file, options }) {
    await refuseOther({ file, name: 'disqus' })
    const unplaced: Unplaced = new Map()
    let forum = ''
    for await (const found of xmlElements({ file, containers: ['disqus'], ignored: ['category'], nameOf })) {
      if (found.type !== 'element') continue
      const { element } = found
      if (element.name === 'thread') {
        forum = childText(element, 'forum') || forum // an export is of one forum
        yield* readThread({ element, base: options.base, unplaced })
      }
      if (element.name === 'post') yield readPost({ element, unplaced, forum })
    }
  },
}

const nameOf = ({ uri, prefix, local }: { uri: string; prefix: string; local: string }) =>
  prefix === 'dsq' || uri === 'http://disqus.com/disqus-internals' ? `dsq:${local}` : local

/** Threads whose posts cannot be taken, by id. */
type Unplaced = Map<string, { reason: Reason; address: string }>

function* readThread({
  element,
  base,
  unplaced,
}: {
  element: XmlElement
  base: string | undefined
  unplaced: Unplaced
}): Generator<Found, void> {
  const id = idOf(element)
  const { at } = element
  if (id === '') return yield skipped({ at, reason: 'article-no-id' })
  const isDeleted = childText(element, 'isDeleted') === 'true'
  const address = addressOf(element)
  const located = isDeleted ? { reason: 'article-deleted' as const } : locate(address, base)
  if ('reason' in located) {
    unplaced.set(id, { reason: located.reason, address })
    return
  }
  yield {
    type: 'thread',
    at,
    externalId: id,
    url: located.url,
    title: orNull(plainText(childText(element, 'title'))),
    open: childText(element, 'isClosed') !== 'true',
    createdAt: dateOf(childText(element, 'createdAt')) ?? undefined,
  }
}

/** The link; for threads without one, the identifier that the site gave, where that is an address. */
function addressOf(element: XmlElement): string {
  const link = childText(element, 'link')
  const identifier = childText(element, 'id')
  return link === '' && /^https?:\/\//.test(identifier) ? identifier : link
}

function readPost({ element, unplaced, forum }: { element: XmlElement; unplaced: Unplaced; forum: string }): FoundComment | Skipped {
  const comment = { ...commentOf(element), ...(forum !== '' && { origin: forum }) }
  const { at, externalId, threadExternalId } = comment
  if (element.flaw) return skipped({ at, externalId: orNull(externalId), reason: element.flaw, raw: textsOf(element) })
  const refusal = unplaced.get(threadExternalId)
  if (externalId === '') return leftOut({ comment, address: refusal?.address ?? '', reason: 'no-id' })
  if (threadExternalId === '') return leftOut({ comment, address: '', reason: 'no-article' })
  return refusal ? leftOut({ comment, ...refusal }) : comment
}

function commentOf(element: XmlElement): FoundComment {
  const place = {
    at: element.at,
    externalId: idOf(element) || childText(element, 'id'),
    threadExternalId: referenceOf(element, 'thread'),
    parentExternalId: orNull(referenceOf(element, 'parent')),
    createdAt: dateOf(childText(element, 'createdAt')),
  }
  if (childText(element, 'isDeleted') === 'true') return removedComment(place)
  return {
    type: 'comment',
    ...place,
    status: statusOf(element),
    author: authorOf(element),
    body: withoutRedirects(childText(element, 'message')),
    markup: 'html',
    editedAt: null,
  }
}

function statusOf(element: XmlElement) {
  if (childText(element, 'isSpam') === 'true') return 'spam'
  return childText(element, 'isApproved') === 'false' ? 'pending' : 'approved'
}

function authorOf(element: XmlElement): FoundComment['author'] {
  const author = element.children.find(({ name }) => name === 'author')
  const field = (name: string) => (author ? childText(author, name) : '')
  return {
    name: plainText(field('name')) || field('username'),
    email: orNull(field('email')),
    website: null,
    ip: orNull(childText(element, 'ipAddress')),
  }
}

const idOf = (element: XmlElement) => (element.attributes['dsq:id'] ?? '').trim()

const referenceOf = (element: XmlElement, name: string) => {
  const reference = element.children.find((child) => child.name === name)
  return reference ? idOf(reference) : ''
}
