import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Database } from '../database/connect.ts'
import { sql } from '../database/sql.ts'

const EVERY_MS = 2000
/** A slice stops the process for some milliseconds, and a reply that comes in waits for one slice at most. */
const SLICE = 500

/**
 * Takes new comments into SQLite's index of trigrams, some time after they were stored: many at once cost a third of what each costs
 * alone, and nobody who leaves a reply waits for it. Until then the search (search-store.ts) looks at them one by one, so it never
 * misses any. PostgreSQL's index takes them in by itself.
 */
export function createSearchIndex({ db, log }: { db: Pick<Database, 'write' | 'read' | 'provider'>; log: Logger }) {
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> | undefined
  let stopping = false

  /** Takes in what waits; gives how many that were. */
  const catchUp = async (): Promise<number> => {
    let taken = 0
    while (!stopping && (await isBehind())) {
      taken += await takeIn()
      await nextTurn() // SQLite's adapter never waits for anything: let others in
    }
    return taken
  }

  const isBehind = async () =>
    db.provider === 'sqlite' && (await db.read.$queryRaw<unknown[]>(sql`SELECT 1 FROM "CommentUnindexed" LIMIT 1`)).length > 0

  const takeIn = () =>
    db.write(async (tx) => {
      const next = sql`SELECT "commentId" FROM "CommentUnindexed" ORDER BY "commentId" LIMIT ${SLICE}`
      await tx.$executeRaw(sql`INSERT INTO "CommentNumber" ("commentId") ${next}`)
      await tx.$executeRaw(sql`
        INSERT INTO "CommentTrigram" (rowid, "folded")
        SELECT "number", "folded" FROM "CommentNumber" JOIN "Comment" ON "id" = "commentId" WHERE "commentId" IN (${next})`)
      return tx.$executeRaw(sql`DELETE FROM "CommentUnindexed" WHERE "commentId" IN (${next})`)
    })

  const wake = () => {
    work ??= catchUp()
      .then(() => undefined)
      .catch((error: unknown) => log.warn({ err: error }, 'the search index could not take in new comments; trying again soon'))
      .finally(() => (work = undefined))
  }

  return {
    catchUp,
    start: () => {
      stopping = false
      timer ??= setInterval(wake, EVERY_MS).unref()
      wake()
    },
    stop: async () => {
      stopping = true
      clearInterval(timer)
      timer = undefined
      await work
    },
  }
}
