import type { Client, Transaction } from '../database/connect.ts'

const keyOf = (siteId: string) => `export:${siteId}`

/** What was last noted of a site's scheduled exports, as it stands in the database. */
export const notedOf = async (client: Client, siteId: string): Promise<string | null> =>
  (await client.meta.findUnique({ where: { key: keyOf(siteId) } }))?.value ?? null

/** Notes something else, if what was read still stands there; false when another process was faster. */
export async function noteInstead(
  tx: Transaction,
  { siteId, from, to }: { siteId: string; from: string | null; to: string },
): Promise<boolean> {
  const key = keyOf(siteId)
  if (from !== null) return (await tx.meta.updateMany({ where: { key, value: from }, data: { value: to } })).count === 1
  return (await tx.meta.createMany({ data: { key, value: to } })).count === 1
}
