import { locate } from '../files/addresses.ts'
import { dateOf } from '../files/dates.ts'
import { type Fields, fieldsOf, isFields, isTrue, textIn } from '../files/fields.ts'
import { leftOut, orNull, removedComment, skipped } from '../files/found.ts'
import { linesOf, readJsonLine } from '../files/lines.ts'
import { LONGEST_BYTES } from '../files/limits.ts'
import { unreadable } from '../files/unreadable.ts'
import { refuseOther } from '../guess.ts'
import type { Found, FoundComment, Place, Source } from '../source.ts'

/**
 * Remark42's backup (`backend/app/migrator/native.go`): a line about people and pages, then a comment on each line; packed by gzip or not.
 *
 * It has no e-mail addresses but those of people who asked for mail, and no IP addresses (they are hashed). Comments are
 * taken as the HTML that readers saw. Two pages of one address are one thread: Remark42 knows pages by nothing else.
 */
export const remark42: Source = {
  async *read({ file, options }) {
    await refuseOther({ file, name: 'remark42' })
    const pages: Pages = { base: options.base, closed: new Set(), emails: new Map(), seen: new Set() }
    for await (const { text, line } of linesOf({ file })) {
      const read = readJsonLine(text, line === 1 ? { longest: LONGEST_BYTES } : {})
      const value = 'value' in read ? read.value : null
      if (line === 1 && isFields(value) && !('locator' in value)) readHeader({ header: value, pages })
      else if ('reason' in read) yield skipped({ at: { line }, reason: read.reason, raw: text })
      else yield* readComment({ fields: fieldsOf(value), at: { line }, pages })
    }
  },
}

interface Pages {
  base: string | undefined
  /** Addresses of pages that take no more comments. */
  closed: Set<string>
  /** E-mail addresses by user. */
  emails: Map<string, string>
  /** Pages that were passed on as threads. */
  seen: Set<string>
}

const VERSIONS = ['', '0', '1']

function readHeader({ header, pages }: { header: Fields; pages: Pages }): void {
  const version = textIn(header, 'version')
  if (!VERSIONS.includes(version))
    throw unreadable(`Remark42's backups of version ${version} are not known here; its command "backup" writes version 1.`, { line: 1 })
  for (const post of listIn(header, 'posts')) if (isTrue(post['read_only'])) pages.closed.add(textIn(post, 'url'))
  for (const user of listIn(header, 'users')) {
    const email = textIn(fieldsOf(user['details']), 'email')
    if (email !== '') pages.emails.set(textIn(user, 'id'), email)
  }
}

const listIn = (fields: Fields, name: string): Fields[] => (Array.isArray(fields[name]) ? fields[name].filter(isFields) : [])

function* readComment({ fields, at, pages }: { fields: Fields; at: Place; pages: Pages }): Generator<Found, void> {
  const externalId = textIn(fields, 'id')
  const address = textIn(fieldsOf(fields['locator']), 'url')
  const comment = commentOf({ fields, pages, at, externalId, threadExternalId: address })
  const located = locate(address, pages.base)
  if (externalId === '') return yield leftOut({ comment, address, reason: 'no-id' })
  if ('reason' in located) return yield leftOut({ comment, address, reason: located.reason })
  if (!pages.seen.has(address)) {
    pages.seen.add(address)
    const open = pages.closed.has(address) ? false : undefined
    yield { type: 'thread', at, externalId: address, url: located.url, title: orNull(textIn(fields, 'title')), open }
  }
  yield comment
}

function commentOf({
  fields,
  pages,
  ...named
}: Pick<FoundComment, 'at' | 'externalId' | 'threadExternalId'> & { fields: Fields; pages: Pages }): FoundComment {
  const place = { ...named, parentExternalId: orNull(textIn(fields, 'pid')), createdAt: dateOf(fields['time']) }
  if (isTrue(fields['delete'])) return removedComment(place)
  const user = fieldsOf(fields['user'])
  return {
    type: 'comment',
    ...place,
    status: 'approved',
    author: {
      name: textIn(user, 'name'),
      email: pages.emails.get(textIn(user, 'id')) ?? null,
      website: null,
      ip: null,
      isModerator: isTrue(user['admin']),
    },
    ...bodyOf(fields),
    editedAt: dateOf(fieldsOf(fields['edit'])['time']),
  }
}

function bodyOf(fields: Fields): { body: string; markup: 'html' | 'markdown' } {
  const html = textIn(fields, 'text')
  return html === '' ? { body: textIn(fields, 'orig'), markup: 'markdown' } : { body: html, markup: 'html' }
}
