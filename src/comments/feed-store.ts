import type { Client } from '../database/connect.ts'

const SHOWN = {
  id: true,
  parentId: true,
  name: true,
  website: true,
  html: true,
  createdAt: true,
  editedAt: true,
  thread: { select: { url: true, title: true } },
} as const

export type FeedRow = Awaited<ReturnType<typeof newestApproved>>[number]

/** The newest approved comments of a site or of one of its threads: the end of an index range, whatever its length. */
export const newestApproved = (client: Client, { of, take }: { of: { siteId: string } | { threadId: string }; take: number }) =>
  client.comment.findMany({ where: { ...of, status: 'approved' }, orderBy: { id: 'desc' }, take, select: SHOWN })
