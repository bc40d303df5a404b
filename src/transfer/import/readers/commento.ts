import { locate } from '../files/addresses.ts'
import { fieldsOf, isTrue, textIn } from '../files/fields.ts'
import { leftOut, skipped } from '../files/found.ts'
import { jsonRecords } from '../files/json.ts'
import { unreadable } from '../files/unreadable.ts'
import { refuseOther } from '../guess.ts'
import type { Reason } from '../reasons.ts'
import type { Found, FoundThread, Place, Source } from '../source.ts'
import { type CommentOf, ofVersion1, ofVersion3, type People, writerOf } from './commento-comment.ts'

/**
 * Commento's export and Comentario's (JSON, mostly packed by gzip). Version 1 is Commento's, kept by Comentario's first releases: comments
 * name their page by domain and path. Version 3 is Comentario's, with a list of pages. Taken from Comentario's `impex_comentario.go`.
 *
 * The writers come after the comments in the file, so it is read twice; they are what is held in memory.
 */
export const commento: Source = {
  async *read({ file, options }) {
    await refuseOther({ file, name: 'commento' })
    const { people, pages, version } = await readTables({ file, base: options.base })
    const commentOf = readers[version]
    if (!commentOf) throw unreadable(`Exports of version ${version} are not known here; 1 (Commento) and 3 (Comentario 3) are.`)
    for (const page of pages.values()) if ('thread' in page) yield page.thread
    for await (const { value, at, flaw } of jsonRecords({ file, arrays: ['comments'] })) {
      const fields = fieldsOf(value)
      const externalId = textIn(fields, 'commentHex', 'id')
      if (flaw) yield skipped({ at, externalId: externalId || null, reason: flaw, raw: value })
      else yield* placed({ read: commentOf({ fields, externalId, at, people }), pages, base: options.base })
    }
  },
}

const readers: Record<string, CommentOf> = { '1': ofVersion1, '3': ofVersion3 }

/** A page as it was passed on, or why it was not. */
type Pages = Map<string, { thread: FoundThread } | { reason: Reason; address: string }>

async function readTables({ file, base }: { file: string; base: string | undefined }) {
  const people: People = new Map()
  const pages: Pages = new Map()
  let version = '1'
  for await (const { path, value, at } of jsonRecords({ file, arrays: ['pages', 'commenters'], members: ['version'] })) {
    const fields = fieldsOf(value)
    if (path === 'version') version = String(value)
    if (path === 'commenters') people.set(textIn(fields, 'commenterHex', 'id'), writerOf(fields))
    if (path === 'pages') {
      const open = isTrue(fields['isReadonly']) ? false : undefined
      addPage({ pages, id: textIn(fields, 'id'), address: textIn(fields, 'path'), title: textIn(fields, 'title'), open, at, base })
    }
  }
  return { people, pages, version }
}

function addPage({
  pages,
  id,
  address,
  title = '',
  open,
  at,
  base,
}: {
  pages: Pages
  id: string
  address: string
  title?: string
  open?: boolean | undefined
  at: Place
  base: string | undefined
}) {
  const located = locate(address, base)
  const thread = (url: string): FoundThread => ({ type: 'thread', at, externalId: id, url, title: title || null, open })
  const page = 'reason' in located ? { reason: located.reason, address } : { thread: thread(located.url) }
  pages.set(id, page)
  return page
}

/** Version 1 has no pages of their own: they are made of what the comments say. */
function* placed({ read, pages, base }: { read: ReturnType<CommentOf>; pages: Pages; base: string | undefined }): Generator<Found, void> {
  const { comment, domain, path } = read
  const { at, externalId, threadExternalId } = comment
  if (externalId === '') return yield leftOut({ comment, address: path ?? '', reason: 'no-id' })
  const known = pages.get(threadExternalId)
  const page = known ?? (path === null ? null : addPage({ pages, id: threadExternalId, address: path, at, base: base ?? siteOf(domain) }))
  if (!page) return yield leftOut({ comment, reason: 'article-missing' })
  if ('reason' in page) return yield leftOut({ comment, ...page })
  if (!known) yield page.thread
  yield comment
}

const siteOf = (domain: string) => (domain === '' ? undefined : `https://${domain}`)
