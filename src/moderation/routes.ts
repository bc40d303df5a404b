import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { actorOf } from '../access/principal.ts'
import type { Clock } from '../clock.ts'
import { removeById } from '../comments/change.ts'
import { decisions } from '../comments/comment.ts'
import { answerComment, editComment } from '../comments/edit.ts'
import { Body } from '../comments/submission.ts'
import type { Database } from '../database/connect.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { Cursor, Limit } from '../http/paging.ts'
import type { Outbox } from '../comments/outbox.ts'
import { type CommentDetails, CommentPage } from './comment-details.ts'
import { moderatorAccess } from './access.ts'
import { Reason } from './batch-routes.ts'
import type { Batches } from './batches.ts'
import { Counts } from './counts.ts'
import { decide } from './decide.ts'
import { may } from '../access/policy.ts'
import { ModeratedComment } from './present.ts'
import type { Queue } from './queue.ts'
import { QueueFilter, SiteKeys } from './queue-query.ts'

const CommentParams = z.object({ id: z.string().max(100) })
const ListQuery = QueueFilter.extend({ cursor: Cursor, limit: Limit })
const CommentAnswer = z.object({ comment: ModeratedComment })

interface Deps {
  db: Database
  clock: Clock
  accounts: Access
  queue: Queue
  commentDetails: CommentDetails
  batches: Batches
  outbox: Outbox
}

/** The moderators' API: the queue, and what is done to one comment: decisions, edits, answers. */
export function moderationRoutes({ db, clock, accounts, queue, commentDetails, batches, outbox }: Deps): Endpoint[] {
  const shared = { tag: 'Moderators', signedIn: true } as const

  const { reach, current, withCurrent, chosenSites } = moderatorAccess({ accounts, queue })
  const answer = async (req: Parameters<typeof current>[0], id: string) => ({ status: 200, json: { comment: await current(req, id) } })

  return [
    endpoint({
      ...shared,
      method: 'get',
      path: '/api/v1/moderation/comments',
      summary: 'The queue, and everything else by status',
      query: ListQuery,
      answers: {
        200: {
          description: 'Pending: oldest first; all others newest first',
          schema: z.object({ comments: z.array(ModeratedComment), nextCursor: z.string().nullable() }),
        },
      },
      handle: async ({ query: { cursor, limit, ...filter }, req }) => ({
        status: 200,
        json: await queue.list({ ...(await chosenSites(req, filter.site)), filter, cursor, limit }),
      }),
    }),
    endpoint({
      ...shared,
      method: 'get',
      path: '/api/v1/moderation/counts',
      summary: 'How many wait, and how many were decided',
      query: z.object({ site: SiteKeys }),
      answers: { 200: { description: '`pending` counts what waits: comments and revisions of public ones', schema: Counts } },
      handle: async ({ query, req }) => ({
        status: 200,
        json: await queue.counts((await chosenSites(req, query.site)).sites.map(({ id }) => id)),
      }),
    }),
    endpoint({
      ...shared,
      method: 'get',
      path: '/api/v1/moderation/comments/{id}',
      summary: 'A comment with its history and all that helps to decide about it',
      params: CommentParams,
      answers: { 200: { description: 'The comment', schema: z.object({ comment: CommentPage }) } },
      handle: async ({ params, req }) => {
        const { comment, row, site, principal } = await reach(req, params.id, 'moderate')
        const around = await commentDetails({ row, seesEmails: may(principal.grants, 'see-emails', site.id) })
        return { status: 200, json: { comment: { ...comment, ...around } } }
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/api/v1/moderation/comments/{id}/decisions',
      summary: 'Decide about a comment, or about its revision where one waits',
      params: CommentParams,
      body: z.object({
        decision: z.enum(decisions),
        reason: Reason,
        version: z.int().optional().meta({ description: 'The version you saw' }),
      }),
      answers: {
        200: { description: 'The comment as it is now', schema: CommentAnswer },
        409: { description: 'The version is stale; `comment` is the current one' },
      },
      handle: async ({ params, body, req }) => {
        const { principal, row } = await reach(req, params.id, 'moderate')
        await withCurrent(
          req,
          row.id,
          db.write((tx) =>
            decide(tx, { db, outbox, clock, request: { id: row.id, ...body, found: row.version, actor: actorOf(principal) } }),
          ),
        )
        return answer(req, row.id)
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/api/v1/moderation/comments/{id}/undo',
      summary: 'Put back your own decision about a comment',
      params: CommentParams,
      answers: {
        200: { description: 'The comment as it is now', schema: CommentAnswer },
        409: { description: 'The last thing that happened to it is no decision of yours; `comment` is the current one' },
      },
      handle: async ({ params, req }) => {
        const { principal, row } = await reach(req, params.id, 'moderate')
        await withCurrent(req, row.id, batches.undoOwn({ principal, comment: row }))
        return answer(req, row.id)
      },
    }),
    endpoint({
      ...shared,
      method: 'patch',
      path: '/api/v1/moderation/comments/{id}',
      summary: "Change a comment's text",
      params: CommentParams,
      body: z.object({ body: Body, version: z.int('must be the version you saw') }),
      answers: {
        200: { description: 'The comment as it is now', schema: CommentAnswer },
        409: { description: 'The version is stale; `comment` is the current one' },
      },
      handle: async ({ params, body, req }) => {
        const { principal, row } = await reach(req, params.id, 'moderate')
        await withCurrent(req, row.id, editComment({ db, outbox, clock, id: row.id, ...body, actor: actorOf(principal) }))
        return answer(req, row.id)
      },
    }),
    endpoint({
      ...shared,
      method: 'delete',
      path: '/api/v1/moderation/comments/{id}',
      summary: 'Remove a comment for good',
      params: CommentParams,
      answers: { 204: { description: 'It is gone; replies keep their place' } },
      handle: async ({ params, req }) => {
        const { principal, row } = await reach(req, params.id, 'delete')
        await removeById({ db, outbox, id: row.id, act: { actor: actorOf(principal), action: 'delete', at: clock() } })
        return { status: 204 }
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/api/v1/moderation/comments/{id}/replies',
      summary: 'Answer a public comment as a moderator',
      params: CommentParams,
      body: z.object({ body: Body }),
      answers: { 201: { description: 'The answer, public at once', schema: CommentAnswer } },
      handle: async ({ params, body, req }) => {
        const { principal, row, site } = await reach(req, params.id, 'moderate')
        const { id, name } = actorOf(principal)
        const reply = await answerComment({
          db,
          outbox,
          clock,
          parentId: row.id,
          body: body.body,
          author: { id, name: principal.kind === 'key' ? site.name : name }, // a program speaks for the site
        })
        return { status: 201, json: { comment: await current(req, reply.id) } }
      },
    }),
  ]
}
