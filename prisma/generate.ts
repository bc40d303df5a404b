/**
 * Writes the two provider variants of `schema.prisma` and generates a client from each, into ignored folders.
 *
 * `prisma generate` would fetch a native schema engine that generating does not need; naming any existing file in
 * PRISMA_SCHEMA_ENGINE_BINARY keeps it from trying (DESIGN 3).
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const prismaCli = createRequire(import.meta.url).resolve('prisma/build/index.js')
const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8')

const generated = join(root, 'src/database/generated')
mkdirSync(generated, { recursive: true })

for (const provider of ['sqlite', 'postgresql'] as const) {
  const file = join(generated, `${provider}.prisma`)
  const variant = schema
    .replace('provider = "sqlite"', `provider = "${provider}"`)
    .replace('"../src/database/generated"', `"./${provider}"`)
  const upToDate = existsSync(join(generated, provider, 'client.ts')) && existsSync(file) && readFileSync(file, 'utf8') === variant
  if (upToDate) continue
  writeFileSync(file, variant)
  execFileSync(process.execPath, [prismaCli, 'generate', '--schema', file, '--no-hints'], {
    cwd: root,
    stdio: 'pipe', // shown when it fails
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  })
}
