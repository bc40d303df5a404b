import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const SECRET = 'a secret for measuring only'

export interface BenchServer {
  url: string
  file: string
  pid: number
  stop: () => Promise<void>
}

export const newDataDir = () => mkdtemp(join(tmpdir(), 'balas-bench-'))

/** Starts the built server as a process of its own. */
export async function startServer({ dataDir, env: more = {} }: { dataDir: string; env?: Record<string, string> }): Promise<BenchServer> {
  const env = { DATA_DIR: dataDir, PORT: '0', SECRET, LOG_LEVEL: 'error', TRUST_PROXY: '1', NODE_ENV: 'production', ...more }
  return { ...(await startProcess({ args: [join(import.meta.dirname, '../../dist/server.js')], env })), file: join(dataDir, 'balas.db') }
}

/** Starts a Node process and waits until it says where it is ready. */
export async function startProcess({
  args,
  env = {},
  onOutput,
}: {
  args: string[]
  env?: Record<string, string>
  onOutput?: (text: string) => void
}): Promise<Omit<BenchServer, 'file'>> {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      onOutput?.(chunk.toString())
      const ready = /ready: (\S+)/.exec(text)?.[1]
      if (ready) resolve(ready)
    })
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)))
  })
  return { url, pid: child.pid ?? 0, stop: () => stop(child) }
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** A new API key of an owner. */
export async function ownersKey(dataDir: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, '../../dist/cli.js'), 'key', 'create', '--role', 'owner'],
    { env: { ...process.env, DATA_DIR: dataDir, SECRET } },
  )
  return stdout.trim()
}
