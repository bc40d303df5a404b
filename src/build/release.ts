/**
 * Writes one file that can be installed anywhere: `npm run release` makes `balas-<version>.tgz` of what was built, of the migrations, and
 * of a manifest that asks for the native packages alone.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NATIVE } from './vite.config.ts'

const root = join(import.meta.dirname, '../..')
const CONTENT = ['dist', 'prisma/migrations', 'README.md', 'CHANGELOG.md', 'LICENSE', '.env.example']

interface Manifest {
  name: string
  version: string
  description: string
  license: string
  engines: Record<string, string>
  dependencies: Record<string, string>
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
const folder = mkdtempSync(join(tmpdir(), 'balas-release-'))
for (const name of CONTENT) cpSync(join(root, name), join(folder, name), { recursive: true })
writeFileSync(join(folder, 'package.json'), `${JSON.stringify(released(manifest), null, 2)}\n`)
const file = execFileSync('npm', ['pack', '--silent', '--pack-destination', root], { cwd: folder, encoding: 'utf8' }).trim()
rmSync(folder, { recursive: true })
console.log(join(root, file))

/** What npm reads of the installed package: `balas` serves, `balas-cli` is the command line. */
function released({ name, version, description, license, engines, dependencies }: Manifest) {
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    bin: { balas: 'dist/server.js', 'balas-cli': 'dist/cli.js' },
    engines,
    dependencies: Object.fromEntries(Object.entries(dependencies).filter(([each]) => NATIVE.includes(each))),
  }
}
