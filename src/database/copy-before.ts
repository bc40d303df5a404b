import { open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { copyPages, flush } from './backup.ts'

const KEPT = 2
const KEPT_MS = 14 * 86_400_000
const MIB = 1024 ** 2
/** Beside the copy itself: what a migration writes before its transaction ends. */
const ROOM = 16 * MIB

/** There is no room for the copy that is kept before a database is changed, so it was not changed. */
export class NoRoomForCopy extends Error {}

const prefixOf = (file: string) => `${basename(file)}.before-update-`

/** Keeps a copy of a SQLite file beside it: whole or not at all, readable by its owner alone, on disk when this resolves. */
export async function keepCopy(file: string): Promise<string> {
  const folder = dirname(file)
  const needed = (await sizeOf(file)) * 2 + (await sizeOf(`${file}-wal`)) + ROOM
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < needed) {
    throw new NoRoomForCopy(
      `Nothing was updated: before an update a copy of the database is kept, and ${folder} needs ${Math.ceil(needed / MIB)} MiB free for it (it has ${Math.floor((bavail * bsize) / MIB)}). Make room; or make a backup elsewhere (balas-cli backup) and start once with UPDATE_WITHOUT_COPY=yes.`,
    )
  }
  const copy = join(folder, `${prefixOf(file)}${new Date().toISOString().replace(/\D/g, '')}`)
  const part = `${copy}.part`
  await removeUnfinished(file) // of a start that was killed; only one process is here at a time
  await (await open(part, 'wx', 0o600)).close()
  try {
    await copyPages({ from: file, to: part })
    await flush(part)
    await rename(part, copy)
    await flush(folder)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  return copy
}

/** Removes copies beyond the last two and those older than fourteen days: they hold what was erased since. */
export async function forgetCopies(file: string, now: Date): Promise<void> {
  const old = new Date(now.getTime() - KEPT_MS)
  const copies = await copiesOf(file)
  for (const [index, copy] of copies.toReversed().entries()) {
    if (index >= KEPT || (await stat(copy)).mtime < old) await rm(copy, { force: true })
  }
}

/** The same for whatever database; only SQLite's have copies beside them. */
export async function forgetCopiesOf(url: string, now: Date): Promise<void> {
  if (url.startsWith('file:')) await forgetCopies(url.slice('file:'.length), now)
}

/** The way back, as a sentence. */
export async function describeCopies(file: string): Promise<string> {
  const copy = (await copiesOf(file)).at(-1)
  if (copy === undefined) return 'Restore your last backup: README, "Operate".'
  return `A copy from before the last update is ${copy}. To go back to it, or to a backup: stop the server, remove ${file}-wal and ${file}-shm, copy it to ${file}, and start the server.`
}

/** The oldest first. */
async function copiesOf(file: string): Promise<string[]> {
  const names = (await readdir(dirname(file))).filter((name) => name.startsWith(prefixOf(file)) && /-\d{17}$/.test(name))
  return names.toSorted().map((name) => join(dirname(file), name))
}

async function removeUnfinished(file: string): Promise<void> {
  const names = (await readdir(dirname(file))).filter((name) => name.startsWith(prefixOf(file)) && name.endsWith('.part'))
  await Promise.all(names.map((name) => rm(join(dirname(file), name), { force: true })))
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0, // there is none
  )
