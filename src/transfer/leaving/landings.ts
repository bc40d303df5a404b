import { z } from 'zod'
import { REMOVED } from '../../comments/comment.ts'
import type { Database } from '../../database/connect.ts'
import { Text } from '../../http/validate.ts'
import { numberThread } from '../numbers.ts'
import type { ExportOptions } from '../reading.ts'
import { placePages, threadPages } from '../thread-store.ts'
import { openLeaving } from './leaving.ts'

/** Where a thread's comments would go. */
export const ThreadLanding = z
  .object({
    id: z.uuid(),
    url: Text,
    title: Text.nullable(),
    comments: z.int().meta({ description: 'How many are in the file' }),
    existing: z.int().meta({ description: 'How many of them WordPress has already; its importer leaves them as they are' }),
    post: z
      .object({ id: z.int(), title: Text, type: Text, status: Text, date: Text })
      .nullable()
      .meta({ description: 'Null where WordPress has no post of this thread: it comes as a draft of its own' }),
    by: z
      .enum(['address', 'comments'])
      .nullable()
      .meta({ description: "By what that is known: the post's address, or comments that once came from it" }),
  })
  .meta({ id: 'ThreadLanding' })
export type ThreadLanding = z.output<typeof ThreadLanding>

/** The answer of a dry run, as it is streamed. */
export const Landings = z.object({
  threads: z.array(ThreadLanding),
  landed: z.int().meta({ description: 'Threads that have a post' }),
  drafts: z.int().meta({ description: 'Threads that come as drafts' }),
  comments: z.int(),
  existing: z.int(),
})
export type Landings = z.output<typeof Landings>
export type Sums = Omit<Landings, 'threads'>

/** Adds a thread to the sums of those before it. */
export const summed = (sums: Sums, { post, comments, existing }: ThreadLanding): Sums => ({
  landed: sums.landed + Number(post !== null),
  drafts: sums.drafts + Number(post === null),
  comments: sums.comments + comments,
  existing: sums.existing + existing,
})
export const NOTHING: Sums = { landed: 0, drafts: 0, comments: 0, existing: 0 }

/** Which thread lands where, and which nowhere: what an export to WordPress's posts would write, without writing it. */
export async function* landings({
  db,
  options,
}: {
  db: Pick<Database, 'read' | 'rows'>
  options: ExportOptions & { posts: string }
}): AsyncGenerator<ThreadLanding, void> {
  const leaving = openLeaving({ indexFile: options.posts, timeZone: options.site.timeZone })
  const upTo = options.upTo.comment
  try {
    if (upTo === null) return
    let number = 0
    for await (const threads of threadPages(db, { selection: options, upTo: options.upTo })) {
      for (const thread of threads) {
        const selection = { ...options, thread }
        const target = await leaving.targetOf({ db, thread, number: ++number, selection, upTo })
        const { count } = await numberThread({ db, selection, upTo, from: 0 })
        if (count === 0) continue
        let existing = 0
        for await (const places of placePages(db, selection, upTo))
          existing += places.filter(({ id, status }) => status !== REMOVED && target.numberOf(id) !== undefined).length
        const { id, url, title } = thread
        yield { id, url, title, comments: count, existing, post: target.post && presented(target.post), by: target.by }
      }
    }
  } finally {
    leaving.close()
  }
}

const presented = ({ id, title, type, status, date }: NonNullable<ThreadLanding['post']>) => ({ id, title, type, status, date })

/** The same as one JSON document, a piece for every thread. */
export async function* landingsJson(input: Parameters<typeof landings>[0]): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder()
  let sums = NOTHING
  let mark = '{"threads":['
  for await (const landing of landings(input)) {
    sums = summed(sums, landing)
    yield encoder.encode(mark + JSON.stringify(landing))
    mark = ','
  }
  yield encoder.encode(`${mark === ',' ? '' : mark}],${JSON.stringify(sums).slice(1)}`)
}
