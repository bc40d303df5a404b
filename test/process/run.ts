import { spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const DIST = join(import.meta.dirname, '../../dist')

export const newDataDir = () => mkdtemp(join(tmpdir(), 'balas-process-'))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs a built program to its end. */
export function run(
  program: 'cli.js' | 'server.js',
  args: string[],
  { env = {}, input = '' }: { env?: Record<string, string>; input?: string } = {},
): Promise<Ended> {
  const child = start(program, args, env)
  child.stdin.end(input)
  return ended(child)
}

/** Starts the built server and waits until it is ready. */
export async function serve(env: Record<string, string>) {
  const child = start('server.js', [], { PORT: '0', ...env })
  const end = ended(child)
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const ready = /ready: (\S+)/.exec(text)?.[1]
      if (ready) resolve(ready)
    })
    void end.then(({ stderr }) => reject(new Error(`it ended: ${stderr}`)))
  })
  return {
    url,
    signal: (name: NodeJS.Signals) => {
      child.kill(name)
      return end
    },
  }
}

function start(program: string, args: string[], env: Record<string, string>) {
  return spawn(process.execPath, [join(DIST, program), ...args], {
    env: { PATH: process.env['PATH'], TZ: 'Asia/Jakarta', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

function ended(child: ReturnType<typeof start>): Promise<Ended> {
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })))
}
