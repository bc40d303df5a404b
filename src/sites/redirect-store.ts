import type { Client, Transaction } from '../database/connect.ts'

export type RedirectRow = Awaited<ReturnType<Client['redirect']['findFirstOrThrow']>>

/** All redirects of a site, the oldest first. */
export const redirectsOf = (client: Client | Transaction, siteId: string): Promise<RedirectRow[]> =>
  client.redirect.findMany({ where: { siteId }, orderBy: { id: 'asc' } })

export const insertRedirects = (tx: Transaction, data: RedirectRow[]) => tx.redirect.createMany({ data })

/** Takes away those of a site, or what one repair made. */
export const removeRedirects = (tx: Transaction, where: { siteId: string; repairId?: string }) => tx.redirect.deleteMany({ where })

export const redirectFrom = (tx: Transaction, { siteId, fromKey }: { siteId: string; fromKey: string }) =>
  tx.redirect.findUnique({ where: { siteId_fromKey: { siteId, fromKey } } })

export const redirectCount = (tx: Transaction, siteId: string) => tx.redirect.count({ where: { siteId } })
