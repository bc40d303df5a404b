import type { Database, Transaction } from '../database/connect.ts'
import { SUPPRESSED } from './suppressed.ts'

const DAY_MS = 86_400_000

/** Mails that one address may get from this server within a day, whatever sites and people they are about. */
export const MOST_A_DAY = 40

/**
 * Counts a mail to a reader just before it is sent: an address gets at most one question to confirm it and `MOST_A_DAY` mails in a day,
 * over all sites. A mail that is tried again was counted at its first try. Both counts are conditional updates, so that workers who
 * write to one address at once cannot both take the last place.
 *
 * @returns why it may not be sent; or which mail of the day it is
 */
export function countMail(
  db: Database,
  { deliveryId, emailIndex, asks, now }: { deliveryId: string; emailIndex: string; asks: boolean; now: Date },
): Promise<{ refused: string } | { nth: number }> {
  const dayAgo = new Date(now.getTime() - DAY_MS)
  return db.write(async (tx) => {
    await tx.mailAllowance.upsert({
      where: { emailIndex },
      create: { emailIndex, dayFrom: now, sent: 0 },
      update: { emailIndex }, // with nothing to update Prisma would look first and insert then, and the second of two would fail
    })
    await tx.mailAllowance.updateMany({ where: { emailIndex, dayFrom: { lte: dayAgo } }, data: { dayFrom: now, sent: 0 } })
    if (await isCounted(tx, deliveryId)) return { nth: 1 }
    const mayAsk = { OR: [{ askedAt: null }, { askedAt: { lte: dayAgo } }] }
    const { count } = await tx.mailAllowance.updateMany({
      where: { emailIndex, sent: { lt: MOST_A_DAY }, ...(asks && mayAsk) },
      data: { sent: { increment: 1 }, ...(asks && { askedAt: now }) },
    })
    const { sent } = await tx.mailAllowance.findUniqueOrThrow({ where: { emailIndex } })
    if (count === 0) return { refused: sent >= MOST_A_DAY ? SUPPRESSED.tooMany : SUPPRESSED.askedToday }
    await tx.delivery.update({ where: { id: deliveryId }, data: { countedAt: now }, select: { id: true } })
    return { nth: sent }
  })
}

const isCounted = async (tx: Transaction, id: string) =>
  (await tx.delivery.findUnique({ where: { id }, select: { countedAt: true } }))?.countedAt != null

/** Forgets what was counted more than a day ago. */
export const forgetAllowances = (db: Database, now: Date) => {
  const dayAgo = new Date(now.getTime() - DAY_MS)
  return db.write((tx) =>
    tx.mailAllowance.deleteMany({ where: { dayFrom: { lt: dayAgo }, OR: [{ askedAt: null }, { askedAt: { lt: dayAgo } }] } }),
  )
}
