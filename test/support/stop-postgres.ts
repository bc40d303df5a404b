import { rm } from 'node:fs/promises'

/** Once after all tests. */
export default async function stop() {
  await globalThis.stopTestDatabases?.()
  const folder = process.env['BALAS_TEST_FOLDER']
  if (folder) await rm(folder, { recursive: true, force: true })
}
