import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { ownMemory } from './memory.ts'

const TICKS_A_SECOND = 100 // in which /proc counts, on every Linux
const ASK_MS = 10

/** A program that was started, and what that took. */
export interface Started {
  /** Until it answered /readyz, or ended. */
  seconds: number
  /** Processor time of all its threads until then, seconds. */
  cpu: number
  /** Of its own, in bytes, now. */
  memory: () => Promise<number>
  stop: () => Promise<void>
}

/** Starts a program with Node, as it stands, and waits until it answers `/readyz` on the port that it was given. */
export async function startTimed({
  args,
  env,
}: {
  args: (port: number) => string[]
  env?: (port: number) => Record<string, string>
}): Promise<Started> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, args(port), { env: { ...process.env, ...env?.(port) }, stdio: ['ignore', 'ignore', 'inherit'] })
  const pid = child.pid ?? 0
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    await wait(ASK_MS)
  }
  const seconds = (performance.now() - began) / 1000
  return { seconds, cpu: await cpuOf(pid), memory: () => ownMemory(pid), stop: () => stop(child) }
}

const isReady = (port: number) =>
  fetch(`http://127.0.0.1:${port}/readyz`, { headers: { connection: 'close' } }).then(
    async (answer) => {
      await answer.arrayBuffer()
      return answer.status === 200
    },
    () => false,
  )

/** Seconds that all threads of a process have used. */
async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ') // a name may hold blanks; user and system time are 14th and 15th
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
