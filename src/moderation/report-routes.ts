import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { actorOf } from '../access/principal.ts'
import type { Reports } from '../comments/reports.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { ModeratedComment } from './present.ts'
import type { Queue } from './queue.ts'

/** What moderators do about reports besides deciding about the comment. */
export function dismissalRoutes({ accounts, queue, reports }: { accounts: Access; queue: Queue; reports: Reports }): Endpoint[] {
  return [
    endpoint({
      method: 'delete',
      path: '/api/v1/moderation/comments/{id}/reports',
      summary: 'Dismiss what readers reported of a comment',
      tag: 'Moderators',
      signedIn: true,
      params: z.object({ id: z.string().max(100) }),
      answers: {
        200: {
          description: 'The comment, without open reports; the same readers cannot report it again',
          schema: z.object({ comment: ModeratedComment }),
        },
      },
      handle: async ({ params, req }) => {
        const principal = await accounts.principal(req)
        const { row, site } = await queue.find(principal, params.id)
        await accounts.allow(req, { action: 'moderate', site })
        await reports.dismiss({ commentId: row.id, actor: actorOf(principal) })
        return { status: 200, json: { comment: (await queue.find(principal, row.id)).comment } }
      },
    }),
  ]
}
