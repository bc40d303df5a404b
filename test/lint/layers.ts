/**
 * The order of the folders of `src`, and what follows from it, checked against every import; part of `npm run lint`.
 *
 * A folder may import from itself and from those above it in the list, types too. Whoever needs something of a later folder states a type of
 * what it needs, and compose/ hands it over.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'

/** From what knows nothing of comments to what ties all together. `src` stands for its files, `entries` for those that are programs. */
export const ORDER = [
  'src',
  'locales',
  'markup',
  'database',
  'workers',
  'privacy',
  'http',
  'mail',
  'outbox',
  'access',
  'sites',
  'spam',
  'comments',
  'overview',
  'notifications',
  'accounts',
  'moderation',
  'webhooks',
  'files',
  'repair',
  'transfer',
  'web',
  'compose',
  'entries',
  'build',
]

/** Files of `src` that are programs, or tie all together. */
const ENTRIES = new Set(['app.ts', 'cli.ts', 'server.ts', 'worker.ts'])

/** Pairs that know each other all the same, and why. */
const MUTUAL: Record<string, string> = {
  'access -> sites': 'whoever asks whether somebody may do something of a site is handed that site: a type alone',
}

/** What pages may take from the server's code beside types: it runs in browsers too, and imports nothing that does not. */
const FOR_BROWSERS = new Set([
  'locales',
  'src/accounts/password-length.ts',
  'src/comments/reply-problems.ts',
  'src/http/field-texts.ts',
  'src/http/form-parts.tsx',
  'src/http/query-string.ts',
  'src/moderation/page-filter.ts',
  'src/notifications/kept-days.ts',
  'src/notifications/reasons.ts',
  'src/notifications/suppressed.ts',
  'src/parse-url.ts',
  'src/spam/codes.ts',
  'src/transfer/import/reasons.ts',
  'src/webhooks/names.ts',
])

interface Import {
  from: string
  to: string
  isType: boolean
}

/** What is wrong with one import; null when nothing is. */
export function problemOf({ from, to, isType }: Import): string | null {
  const [importer, imported] = [folderOf(from), folderOf(to)]
  const isRoutes = /(?:^|[/-])routes\.tsx?$/.test(from)
  const isStore = /(?:^|[/-])store\.ts$/.test(from)
  if (to === 'express')
    return isType || isRoutes || importer === 'http' || ENTRIES.has(relative('src', from)) || from === 'src/accounts/auth-routes.ts'
      ? null
      : 'Express belongs in app.ts, http/ and routes files'
  if (!to.startsWith('src/')) return null
  if (to.startsWith('src/database/generated/'))
    return importer === 'database' || isStore ? null : 'the generated client belongs in database/ and store files'
  if (importer === imported) return null
  if (/(?:^|[/-])store\.ts$/.test(to) && !isType && importer !== 'compose' && importer !== 'entries')
    return "call another capability's use-case, never its store"
  if (imported === 'web') return 'the server knows nothing of the pages’ code'
  if (importer === 'web')
    return isType || FOR_BROWSERS.has(imported) || FOR_BROWSERS.has(to) ? null : 'pages take types alone from the server'
  if (ORDER.indexOf(importer) > ORDER.indexOf(imported)) return null
  return `${importer} -> ${imported}` in MUTUAL && isType ? null : `${importer} stands before ${imported} in the order of the folders`
}

function folderOf(file: string): string {
  const [, folder = '', ...rest] = file.split('/')
  if (rest.length > 0) return folder
  return ENTRIES.has(folder) ? 'entries' : 'src'
}

const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm

function importsOf(file: string): Import[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, type, named = '', dynamic]) => {
    const name = named || (dynamic ?? '')
    return { from: file, to: name.startsWith('.') ? normalize(join(dirname(file), name)) : name, isType: type !== undefined }
  })
}

/** Every problem of a tree, a line each. */
export function problems(folder = 'src'): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.startsWith('database/generated'),
  )
  const folders = new Set(files.map((name) => folderOf(join(folder, name))))
  const unknown = [...folders]
    .filter((name) => !ORDER.includes(name))
    .map((name) => `src/${name} has no place in the order (test/lint/layers.ts)`)
  const wrong = files
    .flatMap((name) => importsOf(join(folder, name)))
    .flatMap((one) => {
      const problem = problemOf(one)
      return problem === null ? [] : `${one.from} imports ${one.to}: ${problem}`
    })
  return [...unknown, ...wrong]
}

if (process.argv[1] === import.meta.filename) {
  const found = problems()
  for (const line of found) console.error(line)
  if (found.length > 0) process.exit(1)
  console.log(`The folders keep their order: ${ORDER.filter((name) => name !== 'entries').join(', ')}.`)
}
