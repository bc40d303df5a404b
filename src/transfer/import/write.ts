import { bringIn, bringInThreads, takeOver } from '../../comments/bring-in.ts'
import type { Clock } from '../../clock.ts'
import type { Database } from '../../database/connect.ts'
import type { CommentChunk, ThreadChunk } from './chunk.ts'
import { changeHeld, type ImportRow, rememberChange } from './store.ts'

/** Somebody else works on the import by now, or it was cancelled. */
export class LeaseLost extends Error {}

/** Who did it, as history names it. */
const ACTOR = { id: 'import', name: 'import' }

export interface Held {
  row: ImportRow
  leaseId: string
}

/** Makes the threads. */
export const writeThreads = ({ db, chunk }: { db: Database; chunk: ThreadChunk }): Promise<void> =>
  db.write((tx) => bringInThreads(tx, { db, rows: chunk.rows, titles: chunk.titles }))

/**
 * Writes comments, and how far the import has come, in one transaction: whatever happens, it goes on behind them.
 * @throws LeaseLost, and nothing was written
 */
export async function writeComments({
  db,
  clock,
  held: { row, leaseId },
  chunk,
}: {
  db: Database
  clock: Clock
  held: Held
  chunk: CommentChunk
}) {
  const { siteId, format } = row
  await db.write(async (tx) => {
    await bringIn(tx, { db, arrivals: { siteId, ...chunk } })
    for (const { name, id, version, status, body, html, editedAt, hash } of chunk.changed) {
      const text = { body, html, editedAt: editedAt === null ? null : new Date(editedAt) }
      const after = await takeOver(tx, { db, id, version, status, text, actor: ACTOR, at: clock() })
      if (after !== null) await rememberChange(tx, { siteId, source: format, name, hash, version: after })
    }
    if (!(await changeHeld(tx, { id: row.id, leaseId, data: { position: chunk.position } }))) throw new LeaseLost()
  })
}
