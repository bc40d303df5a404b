import { existsSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Where the files lie that the program reads beside its own code. The only place that knows: a module's own place tells little, since the
 * build puts many into one file, and the tests run the sources.
 */
const root = (folder = import.meta.dirname): string => (existsSync(join(folder, 'package.json')) ? folder : root(dirname(folder)))

export const manifestFile = (): string => join(root(), 'package.json')

/** A folder for each database. */
export const migrationsFolder = (): string => join(root(), 'prisma/migrations')

/** The worker thread's program; always the built one, as a thread runs no TypeScript. */
export const workerFile = (): URL => pathToFileURL(join(root(), 'dist/worker.js'))

/** The program of the thread that checkpoints SQLite's log, built as well. */
export const checkpointFile = (): URL => pathToFileURL(join(root(), 'dist/checkpoint-thread.js'))

/** What browsers load, built as well. */
export const webFolder = (): URL => pathToFileURL(join(root(), 'dist/web') + sep)

/**
 * A file of a package, by its name such as `swagger-ui-dist/swagger-ui.css`. The build copies those that it is told of (build/kept-files.ts),
 * as the packages that it took into the program need not be there afterwards.
 */
export function packageFile(name: string): string {
  const built = join(root(), 'dist')
  return import.meta.dirname.startsWith(built) ? join(built, 'files', basename(name)) : join(root(), 'node_modules', name)
}
