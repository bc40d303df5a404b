import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { pageStyle } from '../http/page-style.ts'
import { timeOf } from '../ids.ts'
import { archivedComment, publicPages } from './public-store.ts'
import type { Reading } from './reading.ts'
import { type ThreadRow, threadPages } from './thread-store.ts'
import { type ArchivedComment, createArchivePages } from './view/archive-pages.tsx'

/** ZIP knows no time before 1980. */
const EARLIEST = Date.UTC(1980, 0, 2)
/** Comments rendered at once, if so many stand below one. */
const MOST = 1000

/**
 * What readers see of a site's threads, as pages that need no server and no JavaScript: a ZIP of `index.html` and `index.json`, and of
 * an `.html` and a `.json` for each thread with public comments. Pages are in the site's language. Whatever is in a comment, nothing
 * of it runs: its markup comes from the sanitiser, and the pages' policy lets no script run.
 */
export async function* archiveSite(reading: Reading): AsyncGenerator<Uint8Array, void> {
  const zip = new ZipFile()
  const output = Readable.from(zip.outputStream)
  const entry: { open?: Readable } = {}
  const { comment } = reading.options.upTo
  const mtime = new Date(Math.max(comment ? timeOf(comment) : 0, EARLIEST)) // the same history gives the same archive
  const write = async () => {
    for await (const { name, texts } of files(reading)) {
      entry.open = Readable.from(texts, { objectMode: false })
      zip.addReadStream(entry.open, name, { mtime })
      await finished(entry.open)
    }
    zip.end()
  }
  const written = write().catch((error: unknown) => void output.destroy(error as Error))
  try {
    for await (const chunk of output) yield new Uint8Array(chunk as Buffer) // a copy, which can be handed to another thread
    await written
  } finally {
    entry.open?.destroy()
  }
}

interface File {
  name: string
  texts: AsyncIterable<string>
}

async function* files(reading: Reading): AsyncGenerator<File> {
  const { db, options, onComments } = reading
  const pages = createArchivePages(options.site)
  let read = 0
  yield { name: 'style.css', texts: around(['', ''], Readable.from([pageStyle])) }
  yield { name: 'index.html', texts: around(pages.index(), threadsAs(reading, pages.indexEntry)) }
  yield {
    name: 'index.json',
    texts: around(['{"threads":[', '\n]}\n'], joined(threadsAs(reading, (thread) => JSON.stringify(listed(thread))))),
  }
  for await (const threads of threadPages(db, { selection: options, upTo: options.upTo })) {
    for (const thread of threads) {
      const count = (some: number) => onComments?.((read += some))
      yield {
        name: `${nameOf(thread)}.html`,
        texts: around(pages.thread(thread), commentsAs(reading, { thread, write: pages.comments, count })),
      }
      const start = `{"thread":${JSON.stringify(listed(thread))},"comments":[`
      const lines = commentsAs(reading, { thread, write: (comments) => comments.map((each) => JSON.stringify(each)).join(',\n') })
      yield { name: `${nameOf(thread)}.json`, texts: around([start, '\n]}\n'], joined(lines)) }
    }
  }
}

const nameOf = ({ id }: ThreadRow) => `threads/${id}`
const listed = ({ id, url, title, createdAt }: ThreadRow) => ({ id, url, title, createdAt, page: `threads/${id}.html` })

async function* threadsAs({ db, options }: Reading, write: (thread: ThreadRow) => string): AsyncGenerator<string> {
  for await (const threads of threadPages(db, { selection: options, upTo: options.upTo })) yield* threads.map(write)
}

/** A thread's comments in display order, so many together that none is parted from what stands above it. */
async function* commentsAs(
  { db, options }: Reading,
  { thread, write, count }: { thread: ThreadRow; write: (comments: ArchivedComment[]) => string; count?: (some: number) => void },
): AsyncGenerator<string> {
  const upTo = options.upTo.comment
  if (upTo === null) return
  let waiting: ArchivedComment[] = []
  for await (const page of publicPages(db, { selection: options, threadId: thread.id, upTo })) {
    for (const row of page) {
      if (waiting.length > 0 && (row.depth === 0 || waiting.length === MOST)) {
        yield write(waiting)
        waiting = []
      }
      waiting.push(archivedComment(row, options.site.maxDepth))
    }
    count?.(page.length)
  }
  if (waiting.length > 0) yield write(waiting)
}

async function* around([start, end]: [string, string], texts: AsyncIterable<string>): AsyncGenerator<string> {
  yield start
  yield* texts
  yield end
}

async function* joined(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let before = '\n'
  for await (const text of texts) {
    yield before + text
    before = ',\n'
  }
}
