/**
 * Proves that a release stands by itself: `npm run test:release` makes one, installs it into an empty folder as a stranger would, and has it
 * serve from another folder, on SQLite and on PostgreSQL. It takes minutes, as better-sqlite3 may have to be compiled.
 */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../support/postgres.ts'

const MOST_BYTES = 120_000_000
const root = join(import.meta.dirname, '../..')

const made = execFileSync('npm', ['run', '--silent', 'release'], { cwd: root, encoding: 'utf8' })
const file = made.trim().split('\n').at(-1) ?? ''
const installed = newFolder()
const elsewhere = newFolder()
npm('init', '-y')
npm('pkg', 'set', 'allowScripts.better-sqlite3=true', '--json') // as the README says
npm('install', '--no-audit', '--no-fund', file)
rmSync(file)

const bytes = sizeOf(join(installed, 'node_modules'))
assert.ok(bytes <= MOST_BYTES, `it takes ${bytes} bytes`)
const packages = readdirSync(join(installed, 'node_modules')).filter((name) => !name.startsWith('.'))
console.log(`installed: ${Math.round(bytes / 1e6)} MB, ${packages.length} packages`)
for (const name of filesIn(join(installed, 'node_modules/balas/dist')).filter((each) => each.endsWith('.js')))
  assert.ok(!readFileSync(name, 'utf8').includes(root), `${name} names the folder that it was built in`)

await serves('SQLite', {})
const postgres = await startPostgres()
try {
  await serves('PostgreSQL', { DATABASE_URL: await postgres.createDatabase('released') })
} finally {
  await postgres.stop()
}
for (const folder of [installed, elsewhere]) rmSync(folder, { recursive: true })

/** Starts it by its name, far from where it was installed, leaves a comment, reads the pages' files, and ends it. */
async function serves(name: string, env: Record<string, string>): Promise<void> {
  const child = spawn('npx', ['--prefix', installed, 'balas'], {
    cwd: elsewhere,
    detached: true, // npx passes no signal on: the whole group is told
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', DATA_DIR: newFolder(), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const ready = /ready: (\S+)/.exec(output)?.[1]
      if (ready) resolve(ready)
    })
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)))
  })
  const reply = { url: 'https://news.example/night-train', name: 'Budi', email: 'budi@example.com', body: 'My grandfather drove it.' }
  const posted = await fetch(`${url}/api/v1/sites/default/comments`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(reply),
  })
  assert.equal(posted.status, 201)
  for (const path of ['/readyz', '/embed.js', '/admin', '/demo/plain', '/docs/swagger-ui-bundle.js', '/api/v1/openapi.json'])
    assert.equal((await fetch(url + path)).status, 200, path)
  const exited = new Promise((resolve) => child.once('exit', resolve))
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  await exited
  console.log(`serves by npx on ${name}`)
}

function npm(...args: string[]): void {
  execFileSync('npm', args, { cwd: installed, stdio: ['ignore', 'ignore', 'inherit'] })
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'balas-installed-'))
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function sizeOf(folder: string): number {
  return filesIn(folder).reduce((sum, name) => sum + statSync(name).size, 0)
}
