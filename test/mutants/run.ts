/**
 * Changes one line that matters at a time, in a copy, and runs the tests that should notice: `npm run mutants`, or
 * `npm run mutants -- lease` for the groups or files whose names contain a word. Whatever no test notices is listed, and makes it fail.
 */
import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDatabases } from '../support/start-postgres.ts'
import { type Mutant, MUTANTS } from './mutants.ts'

const ROOT = join(import.meta.dirname, '../..')
/** Tests of two mutants run side by side, each in a copy of its own. */
const COPIES = 2

const asked = process.argv.slice(2)
const wanted = Object.entries(MUTANTS).flatMap(([group, mutants]) =>
  mutants.filter(({ file }) => asked.length === 0 || asked.some((word) => group.includes(word) || file.includes(word))),
)
const tests = [...new Set(wanted.map(({ test }) => test))]
const stop = await startDatabases()
const folder = await mkdtemp(join(tmpdir(), 'balas-mutants-'))
try {
  const { failed, output } = await runTests(ROOT, tests) // what fails by itself notices nothing
  if (failed > 0) throw new Error(`these tests do not pass as it is:\n${output}`)
  const failures = await runAll()
  console.log(`${wanted.length} mutants, ${failures.length} survivors`)
  for (const failure of failures) console.log(failure)
  process.exitCode = failures.length === 0 ? 0 : 1
} finally {
  await rm(folder, { recursive: true, force: true })
  await stop()
}

/** Each copy takes the next mutant until none is left. */
async function runAll(): Promise<string[]> {
  const failures: string[] = []
  const left = [...wanted]
  const work = async (_value: unknown, nth: number) => {
    const copy = await makeCopy(nth)
    for (let mutant = left.shift(); mutant; mutant = left.shift()) {
      const problem = await survives(copy, mutant)
      console.log(`${problem === null ? 'noticed ' : 'SURVIVES'} ${nameOf(mutant)}`)
      if (problem !== null) failures.push(`${nameOf(mutant)}\n  ${problem}`)
    }
  }
  await Promise.all(Array.from({ length: COPIES }, work))
  return failures
}

function nameOf({ file, from, to, test }: Mutant): string {
  return `${file}: ${from} → ${to || '(nothing)'} (${test})`
}

/** Why a mutant lives on, or null when a test fails with it. */
async function survives(copy: string, mutant: Mutant): Promise<string | null> {
  const { file, from, to, times = 1 } = mutant
  const path = join(copy, file)
  const source = await readFile(path, 'utf8')
  const found = source.split(from).length - 1
  if (found !== times) return `its line stands there ${found} times, not ${times}`
  await writeFile(
    path,
    source.replaceAll(from, () => to),
  )
  try {
    const { passed, failed, output } = await runTests(copy, [mutant.test], mutant.only)
    if (failed > 0) return null
    return passed > 0 ? 'no test notices' : `no test ran: ${output.slice(-2000)}`
  } finally {
    await writeFile(path, source)
  }
}

/** The sources in a folder of their own, beside the dependencies and the build as they are. */
async function makeCopy(nth: number): Promise<string> {
  const copy = join(folder, String(nth))
  for (const name of ['src', 'test', 'prisma', 'package.json', 'tsconfig.json'])
    await cp(join(ROOT, name), join(copy, name), { recursive: true })
  for (const name of ['node_modules', 'dist']) await symlink(join(ROOT, name), join(copy, name))
  return copy
}

interface Ran {
  passed: number
  failed: number
  output: string
}

function runTests(cwd: string, files: string[], only?: string): Promise<Ran> {
  const args = [
    join(ROOT, 'node_modules/jest/bin/jest.js'),
    '--runInBand',
    '--forceExit',
    '--bail',
    ...files,
    ...(only ? ['-t', only] : []),
  ]
  const child = spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const count = (word: string) => Number(new RegExp(String.raw`^Tests: .*?(\d+) ${word}`, 'm').exec(output)?.[1] ?? 0)
  return new Promise((resolve) => child.once('close', () => resolve({ passed: count('passed'), failed: count('failed'), output })))
}
