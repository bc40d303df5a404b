import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../src/database/migrate.ts'
import { refuseStale } from '../build/stamp.ts'
import { startPostgres } from './postgres.ts'

declare global {
  var stopTestDatabases: (() => Promise<void>) | undefined
}

/** Once before all tests: a real PostgreSQL, and a migrated database of each kind that tests copy instead of migrating. */
export default async function start() {
  if (process.env['BALAS_TEST_POSTGRES']) return // given by who runs many small runs: test/mutants
  refuseStale()
  globalThis.stopTestDatabases = await startDatabases()
}

/** Starts them, and names them in the environment; returns what stops them again. */
export async function startDatabases(): Promise<() => Promise<void>> {
  const server = await startPostgres()
  const folder = await mkdtemp(join(tmpdir(), 'balas-tests-'))
  await migrate({ url: await server.createDatabase('template_balas') })
  await migrate({ url: `file:${folder}/template.db` })
  process.env['BALAS_TEST_POSTGRES'] = server.url('postgres')
  process.env['BALAS_TEST_FOLDER'] = folder
  await chmod(folder, 0o755) // PostgreSQL runs as another user
  process.env['TMPDIR'] = folder // what tests make goes with it
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
