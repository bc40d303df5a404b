import { type Migration, type MigrationConnection, statements } from './migration.ts'

/** An older version left a migration half done, and how far it came cannot be told. */
export class HalfDone extends Error {}

/**
 * How many of a migration's statements an older version had run when it was killed: those versions ran them one by one.
 *
 * The earlier migrations and then its statements one after another are run on an empty database; where the schema is the same as
 * here, it stopped. Statements between that change no schema are told by the rows that they wrote into a table of their own.
 *
 * @throws HalfDone when that tells nothing
 */
export async function firstMissing(
  connection: MigrationConnection,
  { next, known, copies }: { next: Migration; known: Migration[]; copies: () => Promise<string> },
): Promise<number> {
  const steps = statements(next.sql)
  const here = await connection.shape()
  const alike = await connection.elsewhere(async (empty) => {
    for (const { sql } of known.slice(0, known.indexOf(next))) await empty.run(sql)
    const found: number[] = []
    for (let done = 0; done <= steps.length; done++) {
      if (done > 0) await empty.run(steps[done - 1] ?? '')
      if ((await empty.shape()) === here) found.push(done)
    }
    return found
  })
  const [first] = alike
  if (first === undefined) throw await unknown(next, copies)
  let start = first
  for (let index = first; alike.includes(index + 1); index++) {
    const told = await isDone(connection, steps[index] ?? '')
    if (told === 'untold') throw await unknown(next, copies)
    if (told === 'missing') break
    if (told === 'done') start = index + 1
  }
  return start
}

/** Whether a statement that changes no schema has run; `again` when it may run twice. */
async function isDone(connection: MigrationConnection, statement: string): Promise<'done' | 'missing' | 'again' | 'untold'> {
  if (statement.startsWith('PRAGMA ')) return 'again'
  const [, table, column] = /^INSERT INTO "(\w+)" \("?(\w+)/.exec(statement) ?? []
  if (table !== undefined && table === column) return 'again' // a setting of a full-text index
  if (table === undefined || !(await connection.tables()).includes(table)) return 'untold'
  const rows = await connection.select(`SELECT 1 FROM "${table}" LIMIT 1`)
  return rows.length > 0 ? 'done' : 'missing'
}

const unknown = async ({ name }: Migration, copies: () => Promise<string>) =>
  new HalfDone(`An older version was killed while it ran the migration ${name}, and how far it came cannot be told. ${await copies()}`)
