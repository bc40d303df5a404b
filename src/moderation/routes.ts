import { z } from 'zod'
import type { Request } from 'express'
import type { Accounts } from '../accounts/accounts.ts'
import { actorOf } from '../accounts/principal.ts'
import type { Clock } from '../clock.ts'
import { removeById } from '../comments/change.ts'
import { decisions, statuses } from '../comments/comment.ts'
import { answerComment, editComment } from '../comments/edit.ts'
import type { Reports } from '../comments/reports.ts'
import { Body } from '../comments/submission.ts'
import type { Database } from '../database/connect.ts'
import { Problem } from '../errors.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { Cursor, Limit } from '../http/paging.ts'
import { Text } from '../http/validate.ts'
import { SiteKey } from '../sites/routes.ts'
import type { Site, Sites } from '../sites/sites.ts'
import type { Batches } from './batches.ts'
import { decide } from './decide.ts'
import type { Action } from './policy.ts'
import { HistoryEntry, ModeratedComment, ReportedFor } from './present.ts'
import type { Queue } from './queue.ts'

const CommentParams = z.object({ id: z.string().max(100) })
const Reason = Text.trim().max(1000).optional().meta({ description: 'Kept in the history; readers never see it' })
const ListQuery = z.object({
  site: SiteKey.optional(),
  status: z.enum(statuses).optional(),
  q: Text.max(200).optional().meta({ description: 'A part of text or name; letter case and accents do not count' }),
  url: z.string().max(4000).optional().meta({ description: "An article's address" }),
  author: Text.max(245).optional().meta({ description: 'A whole e-mail address, or a part of a name' }),
  reported: z.stringbool().optional().meta({ description: 'Those that readers pointed at' }),
  cursor: Cursor,
  limit: Limit,
})
const CommentAnswer = z.object({ comment: ModeratedComment })
const CommentWithHistory = z.object({
  comment: ModeratedComment.extend({ history: z.array(HistoryEntry), reportedFor: z.array(ReportedFor) }),
})
const Counts = z.object({ pending: z.int(), approved: z.int(), rejected: z.int(), spam: z.int() }).meta({ id: 'Counts' })
const Decision = z.enum(decisions)
const Conflicts = z.array(z.object({ id: z.string(), reason: z.string() }))

interface Deps {
  db: Database
  clock: Clock
  accounts: Accounts
  sites: Sites
  queue: Queue
  reports: Reports
  batches: Batches
}

/** The moderators' API: the queue, decisions one by one and in batches, edits, answers. */
export function moderationRoutes({ db, clock, accounts, sites, queue, reports, batches }: Deps): Endpoint[] {
  const shared = { tag: 'Moderators', signedIn: true } as const

  /** The caller and a comment that they may do this to. */
  const reach = async (req: Request, id: string, action: Action) => {
    const principal = await accounts.principal(req)
    const found = await queue.find(principal, id)
    await accounts.allow(req, { action, site: found.site })
    return { principal, ...found }
  }
  const current = async (req: Request, id: string) => ({
    status: 200,
    json: { comment: (await queue.find(await accounts.principal(req), id)).comment },
  })

  /** A lost race shows what won it. */
  const withCurrent = async <T>(req: Request, id: string, work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'conflict') throw error
      const { comment } = await queue.find(await accounts.principal(req), id)
      throw new Problem({
        code: error.code,
        status: error.status,
        title: error.title,
        detail: error.message,
        extras: { members: { comment } },
      })
    }
  }

  const chosenSites = async (req: Request, key: string | undefined): Promise<Site[]> => {
    if (key === undefined) return accounts.sitesOf(await accounts.principal(req))
    return [(await accounts.allow(req, { action: 'moderate', siteKey: key })).site]
  }

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
      handle: async ({ query, req }) => ({
        status: 200,
        json: await queue.list({ principal: await accounts.principal(req), sites: await chosenSites(req, query.site), query }),
      }),
    }),
    endpoint({
      ...shared,
      method: 'get',
      path: '/api/v1/moderation/counts',
      summary: 'How many wait, and how many were decided',
      query: z.object({ site: SiteKey.optional() }),
      answers: { 200: { description: '`pending` counts what waits: comments and revisions of public ones', schema: Counts } },
      handle: async ({ query, req }) => ({
        status: 200,
        json: await sites.counts((await chosenSites(req, query.site)).map(({ id }) => id)),
      }),
    }),
    endpoint({
      ...shared,
      method: 'get',
      path: '/api/v1/moderation/comments/{id}',
      summary: 'A comment with its history and what readers reported',
      params: CommentParams,
      answers: { 200: { description: 'The comment', schema: CommentWithHistory } },
      handle: async ({ params, req }) => {
        const { comment, row } = await reach(req, params.id, 'moderate')
        const [history, reportedFor] = await Promise.all([queue.history(row), reports.reportedFor(row.id)])
        return { status: 200, json: { comment: { ...comment, history, reportedFor } } }
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/api/v1/moderation/comments/{id}/decisions',
      summary: 'Decide about a comment, or about its revision where one waits',
      params: CommentParams,
      body: z.object({ decision: Decision, reason: Reason, version: z.int().optional().meta({ description: 'The version you saw' }) }),
      answers: {
        200: { description: 'The comment as it is now', schema: CommentAnswer },
        409: { description: 'The version is stale; `comment` is the current one' },
      },
      handle: async ({ params, body, req }) => {
        const { principal, row } = await reach(req, params.id, 'moderate')
        await withCurrent(
          req,
          row.id,
          db.write((tx) => decide(tx, { db, clock, request: { id: row.id, ...body, found: row.version, actor: actorOf(principal) } })),
        )
        return current(req, row.id)
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/api/v1/moderation/decisions',
      summary: 'Decide about many comments at once',
      body: z.object({
        ids: z.array(Text.max(100)).min(1, 'must name a comment').max(500, 'must be at most 500'),
        decision: Decision,
        reason: Reason,
      }),
      answers: {
        200: {
          description: 'How many changed, and which stayed as they were',
          schema: z.object({ decided: z.int(), batch: z.string(), conflicts: Conflicts }),
        },
      },
      handle: async ({ body, req }) => ({
        status: 200,
        json: await batches.decideAll({ principal: await accounts.principal(req), ...body }),
      }),
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/api/v1/moderation/batches/{batch}/undo',
      summary: 'Put every comment of a batch back where it was',
      params: z.object({ batch: z.string().max(100) }),
      answers: { 200: { description: 'How many went back', schema: z.object({ undone: z.int(), conflicts: Conflicts }) } },
      handle: async ({ params, req }) => ({
        status: 200,
        json: await batches.undo({ principal: await accounts.principal(req), batchId: params.batch }),
      }),
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
        await withCurrent(req, row.id, editComment({ db, clock, id: row.id, ...body, actor: actorOf(principal) }))
        return current(req, row.id)
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
        await removeById({ db, id: row.id, act: { actor: actorOf(principal), action: 'delete', at: clock() } })
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
          clock,
          parentId: row.id,
          body: body.body,
          author: { id, name: principal.kind === 'key' ? site.name : name }, // a program speaks for the site
        })
        return { status: 201, json: (await current(req, reply.id)).json }
      },
    }),
  ]
}
