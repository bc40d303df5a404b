import type { Client, Transaction } from '../database/connect.ts'

/** What stood in a field of a site, and what stands there now. */
export interface FieldChange {
  field: string
  from: unknown
  to: unknown
}

/** Keeps what somebody changed of a site; `fields` are field changes. */
export const insertSiteChange = (
  tx: Transaction,
  change: { id: string; siteId: string; at: Date; actorId: string; actorName: string; fields: object[] },
) => tx.siteChange.create({ data: change, select: { id: true } })

/** A page of what was changed of a site, newest first. */
export async function siteChanges(client: Client, { siteId, after, take }: { siteId: string; after: string | undefined; take: number }) {
  const rows = await client.siteChange.findMany({
    where: { siteId, ...(after !== undefined && { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take,
  })
  return rows.map(({ id, at, actorName, fields }) => ({ id, at, actor: actorName, fields: fields as unknown as FieldChange[] }))
}
