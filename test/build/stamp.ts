/**
 * Knows whether `dist` was built from the sources as they are. A build leaves a stamp behind, the hash of what it was made from; so
 * `npm run built` builds when that is needed and only then, and tests that read `dist` refuse to test something older.
 *
 *     tsx test/build/stamp.ts begin | end | check
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(import.meta.dirname, '../..')
const STAMP = join(ROOT, 'dist/built-from')
/** A hash that was taken before the build began: what is saved meanwhile may have been missed. */
const BEGUN = join(ROOT, 'node_modules/.cache/balas/building-from')
/** All that a build reads; what is generated follows from the models. */
const SOURCES = ['src', 'prisma/schema.prisma', 'prisma/generate.ts', 'package.json', 'package-lock.json', 'tsconfig.json']
const GENERATED = join(ROOT, 'src/database/generated')

/** @throws Error when `dist` is not what a build of the sources makes */
export function refuseStale(): void {
  if (!isFresh()) throw new Error('dist is older than the sources: run `npm run build` first (`npm test` and `npm run test:browser` do)')
}

const isFresh = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashOfSources()

function hashOfSources(): string {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((name) => filesOf(join(ROOT, name))).toSorted()) {
    hash.update(`${relative(ROOT, file)}\0${createHash('sha256').update(readFileSync(file)).digest('hex')}\n`)
  }
  return hash.digest('hex')
}

function filesOf(path: string): string[] {
  if (path === GENERATED || path.endsWith('.md')) return []
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesOf(join(path, name))) : [path]
}

/** Until the build has ended, there is no stamp. */
function begin() {
  rmSync(STAMP, { force: true })
  mkdirSync(dirname(BEGUN), { recursive: true })
  writeFileSync(BEGUN, hashOfSources())
}

function end() {
  writeFileSync(STAMP, readFileSync(BEGUN, 'utf8'))
  rmSync(BEGUN)
}

const COMMANDS: Record<string, () => void> = {
  begin,
  end,
  check: () => {
    if (!isFresh()) process.exitCode = 1
  },
}

if (process.argv[1] === fileURLToPath(import.meta.url)) COMMANDS[process.argv[2] ?? 'check']?.()
