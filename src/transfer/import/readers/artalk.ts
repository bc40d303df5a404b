import { locate, websiteOf } from '../files/addresses.ts'
import { dateOf } from '../files/dates.ts'
import { type Fields, fieldsOf, isTrue, textIn } from '../files/fields.ts'
import { leftOut, orNull, skipped } from '../files/found.ts'
import { jsonRecords } from '../files/json.ts'
import { jsonShapeOf } from '../files/json-shape.ts'
import { unreadable } from '../files/unreadable.ts'
import { refuseOther } from '../guess.ts'
import type { Found, FoundComment, Place, Source } from '../source.ts'

/**
 * Artalk's Artrans: a JSON array of comments, each with its writer and page in it, every value a text. Taken from Artalk's description of the
 * format; files that converters made write numbers and booleans too.
 *
 * A page is known by its key within its site: an address, or a path that is taken from the base or, without one, from the site's first
 * address.
 */
export const artalk: Source = {
  async *read({ file, options }) {
    await refuseOther({ file, name: 'artalk' })
    if ((await jsonShapeOf({ file })) !== 'array')
      throw unreadable('Artrans is a JSON array, and this file holds none. Artalk writes it by its command "artalk export".', {
        line: 1,
        column: 1,
      })
    const seen = new Set<string>()
    for await (const { value, at, flaw } of jsonRecords({ file, arrays: [''] })) {
      const fields = fieldsOf(value)
      const externalId = textIn(fields, 'id')
      if (flaw) yield skipped({ at, externalId: orNull(externalId), reason: flaw, raw: value })
      else yield* readComment({ fields, externalId, at, base: options.base, seen })
    }
  },
}

function* readComment({
  fields,
  externalId,
  at,
  base,
  seen,
}: {
  fields: Fields
  externalId: string
  at: Place
  base: string | undefined
  seen: Set<string>
}): Generator<Found, void> {
  const key = textIn(fields, 'page_key')
  const threadExternalId = [textIn(fields, 'site_name'), key].filter((part) => part !== '').join(' ')
  const comment = commentOf({ fields, externalId, at, threadExternalId })
  const located = locate(key, base ?? orUndefined(textIn(fields, 'site_urls').split(',')[0]?.trim()))
  if (externalId === '') return yield leftOut({ comment, address: key, reason: 'no-id' })
  if ('reason' in located) return yield leftOut({ comment, address: key, reason: located.reason })
  if (!seen.has(threadExternalId)) {
    seen.add(threadExternalId)
    const open = isTrue(fields['page_admin_only']) ? false : undefined
    yield { type: 'thread', at, externalId: threadExternalId, url: located.url, title: orNull(textIn(fields, 'page_title')), open }
  }
  yield comment
}

function commentOf({ fields, ...named }: Pick<FoundComment, 'at' | 'externalId' | 'threadExternalId'> & { fields: Fields }): FoundComment {
  const parent = textIn(fields, 'rid')
  return {
    type: 'comment',
    ...named,
    parentExternalId: parent === '' || parent === '0' ? null : parent,
    status: isTrue(fields['is_pending']) ? 'pending' : 'approved',
    author: {
      name: textIn(fields, 'nick'),
      email: orNull(textIn(fields, 'email')),
      website: websiteOf(textIn(fields, 'link')),
      ip: orNull(textIn(fields, 'ip')),
    },
    body: textIn(fields, 'content'),
    markup: 'markdown',
    createdAt: dateOf(fields['created_at']),
    editedAt: null,
  }
}

const orUndefined = (text: string | undefined) => (text === '' ? undefined : text)
