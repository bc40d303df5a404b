import type { Client, Transaction } from '../database/connect.ts'

type NewReport = Parameters<Transaction['report']['create']>[0]['data']

/** Whether this reporter, or enough others of their network, pointed at the comment before. */
export async function isReportedBy(
  client: Client | Transaction,
  { commentId, reporter, network, mostOfNetwork }: { commentId: string; reporter: string; network: string; mostOfNetwork: number },
): Promise<boolean> {
  const theirs = await client.report.findUnique({ where: { commentId_reporter: { commentId, reporter } }, select: { id: true } })
  if (theirs) return true
  const ofNetwork = await client.report.findMany({ where: { commentId, network }, take: mostOfNetwork, select: { id: true } })
  return ofNetwork.length === mostOfNetwork
}

/** Stores a report and counts it; the comment's version stays, since nobody sees another text. */
export async function insertReport(tx: Transaction, report: NewReport & { commentId: string }): Promise<void> {
  await tx.report.create({ data: report, select: { id: true } })
  await tx.comment.update({ where: { id: report.commentId }, data: { reports: { increment: 1 } }, select: { id: true } })
}

/** Dismisses the open reports of these comments; gives how many of the comments had some. */
export async function dismissReports(tx: Transaction, commentIds: string[]): Promise<number> {
  const { count } = await tx.comment.updateMany({ where: { id: { in: commentIds }, reports: { gt: 0 } }, data: { reports: 0 } })
  if (count > 0) await tx.report.updateMany({ where: { commentId: { in: commentIds }, dismissed: false }, data: { dismissed: true } })
  return count
}

export const deleteReports = (tx: Transaction, commentId: string) => tx.report.deleteMany({ where: { commentId } })

/** What readers said of a comment in its open reports, newest first. */
export const openReports = (client: Client, { commentId, take }: { commentId: string; take: number }) =>
  client.report.findMany({
    where: { commentId, dismissed: false },
    orderBy: { id: 'desc' },
    take,
    select: { reason: true, createdAt: true },
  })

/** The newest comments of a site that have open reports: a range of the reports' index, whatever the number of comments. */
export async function reportedOfSite(client: Client, { siteId, take }: { siteId: string; take: number }): Promise<string[]> {
  const rows = await client.report.groupBy({
    by: ['commentId'],
    where: { siteId, dismissed: false },
    orderBy: { commentId: 'desc' },
    take,
  })
  return rows.map(({ commentId }) => commentId)
}
