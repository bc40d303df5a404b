import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/connect.ts'
import { endpoint, type Endpoint } from '../http/endpoint.ts'
import { Cursor, Limit } from '../http/paging.ts'
import { SiteParams } from '../sites/routes.ts'
import type { Access } from '../access/access.ts'
import { issueKey, listKeys, revokeKey } from './api-keys.ts'
import { Role } from './me.ts'
import { Name } from './people.ts'

const LONGEST_DAYS = 3650
const DAY_MS = 86_400_000

const NewKey = z.object({
  name: Name,
  role: Role,
  expiresInDays: z.int().min(1).max(LONGEST_DAYS).optional().meta({ description: 'Never, when absent' }),
})
export const Key = z
  .object({
    id: z.string(),
    name: z.string(),
    role: Role,
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    expired: z.boolean(),
  })
  .meta({ id: 'Key' })

interface Row {
  id: string
  name: string
  role: string
  createdAt: Date
  expiresAt: Date | null
}

const present = ({ id, name, role, createdAt, expiresAt }: Row, now: Date) => ({
  id,
  name,
  role,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt && expiresAt.toISOString(),
  expired: expiresAt !== null && expiresAt <= now,
})

/** Keys for programs that work on one site. Keys for all sites are made at the server's shell, and are no site's. */
export function keyRoutes({ accounts, db, clock }: { accounts: Access; db: Database; clock: Clock }): Endpoint[] {
  const shared = { path: '/api/v1/sites/{site}/keys', tag: 'Owners', signedIn: true, params: SiteParams } as const
  return [
    endpoint({
      ...shared,
      method: 'get',
      summary: 'The API keys of a site',
      query: z.object({ limit: Limit, cursor: Cursor }),
      answers: {
        200: {
          description: 'The newest first; revoked ones are left out',
          schema: z.object({ keys: z.array(Key), nextCursor: z.string().nullable() }),
        },
      },
      handle: async ({ params, query, req }) => {
        const { site } = await accounts.allow(req, { action: 'manage-keys', siteKey: params.site })
        const { items, nextCursor } = await listKeys({ db, siteId: site.id, limit: query.limit, cursor: query.cursor })
        return { status: 200, json: { keys: items.map((row) => present(row, clock())), nextCursor } }
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      summary: 'Make an API key',
      body: NewKey,
      answers: {
        201: {
          description: 'The key; its text is shown this once',
          schema: z.object({ key: Key, text: z.string().meta({ description: '`bal_...`' }) }),
        },
      },
      handle: async ({ params, body, req }) => {
        const { site, principal } = await accounts.allow(req, { action: 'manage-keys', siteKey: params.site })
        const makerId = principal.kind === 'user' ? principal.id : principal.makerId
        const { name, role, expiresInDays } = body
        const expiresAt = expiresInDays === undefined ? null : new Date(clock().getTime() + expiresInDays * DAY_MS)
        const { key, text } = await issueKey({ db, clock, name, role, siteId: site.id, expiresAt, makerId: makerId ?? null })
        return { status: 201, json: { key: present(key, clock()), text }, headers: { 'Cache-Control': 'no-store' } }
      },
    }),
    endpoint({
      ...shared,
      path: '/api/v1/sites/{site}/keys/{id}',
      method: 'delete',
      summary: 'Revoke an API key',
      params: SiteParams.extend({ id: z.string().max(100) }),
      answers: { 204: { description: 'It is refused from now on' }, 404: { description: 'The site has no such key' } },
      handle: async ({ params, req }) => {
        const { site } = await accounts.allow(req, { action: 'manage-keys', siteKey: params.site })
        await revokeKey({ db, clock, siteId: site.id, id: params.id })
        return { status: 204 }
      },
    }),
  ]
}
