import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { actorOf } from '../access/principal.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { Cursor, Limit } from '../http/paging.ts'
import { SiteParams } from '../sites/routes.ts'
import { type Refusal, refusals, repairKinds } from './redirect-address.ts'
import { Pairs, pairsOf } from './pairs.ts'
import type { Repairs } from './repairs.ts'
import { splitReasons } from './splits.ts'

const Thread = z.object({
  id: z.uuid(),
  url: z.string(),
  title: z.string().nullable(),
  count: z.int().meta({ description: 'Public comments' }),
  createdAt: z.iso.datetime(),
})
export const SplitAnswer = z
  .object({
    reasons: z.array(z.enum(splitReasons)).meta({ description: 'What is alike of them' }),
    into: z.uuid().meta({ description: 'The thread with the most comments' }),
    threads: z.array(Thread),
  })
  .meta({ id: 'Split' })
const Kind = z
  .enum(repairKinds)
  .meta({ description: 'Nothing stood at the old address; its thread moved to the new one; its comments joined the thread there' })
export const Led = z.object({ kind: Kind, from: z.string(), to: z.string(), comments: z.int() }).meta({ id: 'Led' })
const Code = z.enum(Object.keys(refusals) as [Refusal, ...Refusal[]])
export const LeadAnswer = z.object({
  batch: z.uuid().nullable().meta({ description: 'To undo all of it; null for a dry run, and when nothing was done' }),
  led: z.array(Led),
  refused: z.array(z.object({ line: z.int(), from: z.string(), to: z.string(), code: Code, reason: z.string() })),
})
export const Repair = z
  .object({
    id: z.uuid(),
    batch: z.uuid(),
    kind: Kind,
    from: z.string(),
    to: z.string(),
    comments: z.int(),
    by: z.string(),
    at: z.iso.datetime(),
    undone: z.object({ at: z.iso.datetime(), by: z.string() }).nullable(),
  })
  .meta({ id: 'Repair' })

/** Threads of one article that became several: found, brought together, taken apart again. */
export function repairRoutes({ accounts, repairs }: { accounts: Access; repairs: Repairs }): Endpoint[] {
  const shared = { tag: 'Owners', signedIn: true } as const
  const allow = (req: Parameters<Access['allow']>[0], siteKey: string) => accounts.allow(req, { action: 'repair-threads', siteKey })

  return [
    endpoint({
      ...shared,
      method: 'get',
      path: '/api/v1/sites/{site}/splits',
      summary: 'Threads that seem to be one article’s',
      params: SiteParams,
      answers: { 200: { description: 'Those with the most comments first', schema: z.object({ splits: z.array(SplitAnswer) }) } },
      handle: async ({ params, req }) => {
        const { site } = await allow(req, params.site)
        const splits = await repairs.splits(site.id)
        const json = splits.map((split) => ({
          ...split,
          threads: split.threads.map((thread) => ({ ...thread, createdAt: thread.createdAt.toISOString() })),
        }))
        return { status: 200, json: { splits: json } }
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/api/v1/sites/{site}/redirects',
      summary: 'Lead old addresses to new ones, and their threads with them',
      params: SiteParams,
      query: z.object({ dryRun: z.stringbool().default(false).meta({ description: 'Tells what would be done, and does nothing' }) }),
      accepts: ['json', 'csv'],
      body: Pairs,
      validatesBody: true,
      answers: { 200: { description: 'What was done, and what could not be', schema: LeadAnswer } },
      handle: async ({ params, query, body, req }) => {
        const { site, principal } = await allow(req, params.site)
        const pairs = pairsOf(body)
        return { status: 200, json: await repairs.lead({ site, pairs, actor: actorOf(principal), dryRun: query.dryRun }) }
      },
    }),
    endpoint({
      ...shared,
      method: 'get',
      path: '/api/v1/sites/{site}/repairs',
      summary: 'What was done about addresses',
      params: SiteParams,
      query: z.object({ limit: Limit, cursor: Cursor }),
      answers: {
        200: { description: 'The newest first', schema: z.object({ repairs: z.array(Repair), nextCursor: z.string().nullable() }) },
      },
      handle: async ({ params, query, req }) => {
        const { site } = await allow(req, params.site)
        return { status: 200, json: await repairs.list({ siteId: site.id, limit: query.limit, cursor: query.cursor }) }
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: '/api/v1/sites/{site}/repairs/{batch}/undo',
      summary: 'Put everything of a batch back as it was',
      params: SiteParams.extend({ batch: z.string().max(100) }),
      answers: {
        200: { description: 'How many addresses', schema: z.object({ undone: z.int() }) },
        404: { description: 'The site has no such batch' },
        409: { description: 'It was undone already, or something that was done later stands in the way' },
      },
      handle: async ({ params, req }) => {
        const { site, principal } = await allow(req, params.site)
        return { status: 200, json: await repairs.undo({ site, batchId: params.batch, actor: actorOf(principal) }) }
      },
    }),
  ]
}
