import type { Piece } from './chunks.ts'
import type { ByThread, FormatOptions, ThreadWriter } from './format.ts'
import { openLeaving, type Leaving } from './leaving/leaving.ts'
import { numberThread } from './numbers.ts'
import { ipOf, recordOf } from './opened-records.ts'
import { threadRecord } from './present.ts'
import type { Reading } from './reading.ts'
import { commentPages } from './store.ts'
import { threadPages } from './thread-store.ts'

/** A history thread by thread, each with its comments; to the posts that WordPress has, where these are known. */
export async function* byThread(format: ByThread, about: FormatOptions, reading: Reading): AsyncGenerator<Piece[]> {
  const { db, options } = reading
  const writer = format.open(about)
  const leaving = options.posts === undefined ? null : openLeaving({ indexFile: options.posts, timeZone: about.site.timeZone })
  try {
    yield [{ text: writer.begin() }]
    const state = { threads: 0, read: 0, numbered: leaving?.highest.comment ?? 0 }
    for await (const threads of threadPages(db, { selection: options, upTo: options.upTo })) {
      for (const thread of threads) yield* piecesOf({ thread, writer, leaving, reading, state })
    }
    yield [{ text: writer.end() }]
  } finally {
    leaving?.close()
  }
}

type Thread = Parameters<typeof threadRecord>[0] & { key: string }

async function* piecesOf({
  thread,
  writer,
  leaving,
  reading,
  state,
}: {
  thread: Thread
  writer: ThreadWriter
  leaving: Leaving | null
  reading: Reading
  state: { threads: number; read: number; numbered: number }
}): AsyncGenerator<Piece[]> {
  const { db, keys, options, onComments } = reading
  const { emails } = options
  const upTo = options.upTo.comment
  const selection = { ...options, thread }
  const number = ++state.threads
  const target = leaving && (await leaving.targetOf({ db, thread, number, selection, upTo }))
  const numbers = upTo === null ? null : await numberThread({ db, selection, upTo, from: state.numbered, known: target?.numberOf })
  if (target && !numbers?.count) return // there is nothing to bring to that post
  const record = { ...threadRecord(thread), number: target?.number ?? number }
  yield [{ text: writer.beginThread(target ? { ...record, post: target.post } : record) }]
  if (upTo !== null && numbers) {
    for await (const page of commentPages(db, { ...selection, upTo, emails, ips: emails, extent: 'text' })) {
      state.read += page.comments.length
      onComments?.(state.read)
      yield page.comments.map((row) => {
        const mine = numbers.of(row)
        if (!mine) return { text: '', comment: row.id }
        const comment = recordOf({ row, page, keys, emails })
        return { text: writer.comment(comment, { ...mine, ip: ipOf({ row, keys }), ...target?.placeOf(comment) }), comment: row.id }
      })
    }
    state.numbered += numbers.count
  }
  yield [{ text: writer.endThread() }]
}
