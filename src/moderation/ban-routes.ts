import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { actorOf } from '../access/principal.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { Cursor, Limit } from '../http/paging.ts'
import { SiteParams } from '../sites/routes.ts'
import { Ban, type Bans, NewBan } from './bans.ts'

const BanAnswer = z.object({ ban: Ban })

/** The moderators' API for bans. */
export function banRoutes({ accounts, bans }: { accounts: Access; bans: Bans }): Endpoint[] {
  const shared = { tag: 'Moderators', signedIn: true } as const
  const path = '/api/v1/sites/{site}/bans'

  return [
    endpoint({
      ...shared,
      method: 'post',
      path,
      summary: "Take no more comments from a comment's author, or from its network",
      params: SiteParams,
      body: NewBan,
      answers: { 201: { description: 'The ban; one of the same that was in force is lifted', schema: BanAnswer } },
      handle: async ({ params, body, req }) => {
        const { principal, site } = await accounts.allow(req, { action: 'moderate', siteKey: params.site })
        return { status: 201, json: { ban: await bans.ban({ siteId: site.id, actor: actorOf(principal), wish: body }) } }
      },
    }),
    endpoint({
      ...shared,
      method: 'get',
      path,
      summary: "A site's bans, newest first",
      params: SiteParams,
      query: z.object({
        active: z.stringbool().default(false).meta({ description: 'Only those in force; else also what was lifted or has run out' }),
        cursor: Cursor,
        limit: Limit,
      }),
      answers: {
        200: {
          description: 'Who was banned, by whom, why, until when',
          schema: z.object({ bans: z.array(Ban), nextCursor: z.string().nullable() }),
        },
      },
      handle: async ({ params, query, req }) => {
        const { site } = await accounts.allow(req, { action: 'moderate', siteKey: params.site })
        return { status: 200, json: await bans.list({ siteId: site.id, ...query }) }
      },
    }),
    endpoint({
      ...shared,
      method: 'delete',
      path: `${path}/{id}`,
      summary: 'Lift a ban',
      params: SiteParams.extend({ id: z.string().max(100) }),
      answers: { 200: { description: 'The ban, lifted; it stays in the list', schema: BanAnswer } },
      handle: async ({ params, req }) => {
        const { principal, site } = await accounts.allow(req, { action: 'moderate', siteKey: params.site })
        return { status: 200, json: { ban: await bans.lift({ siteId: site.id, id: params.id, actor: actorOf(principal) }) } }
      },
    }),
  ]
}
