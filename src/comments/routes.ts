import type { Request } from 'express'
import { z } from 'zod'
import { MalformedRequest } from '../errors.ts'
import { bearerOf, ipOf, localeOf } from '../http/client.ts'
import { corsHeaders, preflightHeaders } from '../http/cors.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { encodedFor, isFresh } from '../http/kept-bytes.ts'
import type { Limits } from '../http/limits.ts'
import { Cursor, Limit } from '../http/paging.ts'
import { ArticleAddress, SiteKey, SiteParams } from '../sites/routes.ts'
import type { Site, Sites } from '../sites/sites.ts'
import type { Amend } from './amend.ts'
import { avatarSvg } from './avatar.ts'
import { ForeignOrigin } from './errors.ts'
import { presentComment, PublicComment } from './present.ts'
import { readerAccess } from './reader-access.ts'
import { type CommentRow } from './store.ts'
import { findThreads } from './thread-store.ts'
import { Body, Submission } from './submission.ts'
import type { Submit } from './submit.ts'
import { SubmissionAnswer } from './submission-answer.ts'
import { PublicThread } from './thread.ts'
import type { ThreadCache } from './thread-cache.ts'
import type { Database } from '../database/connect.ts'

const Order = z.enum(['oldest', 'newest']).default('oldest')
export const ThreadQuery = z.object({
  url: ArticleAddress,
  limit: Limit,
  cursor: Cursor,
  order: Order,
  at: z.uuid().optional().meta({ description: 'Begins the page with the branch that this comment is in, if it is public' }),
})
const CommentParams = SiteParams.extend({ id: z.uuid() })
export const OwnComment = z.object({
  comment: PublicComment.extend({ status: z.enum(['pending', 'approved']) }),
  waiting: z.boolean().meta({ description: 'Whether the new text waits for a moderator' }),
})
const urls = (value: unknown) => (typeof value === 'string' ? [value] : value)

interface Deps {
  db: Database
  sites: Sites
  submit: Submit
  amend: Amend
  threads: ThreadCache
  limits: Limits
  ownOrigins: string[]
}

/** The readers' API: leave, change and withdraw a reply; read threads and counts. */
export function commentRoutes({ db, sites, submit, amend, threads, limits, ownOrigins }: Deps): Endpoint[] {
  const { readable, writable } = readerAccess({ sites, ownOrigins })
  const own = (row: CommentRow, site: Site) => ({
    comment: { ...presentComment(row, site), status: row.status === 'approved' ? 'approved' : 'pending' },
    waiting: row.status !== 'approved' || row.queue !== null,
  })

  return [
    endpoint({
      method: 'post',
      path: '/api/v1/sites/{site}/comments',
      summary: 'Leave a reply',
      tag: 'Readers',
      params: SiteParams,
      body: Submission,
      validatesBody: true,
      accepts: ['json', 'form'],
      answers: { 201: { description: 'It is stored', schema: SubmissionAnswer } },
      before: writable,
      handle: async ({ params, body, req, res }) => {
        const site = await sites.byKey(params.site)
        if (body === null || typeof body !== 'object' || Array.isArray(body)) throw MalformedRequest('Send an object.')
        const answer = await submit({
          site,
          form: { ...(body as Record<string, unknown>) },
          idempotencyKey: req.get('Idempotency-Key'),
          ip: ipOf(req),
          browser: null,
          locale: localeOf(req),
          count: () => limits.submission({ req, res, site }),
        })
        return { status: 201, json: answer, headers: { 'Cache-Control': 'no-store' } }
      },
    }),
    endpoint({
      method: 'patch',
      path: '/api/v1/sites/{site}/comments/{id}',
      summary: "Change one's own comment, within 15 minutes; that of a public one waits as a revision",
      tag: 'Readers',
      params: CommentParams,
      body: z.object({ body: Body }),
      answers: { 200: { description: 'The comment as it is public now, or as it waits', schema: OwnComment } },
      before: writable,
      handle: async ({ params, body, req, res }) => {
        const site = await sites.byKey(params.site)
        await limits.amendment({ req, res, site })
        return {
          status: 200,
          json: own(await amend.edit({ site, id: params.id, token: bearerOf(req), body: body.body }), site),
          headers: { 'Cache-Control': 'no-store' },
        }
      },
    }),
    endpoint({
      method: 'delete',
      path: '/api/v1/sites/{site}/comments/{id}',
      summary: "Withdraw one's own comment, within 15 minutes",
      tag: 'Readers',
      params: CommentParams,
      answers: { 204: { description: 'It is gone' } },
      before: writable,
      handle: async ({ params, req, res }) => {
        const site = await sites.byKey(params.site)
        await limits.amendment({ req, res, site })
        await amend.withdraw({ site, id: params.id, token: bearerOf(req) })
        return { status: 204 }
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/v1/sites/{site}/thread',
      summary: "An article's comments",
      tag: 'Readers',
      params: SiteParams,
      query: ThreadQuery,
      answers: {
        200: { description: 'Approved comments in display order', schema: PublicThread },
        304: { description: 'Nothing has changed' },
      },
      before: readable,
      handle: async ({ params, query, req, res }) => {
        const site = await sites.byKey(params.site)
        const kept = await threads.read(site, { ...query, ...sites.article(site, query.url) })
        const { etag, body, headers } = encodedFor(kept, req.headers['accept-encoding'])
        const always = { ETag: etag, 'Cache-Control': 'no-cache' }
        res.vary('Accept-Encoding')
        if (isFresh(req.headers['if-none-match'], etag)) return { status: 304, headers: always }
        return { status: 200, bytes: body, headers: { ...always, ...headers, 'Content-Type': 'application/json; charset=utf-8' } }
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/v1/sites/{site}/counts',
      summary: 'How many comments articles have',
      tag: 'Readers',
      params: SiteParams,
      query: z.object({ url: z.preprocess(urls, z.array(ArticleAddress, 'is required').max(100, 'must be at most 100 addresses')) }),
      answers: {
        200: { description: 'By the addresses as they were asked for', schema: z.object({ counts: z.record(z.string(), z.int()) }) },
      },
      before: readable,
      handle: async ({ params, query }) => {
        const site = await sites.byKey(params.site)
        const asked = query.url.map((url) => ({ url, key: sites.article(site, url).key }))
        const found = await findThreads(db.read, { siteId: site.id, keys: asked.map(({ key }) => key) })
        const json = { counts: Object.fromEntries(asked.map(({ url, key }) => [url, found.get(key)?.approvedCount ?? 0])) }
        return { status: 200, json, headers: { 'Cache-Control': 'no-cache' } }
      },
    }),
    endpoint({
      method: 'get',
      path: '/avatars/{hue}/{initials}.svg',
      summary: "An author's picture",
      tag: 'Readers',
      params: z.object({ hue: z.coerce.number().int().min(0).max(23), initials: z.string().max(20) }),
      answers: { 200: { description: 'Initials on a colour', type: 'image/svg+xml' } },
      handle: ({ params }) => ({
        status: 200,
        text: avatarSvg(params),
        headers: {
          'Content-Type': 'image/svg+xml; charset=utf-8',
          'Cache-Control': 'public, max-age=31536000, immutable',
          'Access-Control-Allow-Origin': '*',
        },
      }),
    }),
  ]
}

/** The answers to browsers that ask before they send from another origin. */
export const preflight =
  ({ sites }: { sites: Sites }) =>
  async (key: string, req: Request): Promise<Record<string, string>> => {
    const site = await sites.byKey(SiteKey.safeParse(key).data ?? '')
    const headers = corsHeaders({ origin: req.headers.origin, allowedOrigins: site.allowedOrigins })
    if (!headers['Access-Control-Allow-Origin']) throw ForeignOrigin('This site does not take comments from there.')
    return { ...headers, ...preflightHeaders('GET, POST, PATCH, DELETE') }
  }
