import { z } from 'zod'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import type { Access } from '../access/access.ts'
import { Me, type Mine } from './me.ts'
import type { Sessions } from './sessions.ts'

const Time = z.iso.datetime()
export const Session = z
  .object({
    id: z.string(),
    createdAt: Time,
    lastUsedAt: Time.meta({ description: 'Right to the hour' }),
    expiresAt: Time,
    current: z.boolean().meta({ description: 'The one that asks' }),
  })
  .meta({ id: 'Session' })

/** What callers may know of themselves, and where they are signed in. */
export function meRoutes({ accounts, me, sessions }: { accounts: Access; me: Mine; sessions: Sessions }): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/v1/me',
      summary: 'Who asks, and their roles',
      tag: 'Moderators',
      signedIn: true,
      answers: { 200: { description: 'A person or a key', schema: Me } },
      handle: async ({ req }) => ({ status: 200, json: await me(await accounts.principal(req)) }),
    }),
    endpoint({
      method: 'get',
      path: '/api/v1/me/sessions',
      summary: 'Where one is signed in; no address and no browser is kept',
      tag: 'Moderators',
      signedIn: true,
      answers: { 200: { description: 'The newest first', schema: z.object({ sessions: z.array(Session) }) } },
      handle: async ({ req }) => ({ status: 200, json: { sessions: await sessions.list(await accounts.signedIn(req)) } }),
    }),
    endpoint({
      method: 'delete',
      path: '/api/v1/me/sessions',
      summary: 'End all sessions but this one',
      tag: 'Moderators',
      signedIn: true,
      answers: { 204: { description: 'They are ended' } },
      handle: async ({ req }) => {
        await sessions.endOthers(await accounts.signedIn(req))
        return { status: 204 }
      },
    }),
    endpoint({
      method: 'delete',
      path: '/api/v1/me/sessions/{id}',
      summary: 'End one session',
      tag: 'Moderators',
      signedIn: true,
      params: z.object({ id: z.string().max(100) }),
      answers: { 204: { description: 'It is ended' }, 404: { description: 'It is none of yours' } },
      handle: async ({ params, req }) => {
        const { userId } = await accounts.signedIn(req)
        await sessions.end({ userId, id: params.id })
        return { status: 204 }
      },
    }),
  ]
}
