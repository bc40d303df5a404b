import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { mb } from './memory.ts'
import { seed } from './seed.ts'
import { newDataDir, SECRET } from './server.ts'
import { type Started, startTimed } from './started.ts'

const TIMES = 5
const COMMENTS = 1000
const IDLE_MS = 60_000

const SERVER = join(import.meta.dirname, '../../dist/server.js')
const BARE = join(import.meta.dirname, 'bare-server.mjs')

/**
 * What it costs to start the server, on nothing and on a database with comments, and what it takes of memory after it did nothing for a
 * minute; beside a Node that ends at once and the least server that answers out of SQLite. Medians of five. Processor time and memory hold
 * on a busy machine too, seconds do not.
 */
export async function benchFootprint(): Promise<void> {
  const nothing = await inTurn(async () => startNode())
  line('node -e 0', { seconds: median(nothing.map(({ seconds }) => seconds)) })

  const bare = await inTurn(async () => {
    const file = join(await newDataDir(), 'bare.db')
    return startTimed({ args: (port) => [BARE, file, String(port)] })
  })
  line('Express and better-sqlite3', await figures(bare))

  const folders = await inTurn(newDataDir)
  const first = await inTurn((n) => startServer(folders[n] ?? ''))
  line('first start, on nothing', await figures(first))

  for (const folder of folders) seed({ file: join(folder, 'balas.db'), total: COMMENTS, held: COMMENTS / 100 })
  const second = await inTurn((n) => startServer(folders[n] ?? ''))
  line(`second start, on ${COMMENTS} comments`, await figures(second), '(ceilings: 1.50 s, 2.20 s of CPU, 150 MB)')
}

/** The built server as it stands: no flags, and nothing in its environment but where it listens and keeps its data. */
const startServer = (dataDir: string) =>
  startTimed({ args: () => [SERVER], env: (port) => ({ DATA_DIR: dataDir, SECRET, PORT: String(port) }) })

function startNode(): { seconds: number } {
  const began = performance.now()
  spawnSync(process.execPath, ['-e', '0'])
  return { seconds: (performance.now() - began) / 1000 }
}

/** One start after another, so that none is measured beside another one. */
async function inTurn<Result>(start: (n: number) => Promise<Result>): Promise<Result[]> {
  const started: Result[] = []
  for (let n = 0; n < TIMES; n++) started.push(await start(n))
  return started
}

/** Medians of those that run; they are left alone for a minute, and stopped. */
async function figures(started: Started[]) {
  await wait(IDLE_MS)
  const memories = await Promise.all(started.map(({ memory }) => memory()))
  await Promise.all(started.map(({ stop }) => stop()))
  const medianOf = (name: 'seconds' | 'cpu') => median(started.map((one) => one[name]))
  return { seconds: medianOf('seconds'), cpu: medianOf('cpu'), memory: median(memories) }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

function line(name: string, { seconds, cpu, memory }: { seconds: number; cpu?: number; memory?: number }, more = '') {
  const parts = [
    `${seconds.toFixed(2)} s`,
    cpu !== undefined && `${cpu.toFixed(2)} s of CPU`,
    memory !== undefined && `RssAnon ${mb(memory)} MB`,
    more,
  ]
  console.log(`${name.padEnd(34)} ${parts.filter(Boolean).join('   ')}`)
}
