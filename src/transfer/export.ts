import { chunksOf, type Piece } from './chunks.ts'
import { archiveSite } from './archive.ts'
import { byThread } from './by-thread.ts'
import type { ByRecord } from './format.ts'
import { formatOf } from './formats.ts'
import { recordOf } from './opened-records.ts'
import { headerRecord, threadRecord } from './present.ts'
import { type Reading, snapshotText } from './reading.ts'
import { namePages, redirectPairs } from './origin-store.ts'
import { isWhole } from './selection.ts'
import { commentPages } from './store.ts'
import { threadPages } from './thread-store.ts'

/**
 * A site's history as the bytes of one file, in chunks of about 64 KiB. Nothing is read before it is asked for, at most a page of
 * comments is in memory, and the same history gives the same bytes each time.
 *
 * Comments that came in after the snapshot are not in it. A decision made meanwhile may be.
 *
 * @throws CannotUnseal when an address was sealed with another secret
 */
export function exportSite(reading: Reading): AsyncGenerator<Uint8Array, void> {
  const { options } = reading
  const { upTo, emails, site, after } = options
  const header = headerRecord({ emails, selection: options, snapshot: snapshotText(upTo) })
  const format = formatOf(options.format)
  if (format.order === 'archive') return archiveSite(reading)
  const about = { header, site, bom: options.bom ?? false }
  return chunksOf({ pieces: format.order === 'records' ? byRecord(format, about, reading) : byThread(format, about, reading), after })
}

type About = Parameters<ByRecord['open']>[0]

async function* byRecord(format: ByRecord, about: About, { db, keys, options, onComments }: Reading): AsyncGenerator<Piece[]> {
  const { upTo, emails } = options
  const writer = format.open(about)
  let count = 0
  yield [{ text: writer.begin() }]
  for await (const threads of threadPages(db, { selection: options, upTo }))
    yield threads.map((thread) => ({ text: writer.thread(threadRecord(thread)) }))
  if (upTo.comment !== null) {
    for await (const page of commentPages(db, { ...options, upTo: upTo.comment, emails, ips: false, extent: format.extent })) {
      count += page.comments.length
      onComments?.(count)
      yield page.comments.map((row) => ({
        text: writer.comment(recordOf({ row, page, keys, emails }), row.title),
        comment: row.id,
      }))
    }
  }
  if (isWhole(options)) {
    for await (const names of namePages(db, options)) yield names.map((name) => ({ text: writer.external?.(name) ?? '' }))
    yield (await redirectPairs(db, options)).map((pair) => ({ text: writer.redirect?.(pair) ?? '' }))
  }
  yield [{ text: (sha256) => writer.end({ count, sha256 }) }]
}
