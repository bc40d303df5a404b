import { chmod, lstat, mkdtemp, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import SQLite from 'better-sqlite3'
import { isPostgresUrl } from './connect.ts'

const ALL_PAGES = 0x7fff_ffff

/** The copy cannot be made, or not from here; the message says what to do. */
export class BackupRefused extends Error {}

export interface Backup {
  /** The copy: one file, readable by its owner alone. */
  file: string
  bytes: number
  /** How to restore it, and what to keep beside it; for people, a line each. */
  advice: string[]
}

/**
 * A consistent copy of a SQLite database, also while a server writes to it: everything that was acknowledged before the call is in
 * it. It is written beside the target, checked (PRAGMA integrity_check) and only then put in its place.
 *
 * Copied page by page, in one step: more steps would start over whenever another process commits, and VACUUM INTO may renumber rows
 * that a full-text index refers to. The calling thread waits meanwhile, so it belongs into the command line or a worker.
 *
 * @throws BackupRefused when the target exists, when there is no database, when the copy is damaged, and on PostgreSQL, whose own
 * tool does it better: the message names the commands
 */
export async function backup({ url, to }: { url: string; to: string }): Promise<Backup> {
  const file = resolve(to)
  if (isPostgresUrl(url)) throw new BackupRefused(postgresCommands({ url, file }))
  const database = url.replace(/^file:/, '')
  if (!(await exists(database))) throw new BackupRefused(`There is no database at ${database}.`)
  if (await exists(file)) throw targetExists(file)
  const folder = await mkdtemp(join(dirname(file), '.balas-backup-')) // only its owner can look into it
  try {
    const copy = join(folder, 'copy.db')
    await copyPages({ from: database, to: copy })
    checkCopy(copy)
    await chmod(copy, 0o600)
    await flush(copy)
    if (await exists(file)) throw targetExists(file)
    await rename(copy, file)
    await flush(dirname(file))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return { file, bytes: (await stat(file)).size, advice: sqliteAdvice({ database, file }) }
}

async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

const targetExists = (file: string) => new BackupRefused(`${file} exists; a backup overwrites nothing. Name another file.`)

export async function copyPages({ from, to }: { from: string; to: string }): Promise<void> {
  const source = new SQLite(from, { readonly: true, fileMustExist: true })
  try {
    await source.backup(to, { progress: () => ALL_PAGES })
  } finally {
    source.close()
  }
}

/** Makes the copy a single file that opens anywhere, also read-only: a server puts it back into WAL mode at its start. */
function checkCopy(file: string): void {
  const copy = new SQLite(file, { fileMustExist: true })
  try {
    copy.pragma('journal_mode = DELETE')
    const found = copy.pragma('integrity_check', { simple: true })
    if (found !== 'ok') throw new BackupRefused(`The copy is damaged, and so may be the database: ${String(found)}`)
  } finally {
    copy.close()
  }
}

export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const KEEP_SECRET =
  'Keep the secret with it (the file "secret" in DATA_DIR, or the variable SECRET): without it nobody can read the addresses in the copy.'

const sqliteAdvice = ({ database, file }: { database: string; file: string }) => [
  KEEP_SECRET,
  `To restore: stop the server, remove ${database}-wal and ${database}-shm, copy ${file} to ${database}, and start the server.`,
]

function postgresCommands({ url, file }: { url: string; file: string }): string {
  const database = shellWord(withoutPassword(url))
  return [
    'PostgreSQL makes its own backups, also while the server runs. The password is asked for, or taken from PGPASSWORD or ~/.pgpass:',
    `  pg_dump --format=custom --no-owner --file=${shellWord(file)} --dbname=${database}`,
    'To restore: stop the server, and into the same or an empty database',
    `  pg_restore --clean --if-exists --no-owner --single-transaction --dbname=${database} ${shellWord(file)}`,
    KEEP_SECRET,
  ].join('\n')
}

/** The URL as PostgreSQL's tools take it; of the parameters only those that say how to connect. */
function withoutPassword(url: string): string {
  const parsed = new URL(url)
  parsed.password = ''
  const kept = [...parsed.searchParams].filter(([name]) => /^(host|port|ssl(mode|rootcert))$/.test(name))
  parsed.search = new URLSearchParams(kept).toString()
  return parsed.href
}

const shellWord = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`
