import { statuses } from '../comments/comment.ts'
import type { CommentRow } from '../comments/store.ts'
import type { Client } from '../database/connect.ts'

const SHORT = { id: true, status: true, name: true, body: true, createdAt: true } as const
export type NearRow = Pick<CommentRow, keyof typeof SHORT>

/** The newest other comments by a comment's author on its site. */
export const byAuthor = async (
  client: Client,
  { row: { id, siteId, emailIndex }, take }: { row: Pick<CommentRow, 'id' | 'siteId' | 'emailIndex'>; take: number },
) =>
  emailIndex === null
    ? []
    : client.comment.findMany({
        where: { siteId, emailIndex, id: { not: id }, status: { in: [...statuses] } },
        orderBy: { id: 'desc' },
        take,
        select: { ...SHORT, thread: { select: { url: true, title: true } } },
      })

/** The newest public comments that answer the same one, or none, as a comment does. */
export const siblingsOf = (
  client: Client,
  { row: { id, threadId, parentId }, take }: { row: Pick<CommentRow, 'id' | 'threadId' | 'parentId'>; take: number },
): Promise<NearRow[]> =>
  client.comment.findMany({
    where: { threadId, parentId, status: 'approved', id: { not: id } },
    orderBy: { id: 'desc' },
    take,
    select: SHORT,
  })
