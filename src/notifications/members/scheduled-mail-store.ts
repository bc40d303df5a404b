import type { Client, Transaction } from '../../database/connect.ts'
import { isUniqueViolation } from '../../database/errors.ts'
import { Overtaken } from './dispatch-store.ts'

/** Claims a site's summary for the one who puts it into the outbox: false when that week, or a later one, is taken care of. */
export async function claimWeek(tx: Transaction, { siteId, week }: { siteId: string; week: string }): Promise<boolean> {
  await ensure(tx, siteId)
  const { count } = await tx.siteOccasion.updateMany({ where: { siteId, OR: [{ week: null }, { week: { lt: week } }] }, data: { week } })
  return count === 1
}

/** Claims the telling of failures in the same way, unless owners were told of some since a time. */
export async function claimFailures(tx: Transaction, { siteId, at, since }: { siteId: string; at: Date; since: Date }): Promise<boolean> {
  await ensure(tx, siteId)
  const { count } = await tx.siteOccasion.updateMany({
    where: { siteId, OR: [{ failuresAt: null }, { failuresAt: { lte: since } }] },
    data: { failuresAt: at },
  })
  return count === 1
}

async function ensure(tx: Transaction, siteId: string): Promise<void> {
  if (await tx.siteOccasion.findUnique({ where: { siteId } })) return
  await tx.siteOccasion.create({ data: { siteId } }).catch((error: unknown) => {
    throw isUniqueViolation(error) ? new Overtaken() : error
  })
}

/** The kind of the mail that tells of failures, which never tells of its own. */
export const FAILING = 'site.failing'

const untold = { state: 'failed', failureToldAt: null, kind: { not: FAILING } }

/** Mails that failed for good and of which owners were not told, by site; `toMembers` of them were for people with an account. */
export async function untoldFailures(client: Client): Promise<{ siteId: string; failed: number; toMembers: number }[]> {
  const rows = await client.delivery.groupBy({ by: ['siteId'], where: untold, _count: { _all: true } })
  const members = await client.delivery.groupBy({ by: ['siteId'], where: { ...untold, userId: { not: '' } }, _count: { _all: true } })
  const toMembers = new Map(members.map(({ siteId, _count }) => [siteId, _count._all]))
  return rows.map(({ siteId, _count }) => ({ siteId, failed: _count._all, toMembers: toMembers.get(siteId) ?? 0 }))
}

/** Marks them as told of, and says how many they are by now. */
export async function markTold(tx: Transaction, { siteId, at }: { siteId: string; at: Date }): Promise<number> {
  const { count } = await tx.delivery.updateMany({ where: { ...untold, siteId }, data: { failureToldAt: at } })
  return count
}

/** What the mail server last said of a mail that failed and was not sent again since; null when there is none. */
export const lastFailure = (client: Client, siteId: string) =>
  client.delivery.findFirst({
    where: { siteId, state: 'failed', failureToldAt: { not: null }, resentAs: null, kind: { not: FAILING } },
    orderBy: { id: 'desc' },
    select: { outcome: true },
  })
