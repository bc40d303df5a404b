import { load } from './load.ts'
import { ownMemory, watchMemory } from './memory.ts'
import { FULL_THREAD } from './seed.ts'
import type { BenchServer } from './server.ts'

const THREAD = `/api/v1/sites/default/thread?url=${encodeURIComponent(FULL_THREAD)}`

/** Does some work at a server that nobody else asks for anything. Memory in bytes. */
export async function alone({ server, work }: { server: BenchServer; work: () => Promise<void> }) {
  const before = await ownMemory(server.pid)
  const memory = watchMemory(server.pid)
  const started = performance.now()
  await work()
  return { before, most: Math.max(before, memory.stop()), seconds: (performance.now() - started) / 1000 }
}

/** Does some work at a server while readers ask it for a thread 500 times a second; the worst five seconds of theirs count. Memory in bytes. */
export async function besideReaders({ server, work }: { server: BenchServer; work: () => Promise<void> }) {
  const options = { url: server.url + THREAD, overallRate: 500, duration: 5 }
  await load({ ...options, duration: 2 }) // what readers alone take is there before
  const before = await ownMemory(server.pid)
  const memory = watchMemory(server.pid)
  const started = performance.now()
  let seconds: number | undefined
  const working = work().then(() => (seconds = (performance.now() - started) / 1000))
  let readers = { p50: 0, p99: 0 }
  while (seconds === undefined) {
    const { p50, p99 } = await load(options) // to the end of its five seconds, also where the work is shorter
    if (p99 >= readers.p99) readers = { p50, p99 }
  }
  return { before, most: Math.max(before, memory.stop()), readers, seconds: await working }
}
