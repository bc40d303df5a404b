import { type Located, locate, websiteOf } from '../files/addresses.ts'
import { dateOf } from '../files/dates.ts'
import { type Fields, fieldsOf, textIn } from '../files/fields.ts'
import { leftOut, orNull, skipped } from '../files/found.ts'
import { jsonRecords } from '../files/json.ts'
import { jsonShapeOf } from '../files/json-shape.ts'
import { unreadable } from '../files/unreadable.ts'
import type { Found, FoundComment } from '../source.ts'

/**
 * The JSON that Isso takes in from systems that it does not know ("generic" in `isso/migrate.py`), and that people write for it: an array of
 * threads, each with its comments in it. A comment's number counts within its thread alone. All of them are public there.
 *
 * A thread's name may stand behind its comments, so the file is read twice; the threads are what is held in memory.
 */
export async function* issoJson(file: string, base: string | undefined): AsyncGenerator<Found, void> {
  if ((await jsonShapeOf({ file })) !== 'array')
    throw unreadable("This is not an SQLite database, and not the array of threads that Isso takes in as JSON: give Isso's comments.db.", {
      line: 1,
      column: 1,
    })
  const threads = await readThreads(file, base)
  for (const { at, name, title, located } of threads.values())
    if ('url' in located) yield { type: 'thread', at, externalId: name, url: located.url, title }
  for await (const { value, at, flaw, element } of jsonRecords({ file, arrays: ['*.comments'] })) {
    const fields = fieldsOf(value)
    const thread = threads.get(element ?? -1)
    const number = textIn(fields, 'id')
    const name = thread?.name ?? ''
    const externalId = number === '' ? '' : `${name} ${number}`
    if (flaw) {
      yield skipped({ at, externalId: orNull(externalId), reason: flaw, raw: value })
      continue
    }
    const comment = readComment({ fields, at, externalId, thread: name })
    if (externalId === '') yield leftOut({ comment, address: name, reason: 'no-id' })
    else if (!thread) yield leftOut({ comment, address: '', reason: 'no-address' })
    else if ('reason' in thread.located) yield leftOut({ comment, address: name, reason: thread.located.reason })
    else yield comment
  }
}

interface IssoThread {
  at: { line: number; column: number }
  /** Its `id`, which is mostly the article's path. */
  name: string
  title: string | null
  located: Located
}

/** By their places in the file. */
async function readThreads(file: string, base: string | undefined): Promise<Map<number, IssoThread>> {
  const threads = new Map<number, IssoThread>()
  const titles = new Map<number, string>()
  for await (const { path, element, value, at } of jsonRecords({ file, arrays: [], members: ['*.id', '*.title'] })) {
    const text = textIn({ value }, 'value')
    if (element === null || text === '') continue
    if (path === 'title') titles.set(element, text)
    else threads.set(element, { at, name: text, title: null, located: locate(text, base) })
  }
  for (const [element, thread] of threads) thread.title = titles.get(element) ?? null
  return threads
}

const readComment = ({
  fields,
  at,
  externalId,
  thread,
}: {
  fields: Fields
  at: FoundComment['at']
  externalId: string
  thread: string
}): FoundComment => {
  const parent = textIn(fields, 'parent').replace(/^0$/, '')
  return {
    type: 'comment',
    at,
    externalId,
    threadExternalId: thread,
    parentExternalId: parent === '' ? null : `${thread} ${parent}`, // Isso itself knows none here; files that name one mean it
    status: 'approved',
    author: issoAuthor(fields),
    body: textIn(fields, 'text'),
    markup: 'markdown',
    createdAt: dateOf(fields['created']),
    editedAt: null,
  }
}

/** A comment's writer, by the names that Isso has for it everywhere. */
export const issoAuthor = (fields: Fields): FoundComment['author'] => ({
  name: textIn(fields, 'author'),
  email: orNull(textIn(fields, 'email')),
  website: websiteOf(textIn(fields, 'website')),
  ip: orNull(textIn(fields, 'remote_addr')),
})
