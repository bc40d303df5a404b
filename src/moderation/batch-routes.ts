import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { decisions } from '../comments/comment.ts'
import { defineError } from '../errors.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { Text } from '../http/validate.ts'
import { moderatorAccess } from './access.ts'
import type { Batches } from './batches.ts'
import type { Queue } from './queue.ts'
import { QueueFilter } from './queue-query.ts'

/** As many comments are decided at once at most, when it is said which ones by a filter. */
const MOST = 10_000

export const MoreMatch = defineError('more-match', 409, 'More comments match than you expect')

export const Reason = Text.trim().max(1000).optional().meta({ description: 'Kept in the history; readers never see it' })
const Conflicts = z.array(z.object({ id: z.string(), reason: z.string() }))
const Undone = z.object({ undone: z.int(), conflicts: Conflicts })

const Decisions = z
  .object({
    ids: z.array(Text.max(100)).min(1, 'must name a comment').max(500, 'must be at most 500').optional(),
    filter: QueueFilter.optional().meta({ description: "The list's query: all that match now are decided about" }),
    expected: z.int().min(1).max(MOST).optional().meta({ description: 'With `filter`: how many match as far as you know' }),
    decision: z.enum(decisions),
    reason: Reason,
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), { error: 'or a filter, one of them', path: ['ids'] })
  .refine(({ filter, expected }) => (filter === undefined) === (expected === undefined), {
    error: 'belongs to a filter, and a filter needs it',
    path: ['expected'],
  })

/** The moderators' API for many comments at once: decide about them, and put them back. */
export function batchRoutes({ accounts, queue, batches }: { accounts: Access; queue: Queue; batches: Batches }): Endpoint[] {
  const shared = { tag: 'Moderators', signedIn: true } as const
  const { chosenSites } = moderatorAccess({ accounts, queue })

  return [
    endpoint({
      ...shared,
      method: 'post',
      path: '/api/v1/moderation/decisions',
      summary: 'Decide about many comments at once: these, or all that match a filter',
      body: Decisions,
      answers: {
        200: {
          description: 'How many changed, and which stayed as they were',
          schema: z.object({ decided: z.int(), batch: z.string(), conflicts: Conflicts }),
        },
        409: {
          description: `More match the filter now than \`expected\`: \`matches\` says how many, ${MOST + 1} standing for more than ${MOST}`,
        },
      },
      handle: async ({ body: { ids, filter, expected = 0, decision, reason }, req }) => {
        if (!filter) {
          const principal = await accounts.principal(req)
          return { status: 200, json: await batches.decideAll({ principal, ids: ids ?? [], decision, reason }) }
        }
        const { principal, sites } = await chosenSites(req, filter.site)
        const versions = await queue.matching({ principal, sites, filter, most: MOST + 1 })
        if (versions.size > expected) throw MoreMatch('Nothing was decided. Look again.', { members: { matches: versions.size } })
        return { status: 200, json: await batches.decideAll({ principal, ids: [...versions.keys()], decision, reason, versions }) }
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/api/v1/moderation/batches/{batch}/undo',
      summary: 'Put every comment of a batch back where it was',
      params: z.object({ batch: z.string().max(100) }),
      answers: { 200: { description: 'How many went back', schema: Undone } },
      handle: async ({ params, req }) => ({
        status: 200,
        json: await batches.undo({ principal: await accounts.principal(req), batchId: params.batch }),
      }),
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/api/v1/moderation/undo',
      summary: 'Put back everything that you decided in the last minutes',
      body: z.object({ minutes: z.int().min(1).max(60) }),
      answers: { 200: { description: 'How many went back; what was changed since is named and stays', schema: Undone } },
      handle: async ({ body, req }) => ({
        status: 200,
        json: await batches.undoRecent({ principal: await accounts.principal(req), minutes: body.minutes }),
      }),
    }),
  ]
}
