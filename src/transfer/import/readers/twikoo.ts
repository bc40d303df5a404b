import { locate, type Located, websiteOf } from '../files/addresses.ts'
import { dateOfMillis } from '../files/dates.ts'
import { type Fields, fieldsOf, isTrue, textIn } from '../files/fields.ts'
import { leftOut, orNull, skipped } from '../files/found.ts'
import { jsonRecords } from '../files/json.ts'
import { jsonShapeOf } from '../files/json-shape.ts'
import { linesOf, readJsonLine } from '../files/lines.ts'
import { unreadable } from '../files/unreadable.ts'
import { refuseOther } from '../guess.ts'
import type { Reason } from '../reasons.ts'
import type { Found, FoundComment, Place, Source } from '../source.ts'

/**
 * Twikoo's export (its panel writes `twikoo-comment.json`, an array: `commentExportForAdmin` in `src/server/*`), and its comments as the
 * databases below it export them: a comment on each line, with MongoDB's `{ "$oid": … }` in the place of values.
 *
 * An article is known by `url`, mostly a path; where the base is not given, `href` says where the first comment on it was written. What
 * `isSpam` marks was hidden, by a check or until somebody would look at it: Twikoo does not tell these apart.
 */
export const twikoo: Source = {
  async *read({ file, options }) {
    await refuseOther({ file, name: 'twikoo' })
    const shape = await jsonShapeOf({ file, isRecord: (value) => 'nick' in value })
    const records = shape === 'lines' ? inLines(file) : jsonRecords({ file, arrays: shape === 'array' ? [''] : ['data', 'results'] })
    const seen = new Map<string, Located>()
    for await (const { value, at, flaw } of records) {
      const fields = fieldsOf(value)
      const externalId = valueIn(fields, '_id')
      if (flaw) yield skipped({ at, externalId: orNull(externalId), reason: flaw, raw: value })
      else yield* readComment({ fields, externalId, at, base: options.base, seen })
    }
  },
}

async function* inLines(file: string): AsyncGenerator<{ value: unknown; at: Place; flaw: Reason | null }, void> {
  for await (const { text, line } of linesOf({ file })) {
    const read = readJsonLine(text)
    yield 'reason' in read ? { value: text, at: { line }, flaw: read.reason } : { value: read.value, at: { line }, flaw: null }
  }
}

/** A text or number, bare or as MongoDB's extended JSON wraps it. */
function valueIn(fields: Fields, name: string): string {
  const wrapped = fieldsOf(fields[name])
  return (
    textIn(fields, name) ||
    textIn(wrapped, '$oid', '$numberLong', '$numberDouble', '$numberInt') ||
    textIn(fieldsOf(wrapped['$date']), '$numberLong') ||
    textIn(wrapped, '$date')
  )
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
  seen: Map<string, Located>
}): Generator<Found, void> {
  if (!('comment' in fields) && 'time' in fields)
    throw unreadable('These are Twikoo’s page views (twikoo-counter.json). In its panel, under Export, take the comments.', at)
  const address = textIn(fields, 'url') || textIn(fields, 'href')
  const comment = commentOf({ fields, at, externalId, threadExternalId: address })
  if (externalId === '') return yield leftOut({ comment, address, reason: 'no-id' })
  const located = seen.get(address) ?? placeOf({ address, href: textIn(fields, 'href'), base })
  if ('reason' in located) return yield leftOut({ comment, address, reason: located.reason })
  if (!seen.has(address)) {
    seen.set(address, located)
    yield { type: 'thread', at, externalId: address, url: located.url, title: null }
  }
  yield comment
}

const commentOf = ({
  fields,
  ...named
}: Pick<FoundComment, 'at' | 'externalId' | 'threadExternalId'> & { fields: Fields }): FoundComment => ({
  type: 'comment',
  ...named,
  parentExternalId: orNull(valueIn(fields, 'pid') || valueIn(fields, 'rid')),
  status: isTrue(fields['isSpam']) ? 'spam' : 'approved',
  author: {
    name: textIn(fields, 'nick'),
    email: orNull(textIn(fields, 'mail')),
    website: websiteOf(textIn(fields, 'link')),
    ip: orNull(textIn(fields, 'ip')),
    isModerator: isTrue(fields['master']),
  },
  body: textIn(fields, 'comment'),
  markup: 'html',
  createdAt: dateOfMillis(valueIn(fields, 'created')),
  editedAt: null, // `updated` also tells of likes and of moderation
})

/** Without a base, a path stands on the site that the comment was written on, and anything else is a name of the page at `href`. */
function placeOf({ address, href, base }: { address: string; href: string; base: string | undefined }): Located {
  const located = locate(address, base)
  if ('url' in located || href === '') return located
  const page = locate(href, undefined)
  if ('reason' in page) return located
  return address.startsWith('/') ? locate(address, page.url) : { url: page.url.replace(/[?#].*$/, '') }
}
