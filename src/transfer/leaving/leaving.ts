import type { Database } from '../../database/connect.ts'
import type { CommentRecord } from '../records.ts'
import type { Selection } from '../selection.ts'
import { commentPages } from '../store.ts'
import { wordpressTime } from '../wordpress.ts'
import { type Existing, type Landing, openPostIndex } from './post-index.ts'

export type Leaving = ReturnType<typeof openLeaving>

/**
 * What WordPress's importer has to be told so that every comment lands on the post that is there already, once, below what it answers.
 *
 * The importer leaves out a comment when WordPress has one of the same name and time, and then takes the numbers of its replies' parents as
 * they stand. So comments that WordPress has go by its own numbers, and new ones by numbers above all of those.
 */
export function openLeaving({ indexFile, timeZone }: { indexFile: string; timeZone: string }) {
  const index = openPostIndex(indexFile)
  const { local } = wordpressTime(timeZone)
  const highest = index.highest()
  const taken = new Set<number>()

  /** WordPress's number for the first thread of a post; the importer passes over a second item of the same number. */
  const numberOf = (landing: Landing | null, thread: number): number => {
    if (!landing || taken.has(landing.post.id)) return highest.post + thread
    taken.add(landing.post.id)
    return landing.post.id
  }

  return {
    highest,

    /** Where a thread's comments go, and what they are there. */
    async targetOf({
      db,
      thread,
      number,
      selection,
      upTo,
    }: {
      db: Pick<Database, 'rows'>
      thread: { id: string; key: string }
      /** The thread's own among the others. */
      number: number
      selection: Selection
      upTo: string | null
    }) {
      const landing = index.landingOf(thread)
      // Before the first is numbered: a reply may come before what it answers.
      if (landing && upTo !== null && index.hasComments(landing.post)) {
        for await (const { comments } of commentPages(db, { ...selection, upTo, emails: false, ips: false, extent: 'text' }))
          for (const { id, name, createdAt } of comments) index.meet({ post: landing.post, id, name, createdAt })
      }
      return {
        post: landing?.post ?? null,
        by: landing?.by ?? null,
        number: numberOf(landing, number),
        /** The number that WordPress knows a comment by; undefined for one that it does not have. */
        numberOf: (id: string): number | undefined => index.existing(id)?.id,
        /** A comment as WordPress has it, or a time for it at which its writer wrote nothing else there. */
        placeOf({ id, author: { name }, createdAt }: CommentRecord): { existing: Existing } | { createdAt: string } {
          const existing = index.existing(id)
          return existing ? { existing } : { createdAt: index.freeTime({ name, createdAt, local }) }
        },
      }
    },

    close: index.close,
  }
}
