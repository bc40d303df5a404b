import type { Client } from '../../database/connect.ts'
import { withSettings } from '../../sites/settings.ts'
import { withVerdicts } from '../../spam/stored-verdicts.ts'

/** Which of what waits on a site: what began to wait from one id to another, on some articles or all. */
export interface WaitingRange {
  siteId: string
  from: string
  to: string
  threadIds?: string[] | undefined
}

/** Something of it is to be decided still: the comment, or a change of it. Never what is in spam or rejected. */
const waitsIn = ({ siteId, from, to, threadIds }: WaitingRange) => ({
  siteId,
  queue: 'pending',
  ...(threadIds && { threadId: { in: threadIds } }),
  OR: [{ id: { gte: from, lte: to } }, { revisions: { some: { id: { gte: from, lte: to } } } }],
})

/** The first of them, the longest waiting first, with their articles and the changes that wait. */
export async function waitingIn(client: Client, { take, ...range }: WaitingRange & { take: number }) {
  const rows = await client.comment.findMany({
    where: waitsIn(range),
    include: { thread: { select: { url: true, title: true } }, revisions: { where: { state: 'waiting' } } },
    orderBy: { id: 'asc' },
    take,
  })
  return rows.map(({ revisions, ...row }) => ({ ...withVerdicts(row), revisions: revisions.map(withVerdicts) }))
}

export type WaitingComment = Awaited<ReturnType<typeof waitingIn>>[number]

export const countIn = (client: Client, range: WaitingRange) => client.comment.count({ where: waitsIn(range) })

/** The articles of a site on which something waits. */
export const articlesWithWaiting = (client: Client, siteId: string) =>
  client.thread.findMany({ where: { siteId, comments: { some: { siteId, queue: 'pending' } } }, select: { id: true, url: true } })

export async function findSiteToTellOf(client: Client, siteId: string) {
  const site = await client.site.findUnique({ where: { id: siteId } })
  return site && withSettings(site)
}
