import { importComments, importThreads, updateImported } from '../../comments/import.ts'
import type { Clock } from '../../clock.ts'
import type { Database, Transaction } from '../../database/connect.ts'
import type { CommentChunk, NameChunk, ThreadChunk } from './chunk.ts'
import { ReceiptDiffers } from './receipt.ts'
import { adoptNames, changeHeld, countWritten, type ImportRow, insertNames, rememberChange } from './store.ts'

/** Somebody else works on the import by now, or it was cancelled. */
export class LeaseLost extends Error {}

/** A comment was changed here since the chunk was prepared. */
class ChangedMeanwhile extends Error {}

/** Who did it, as history names it. */
const ACTOR = { id: 'import', name: 'import' }

export interface Held {
  row: ImportRow
  leaseId: string
}

/** Makes the threads. */
export const writeThreads = ({ db, chunk }: { db: Database; chunk: ThreadChunk }): Promise<void> =>
  db.write((tx) => importThreads(tx, { db, rows: chunk.rows, titles: chunk.titles }))

/**
 * Writes comments, and how far the import has come, in one transaction: whatever happens, it goes on behind them.
 * @throws LeaseLost; ReceiptDiffers when what stands there now is not what was planned; and nothing was written
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
  const { siteId, format: source } = row
  await db.write(async (tx) => {
    await importComments(tx, { db, imported: { siteId, ...chunk } })
    await adoptNames(tx, { siteId, source, adopted: chunk.adopted })
    for (const { name, origin, id, version, status, body, html, editedAt, hash } of chunk.changed) {
      const text = { body, html, editedAt: editedAt === null ? null : new Date(editedAt) }
      const after = await updateImported(tx, { db, id, version, status, text, actor: ACTOR, at: clock() })
      if (after === null) throw new ChangedMeanwhile(`comment ${id} was changed while it was being taken over`)
      await rememberChange(tx, { siteId, source, name, origin, hash, version: after })
    }
    await checkWritten(tx, { siteId, expected: chunk.expected })
    if (!(await changeHeld(tx, { id: row.id, leaseId, data: { position: chunk.position } }))) throw new LeaseLost()
  })
}

/** Counts what the transaction has written, as the database sees it, against what the plan says. */
async function checkWritten(tx: Transaction, { siteId, expected }: { siteId: string; expected: CommentChunk['expected'] }): Promise<void> {
  const ids = expected.flatMap((group) => group.ids)
  if (ids.length === 0) return
  const written = await countWritten(tx, { siteId, ids })
  const differences = expected
    .map(({ threadId, status, url, ids: planned }) => {
      const group = written.find((one) => one.threadId === threadId && one.status === status)
      return { url, status, file: planned.length, database: group?.count ?? 0 }
    })
    .filter(({ file, database }) => file !== database)
  if (differences.length > 0) throw ReceiptDiffers({ stage: 'written', differences })
}

/** Makes the names known that comments had elsewhere before they came to the server that wrote the file. */
export const writeNames = ({ db, chunk }: { db: Database; chunk: NameChunk }): Promise<void> =>
  db.write((tx) => insertNames(tx, { db, rows: chunk.rows }))
