import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const { jest } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

/** What a test is not pure with: databases, the whole application, mail servers, the built program. */
const REAL = /support\/(app|databases|postgres|mailbox|imap)\.ts'|database\/(connect|migrate|sqlite)\.ts'|\.\.\/dist\/?['/]/

/** The tests that need neither a server nor a build, found by what they import, so that nobody has to keep a list. */
export default {
  ...jest,
  rootDir: ROOT,
  testMatch: pureTests(),
  globalSetup: undefined,
  globalTeardown: undefined,
}

function pureTests() {
  const known = new Map()
  const isPure = (file) => {
    if (known.has(file)) return known.get(file)
    known.set(file, true) // while it is looked at: a circle is as pure as what it leads to
    const source = readFileSync(file, 'utf8')
    const imported = [...source.matchAll(/from '(\.[^']+)'/g)].map(([, name]) => join(dirname(file), name))
    const pure = !REAL.test(source) && imported.filter((name) => name.startsWith(join(ROOT, 'test/'))).every(isPure)
    known.set(file, pure)
    return pure
  }
  return readdirSync(join(ROOT, 'test'), { recursive: true })
    .filter((name) => /\.test\.tsx?$/.test(name) && !name.startsWith('browser/'))
    .map((name) => join(ROOT, 'test', name))
    .filter(isPure)
}
