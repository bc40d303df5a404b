import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Actor } from '../access/principal.ts'
import { type BulkRows, insertBulk } from '../database/bulk-insert.ts'
import type { Database, Transaction } from '../database/connect.ts'
import { changeComment } from './change.ts'
import type { Status } from './comment.ts'
import type { Teller } from './outbox.ts'
import { findComments, moveCounts, passUpward, waitingRevision } from './store.ts'
import { raiseThreads, setMissingTitles } from './thread-store.ts'

/** What was decided elsewhere is old news to everybody. */
const NOBODY: Teller = { moved: async () => undefined }

/** Comments from elsewhere, prepared: rows of all tables in the order in which they are to be inserted, and what follows from them. */
export interface ImportedRows {
  siteId: string
  rows: BulkRows[]
  /** How many of them are public and stand right below a comment that was there before. */
  above: { parentId: string; by: number }[]
  /** Approved ones, by thread, in the order of ids. */
  threads: { threadId: string; approved: number }[]
  /** What the site's counts count of them. */
  counts: Status[]
}

/** Puts prepared comments in, with all that the threads and the site keep of them. Nobody is told but those who show the threads. */
export async function importComments(tx: Transaction, { db, imported }: { db: Database; imported: ImportedRows }): Promise<void> {
  const { siteId, rows, above, threads, counts } = imported
  for (const bulk of rows) {
    await insertBulk(tx, { provider: db.provider, bulk })
    await nextTurn() // SQLite's adapter never waits for anything: let readers in
  }
  for (const { parentId, by } of above) await passUpward(tx, { parentId, by })
  const keys = await raiseThreads(tx, threads)
  await moveCounts(tx, { siteId, from: [], to: counts })
  await db.changes.announce(
    tx,
    ...keys.map((key) => ({ siteId, key })),
    ...(counts.length > 0 ? [{ siteId, inner: 'queue' as const }] : []),
  )
}

/** Makes threads that are not there yet, and gives titles to those that have none. */
export async function importThreads(
  tx: Transaction,
  { db, rows, titles }: { db: Database; rows: BulkRows | null; titles: { id: string; title: string }[] },
): Promise<void> {
  if (rows) await insertBulk(tx, { provider: db.provider, bulk: rows, orIgnore: true })
  await setMissingTitles(tx, titles)
}

/**
 * Gives a comment the text and the status that it has by now where it came from, unless something was done about it since it was
 * looked at. Gives its version after that, or null.
 */
export async function updateImported(
  tx: Transaction,
  {
    db,
    id,
    version,
    status,
    text,
    actor,
    at,
  }: {
    db: Database
    id: string
    version: number
    status: Status
    text: { body: string; html: string; editedAt: Date | null }
    actor: Actor
    at: Date
  },
): Promise<number | null> {
  const [row] = await findComments(tx, [id])
  if (!row || row.version !== version || (await waitingRevision(tx, id))) return null
  const changed = await changeComment(tx, {
    db,
    outbox: NOBODY,
    row,
    change: { status, hasRevision: false, text },
    act: { actor, action: 'import', at },
  })
  return changed.version
}
