import { websiteOf } from '../files/addresses.ts'
import { dateOf } from '../files/dates.ts'
import { type Fields, isTrue, textIn } from '../files/fields.ts'
import { orNull, removedComment } from '../files/found.ts'
import type { FoundComment, Place } from '../source.ts'

export type Writer = FoundComment['author']
export type People = Map<string, Writer>

/** Reads one comment of a version; `path` is null where pages have ids. */
export type CommentOf = (input: { fields: Fields; externalId: string; at: Place; people: People }) => {
  comment: FoundComment
  domain: string
  path: string | null
}

/** One of the `commenters`. Commento writes "undefined" for a website that there is not. */
export const writerOf = (fields: Fields): Writer => ({
  name: textIn(fields, 'name'),
  email: orNull(textIn(fields, 'email')),
  website: websiteOf(textIn(fields, 'link', 'websiteUrl')),
  ip: null,
  isModerator: isTrue(fields['isModerator']),
})

const nobody: Writer = { name: '', email: null, website: null, ip: null }

export const ofVersion1: CommentOf = ({ fields, externalId, at, people }) => {
  const domain = textIn(fields, 'domain', 'host')
  const path = `/${textIn(fields, 'path', 'url').replace(/^\//, '')}`
  const parent = textIn(fields, 'parentHex')
  const place = {
    at,
    externalId,
    threadExternalId: `${domain}${path}`,
    parentExternalId: parent === '' || parent === 'root' ? null : parent,
    createdAt: dateOf(fields['creationDate']),
  }
  const body = bodyOf(fields)
  const isDeleted = isTrue(fields['deleted']) || /^(?:\[deleted\])?$/.test(body.body) // Comentario empties the text and may say no more
  const writer = people.get(textIn(fields, 'commenterHex')) ?? nobody
  return {
    comment: isDeleted
      ? removedComment(place)
      : { type: 'comment', ...place, status: statusIn(textIn(fields, 'state')), author: writer, ...body, editedAt: null },
    domain,
    path,
  }
}

/** What Commento's own filter and Akismet flagged was not shown. */
function statusIn(state: string) {
  if (state === 'flagged') return 'spam'
  return state === 'unapproved' ? 'pending' : 'approved'
}

export const ofVersion3: CommentOf = ({ fields, externalId, at, people }) => {
  const parent = textIn(fields, 'parentId')
  const place = {
    at,
    externalId,
    threadExternalId: textIn(fields, 'pageId'),
    parentExternalId: parent === '' || NO_ID.test(parent) ? null : parent,
    createdAt: dateOf(fields['createdTime']),
  }
  const writer = people.get(textIn(fields, 'userCreated')) ?? nobody
  const author = { ...writer, name: writer.name || textIn(fields, 'authorName'), ip: orNull(textIn(fields, 'authorIp')) }
  const comment: FoundComment = isTrue(fields['isDeleted'])
    ? removedComment(place)
    : { type: 'comment', ...place, status: statusOf(fields), author, ...bodyOf(fields), editedAt: dateOf(fields['editedTime']) }
  return { comment, domain: '', path: null }
}

const NO_ID = /^[0-]+$/

/** Neither waiting nor approved: a moderator said no. */
function statusOf(fields: Fields) {
  if (isTrue(fields['isPending'])) return 'pending'
  return isTrue(fields['isApproved']) ? 'approved' : 'rejected'
}

/** Version 1 leaves the HTML empty. */
function bodyOf(fields: Fields): { body: string; markup: 'html' | 'markdown' } {
  const markdown = textIn(fields, 'markdown')
  return markdown === '' ? { body: textIn(fields, 'html'), markup: 'html' } : { body: markdown, markup: 'markdown' }
}
