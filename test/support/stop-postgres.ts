/** Once after all tests. */
export default async function stop() {
  await globalThis.stopTestDatabases?.()
}
