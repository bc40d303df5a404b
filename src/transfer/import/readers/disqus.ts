import { locate } from '../files/addresses.ts'
import { dateOf } from '../files/dates.ts'
import { orNull, removedComment, skipped } from '../files/found.ts'
import { xmlElements } from '../files/xml.ts'
import { childText, type XmlElement } from '../files/xml-tree.ts'
import { refuseOther } from '../guess.ts'
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
    const unplaced = new Map<string, string>()
    let forum = ''
    for await (const found of xmlElements({ file, containers: ['disqus'], ignored: ['category'], nameOf })) {
      if (found.type !== 'element') continue
      const { element } = found
      if (element.name === 'thread') {
        forum = childText(element, 'forum') || forum // an export is of one forum
        yield* readThread({ element, base: options.base, unplaced })
      }
      if (element.name === 'post') yield { ...readPost({ element, unplaced }), ...(forum !== '' && { origin: forum }) }
    }
  },
}

const nameOf = ({ uri, prefix, local }: { uri: string; prefix: string; local: string }) =>
  prefix === 'dsq' || uri === 'http://disqus.com/disqus-internals' ? `dsq:${local}` : local

/** @param unplaced why the posts of a thread cannot be taken, by the thread's id */
function* readThread({
  element,
  base,
  unplaced,
}: {
  element: XmlElement
  base: string | undefined
  unplaced: Map<string, string>
}): Generator<Found, void> {
  const id = idOf(element)
  const { at } = element
  if (id === '') return yield skipped({ at, reason: 'a discussion without an id' })
  const isDeleted = childText(element, 'isDeleted') === 'true'
  const located = isDeleted ? { reason: 'its discussion was deleted at Disqus' } : locate(addressOf(element), base)
  if ('reason' in located) {
    unplaced.set(id, located.reason)
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

function readPost({ element, unplaced }: { element: XmlElement; unplaced: Map<string, string> }): FoundComment | Skipped {
  const { at } = element
  const externalId = idOf(element) || childText(element, 'id')
  const threadExternalId = referenceOf(element, 'thread')
  if (externalId === '') return skipped({ at, reason: 'a comment without an id' })
  if (threadExternalId === '') return skipped({ at, externalId, reason: 'it names no discussion' })
  const refusal = unplaced.get(threadExternalId) ?? element.flaw
  if (refusal !== null) return skipped({ at, externalId, reason: refusal })

  const place = {
    at,
    externalId,
    threadExternalId,
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
