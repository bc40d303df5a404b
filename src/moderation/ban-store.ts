import type { Client, Transaction } from '../database/connect.ts'

export type BanRow = Awaited<ReturnType<Client['ban']['findUniqueOrThrow']>>

const inForce = (siteId: string, now: Date) => ({ siteId, liftedAt: null, OR: [{ until: null }, { until: { gt: now } }] })

/** Bans of a site that are in force; with `targets` those of them alone. */
export const bansInForce = (
  client: Client | Transaction,
  { siteId, now, targets, take }: { siteId: string; now: Date; targets?: string[]; take?: number },
): Promise<BanRow[]> =>
  client.ban.findMany({
    where: { ...inForce(siteId, now), ...(targets && { target: { in: targets } }) },
    ...(take !== undefined && { take }),
  })

/** A page of a site's bans, newest first. */
export const listBans = (
  client: Client,
  { siteId, now, active, after, take }: { siteId: string; now: Date; active: boolean; after: string | undefined; take: number },
): Promise<BanRow[]> =>
  client.ban.findMany({
    where: { ...(active ? inForce(siteId, now) : { siteId }), ...(after !== undefined && { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take,
  })

export const findBan = (client: Client | Transaction, { siteId, id }: { siteId: string; id: string }) =>
  client.ban.findFirst({ where: { siteId, id } })

export const insertBan = (tx: Transaction, data: Parameters<Transaction['ban']['create']>[0]['data']): Promise<BanRow> =>
  tx.ban.create({ data })

/** Lifts those of these bans that nobody lifted before; gives how many. */
export const liftBans = async (tx: Transaction, { ids, by, at }: { ids: string[]; by: { id: string; name: string }; at: Date }) =>
  (
    await tx.ban.updateMany({
      where: { id: { in: ids }, liftedAt: null },
      data: { liftedAt: at, liftedById: by.id, liftedByName: by.name },
    })
  ).count
