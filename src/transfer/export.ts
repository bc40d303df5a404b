import { createHash } from 'node:crypto'
import type { Client } from '../database/connect.ts'
import { NotFound } from '../errors.ts'
import { place, unseal } from '../privacy/sealed.ts'
import type { Keys } from '../privacy/secret.ts'
import type { Writer } from './format.ts'
import { type FormatName, formatOf } from './formats.ts'
import { commentRecord, headerRecord, threadRecord } from './present.ts'
import type { Selection } from './selection.ts'
import { type CommentPage, commentPages, findSiteToExport, newestComment } from './store.ts'
import { newestThread, type Snapshot, threadsById } from './thread-store.ts'

const CHUNK_BYTES = 64 * 1024

/** Plain data, so that it can be handed to the worker. */
export interface ExportOptions extends Selection {
  format: FormatName
  /** Opens the sealed e-mail addresses; without it the file holds none. */
  emails: boolean
  /** Begins a CSV with a byte order mark, for Excel. */
  bom?: boolean | undefined
}

/**
 * A site's history as the bytes of one file, in chunks of about 64 KiB. Nothing is read before it is asked for, at most a page of
 * comments is in memory, and the same history gives the same bytes each time.
 *
 * Comments that come in after it began are not in it. A decision made meanwhile may be.
 *
 * @throws NotFound when there is no such site
 * @throws CannotUnseal when an address was sealed with another secret
 */
export async function* exportSite({
  client,
  keys,
  options,
}: {
  client: Client
  keys: Keys
  options: ExportOptions
}): AsyncGenerator<Uint8Array> {
  const site = await findSiteToExport(client, options.siteId)
  if (!site) throw NotFound('There is no such site.')
  const upTo = { thread: await newestThread(client, options), comment: await newestComment(client, options) }
  const snapshot = `${upTo.thread ?? ''}/${upTo.comment ?? ''}`
  const header = headerRecord({ emails: options.emails, selection: options, snapshot })
  const writer = formatOf(options.format).open({ header, bom: options.bom ?? false })
  yield* inChunks(pieces({ client, keys, options, writer, upTo }))
}

type Source = { client: Client; keys: Keys; options: ExportOptions; writer: Writer; upTo: Snapshot }

async function* pieces({ client, keys, options, writer, upTo }: Source): AsyncGenerator<string> {
  const hash = createHash('sha256')
  let count = 0
  const write = (text: string) => {
    hash.update(text)
    return text
  }
  yield write(writer.begin())
  for await (const thread of threadsById(client, options, upTo)) yield write(writer.thread(threadRecord(thread)))
  if (upTo.comment !== null) {
    for await (const page of commentPages(client, { ...options, upTo: upTo.comment })) {
      for (const row of page.comments) {
        count++
        const record = commentRecord({ row, page, email: options.emails ? emailOf({ row, keys }) : undefined })
        yield write(writer.comment(record, row.title))
      }
    }
  }
  yield writer.end({ count, sha256: hash.digest('hex') })
}

const emailOf = ({ row, keys }: { row: CommentPage['comments'][number]; keys: Keys }) =>
  row.emailSealed ? unseal({ keys, place: place('Comment.email', row.id), sealed: row.emailSealed }) : null

async function* inChunks(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder() // unlike Buffer.from it gives each chunk memory of its own, which can be handed to another thread
  let waiting = ''
  for await (const text of texts) {
    waiting += text
    if (waiting.length < CHUNK_BYTES) continue
    yield encoder.encode(waiting)
    waiting = ''
  }
  if (waiting !== '') yield encoder.encode(waiting)
}
