import { z } from 'zod'
import type { Access } from '../access/access.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { Cursor, Limit } from '../http/paging.ts'
import { validate } from '../http/validate.ts'
import { SiteParams } from '../sites/routes.ts'
import { Hook, HookCall, HookChange, NewHook } from './hook.ts'
import type { Webhooks } from './webhooks.ts'

const HookParams = SiteParams.extend({ id: z.string().max(100) })
const CallParams = HookParams.extend({ call: z.string().max(100) })
const One = z.object({ webhook: Hook })
const Secret = z.string().meta({ description: '`whsec_...`, shown this once' })
const NONE = { 404: { description: 'The site has no such webhook' } }
const HOOKS = '/api/v1/sites/{site}/webhooks'
const HOOK = `${HOOKS}/{id}`

/** Webhooks: who outside is told what happens to a site's comments, and what became of it. */
export function webhookRoutes({ accounts, webhooks }: { accounts: Access; webhooks: Webhooks }): Endpoint[] {
  const shared = { tag: 'Owners', signedIn: true } as const
  const siteOf = async (req: Parameters<Access['allow']>[0], siteKey: string) =>
    (await accounts.allow(req, { action: 'manage-webhooks', siteKey })).site.id
  const secretHeaders = { 'Cache-Control': 'no-store' }

  return [
    endpoint({
      ...shared,
      method: 'get',
      path: HOOKS,
      summary: 'The webhooks of a site',
      params: SiteParams,
      answers: { 200: { description: 'All of them, the oldest first', schema: z.object({ webhooks: z.array(Hook) }) } },
      handle: async ({ params, req }) => ({ status: 200, json: { webhooks: await webhooks.list(await siteOf(req, params.site)) } }),
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: HOOKS,
      summary: 'Make a webhook',
      params: SiteParams,
      body: NewHook,
      answers: {
        201: { description: 'Calls are signed as Standard Webhooks says', schema: One.extend({ secret: Secret }) },
        409: { description: 'The site has twenty already' },
      },
      handle: async ({ params, body, req }) => ({
        status: 201,
        json: await webhooks.create({ siteId: await siteOf(req, params.site), wish: body }),
        headers: secretHeaders,
      }),
    }),
    endpoint({
      ...shared,
      method: 'patch',
      path: HOOK,
      summary: 'Change a webhook, or switch it off and on',
      params: HookParams,
      body: HookChange,
      validatesBody: true, // whose webhook it is comes first
      answers: { 200: { description: 'As it is now', schema: One }, ...NONE },
      handle: async ({ params, body, req }) => {
        const siteId = await siteOf(req, params.site)
        return { status: 200, json: { webhook: await webhooks.change({ siteId, id: params.id, change: validate(HookChange, body) }) } }
      },
    }),
    endpoint({
      ...shared,
      method: 'delete',
      path: HOOK,
      summary: 'Remove a webhook and its calls',
      params: HookParams,
      answers: { 204: { description: 'It is called no more' }, ...NONE },
      handle: async ({ params, req }) => {
        await webhooks.remove({ siteId: await siteOf(req, params.site), id: params.id })
        return { status: 204 }
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: `${HOOK}/secret`,
      summary: 'Make a new secret; the one before signs too for a day',
      params: HookParams,
      answers: {
        200: { description: 'The new secret', schema: z.object({ secret: Secret, previousUntil: z.iso.datetime() }) },
        ...NONE,
      },
      handle: async ({ params, req }) => ({
        status: 200,
        json: await webhooks.rotate({ siteId: await siteOf(req, params.site), id: params.id }),
        headers: secretHeaders,
      }),
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: `${HOOK}/test`,
      summary: 'Call a webhook to try it',
      params: HookParams,
      answers: {
        202: { description: 'It is queued', schema: z.object({ call: HookCall }) },
        ...NONE,
        409: { description: 'The webhook is switched off' },
      },
      handle: async ({ params, req }) => ({
        status: 202,
        json: { call: await webhooks.test({ siteId: await siteOf(req, params.site), id: params.id }) },
      }),
    }),
    endpoint({
      ...shared,
      method: 'get',
      path: `${HOOK}/calls`,
      summary: 'The calls of a webhook, kept thirty days',
      params: HookParams,
      query: z.object({ limit: Limit, cursor: Cursor }),
      answers: {
        200: { description: 'The newest first', schema: z.object({ calls: z.array(HookCall), nextCursor: z.string().nullable() }) },
        ...NONE,
      },
      handle: async ({ params, query, req }) => ({
        status: 200,
        json: await webhooks.calls({ siteId: await siteOf(req, params.site), id: params.id, limit: query.limit, cursor: query.cursor }),
      }),
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: `${HOOK}/calls/{call}/resend`,
      summary: 'Make a call again, under the same id',
      params: CallParams,
      answers: {
        202: { description: 'It is queued', schema: z.object({ call: HookCall }) },
        404: { description: 'There is no such call' },
        409: { description: 'It is still under way' },
      },
      handle: async ({ params, req }) => ({
        status: 202,
        json: { call: await webhooks.resend({ siteId: await siteOf(req, params.site), id: params.id, callId: params.call }) },
      }),
    }),
  ]
}
