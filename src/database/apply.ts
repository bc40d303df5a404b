import { firstMissing } from './half-done.ts'
import { LEDGER, readLedger, record } from './ledger.ts'
import { type Migration, type MigrationConnection, statements } from './migration.ts'

/** A migration would have lost rows, or did something else that it must not; nothing of it was kept. */
class MigrationRefused extends Error {}

/**
 * Applies what is pending, each migration and its row in the ledger in one transaction: whoever is killed at any moment leaves the
 * state before it or after it. Returns the names of what was applied.
 *
 * @param beforeFirst is called once, when it is sure that something will be changed and nobody else can
 * @param copies says where a copy is, for the sentence about a state that cannot be understood
 */
export async function applyPending(
  connection: MigrationConnection,
  { known, beforeFirst, copies }: { known: Migration[]; beforeFirst: () => Promise<void>; copies: () => Promise<string> },
): Promise<string[]> {
  const applied: string[] = []
  let asked = false
  for (;;) {
    await connection.begin()
    try {
      const state = await readLedger(connection, known) // another process may have been faster
      const anew = state.halfDone !== undefined && (await isEmpty(connection)) // killed at its first start: nothing is lost
      const [next] = anew ? known : state.pending
      if (!next) {
        await connection.run('ROLLBACK')
        return applied
      }
      if (!asked) await beforeFirst()
      asked = true
      if (anew) await connection.clear()
      await applyOne(connection, { next, known, halfDone: !anew && state.halfDone?.name === next.name, copies })
      await connection.run('COMMIT')
      applied.push(next.name)
    } catch (error) {
      await connection.run('ROLLBACK').catch(() => undefined) // the connection may be gone, and with it the transaction
      throw error
    }
  }
}

async function applyOne(
  connection: MigrationConnection,
  { next, known, halfDone, copies }: { next: Migration; known: Migration[]; halfDone: boolean; copies: () => Promise<string> },
): Promise<void> {
  const startedAt = new Date()
  let script = next.sql
  if (halfDone)
    script = statements(next.sql)
      .slice(await firstMissing(connection, { next, known, copies }))
      .join('\n')
  const before = await counts(connection)
  await connection.run(script)
  await record(connection, next, startedAt)
  await connection.checkReferences()
  const after = await counts(connection)
  for (const [table, rows] of before) {
    const now = after.get(table)
    if (now === rows || isMeant(next.sql, table)) continue
    throw new MigrationRefused(
      `The migration ${next.name} would have left ${now ?? 'none'} of ${rows} rows in ${table}. Nothing was changed.`,
    )
  }
}

/** Whether a script says that it changes what a table holds; one that removes it for good has a line `-- removes "Name"`. */
const isMeant = (script: string, table: string) => new RegExp(`(INSERT INTO|DELETE FROM|-- removes) "${table}"`).test(script)

async function isEmpty(connection: MigrationConnection): Promise<boolean> {
  return [...(await counts(connection)).values()].every((rows) => rows === 0)
}

/** Of all tables but the ledger. */
async function counts(connection: MigrationConnection): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const table of await connection.tables()) {
    if (table === LEDGER) continue
    const [row] = await connection.select(`SELECT count(*) AS n FROM "${table}"`)
    found.set(table, Number(row?.['n']))
  }
  return found
}
