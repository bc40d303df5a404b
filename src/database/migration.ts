import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Migration {
  name: string
  sql: string
}

/** One connection on which migrations are applied, in no transaction yet and with the right to go on alone. */
export interface MigrationConnection {
  provider: 'sqlite' | 'postgresql'
  select: (sql: string) => Promise<Record<string, unknown>[]>
  /** Runs statements, in the transaction that is open. */
  run: (script: string) => Promise<void>
  insert: (sql: string, values: string[]) => Promise<void>
  /** Begins a transaction; waits for other processes that migrate. */
  begin: () => Promise<void>
  /** The names of the tables that hold rows; not those that a full-text index keeps for itself. */
  tables: () => Promise<string[]>
  /** What is defined, as text: equal for equal schemas. */
  shape: () => Promise<string>
  /** Calls the work with a connection to an empty database whose content nobody sees and which is gone afterwards. */
  elsewhere: <T>(work: (empty: MigrationConnection) => Promise<T>) => Promise<T>
  /** Fails when a foreign key points nowhere. */
  checkReferences: () => Promise<void>
  /** Removes every table. */
  clear: () => Promise<void>
}

export async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(names.toSorted().map(async (name) => ({ name, sql: await readFile(join(dir, name, 'migration.sql'), 'utf8') })))
}

/** What Prisma's ledger keeps of a script. */
export const checksum = (sql: string) => createHash('sha256').update(sql).digest('hex')

/** A script's statements. Each of ours ends at the end of a line; those of a trigger belong to the trigger. */
export function statements(sql: string): string[] {
  const found: string[] = []
  let lines: string[] = []
  let inTrigger = false
  for (const line of sql.split('\n')) {
    if (/^\s*(--.*)?$/.test(line)) continue
    inTrigger ||= line.startsWith('CREATE TRIGGER ')
    lines.push(line)
    if (inTrigger ? !line.startsWith('END;') : !line.trimEnd().endsWith(';')) continue
    found.push(lines.join('\n'))
    lines = []
    inTrigger = false
  }
  return found
}
