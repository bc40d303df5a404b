import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../http/endpoint.ts'
import type { Limits } from '../../http/limits.ts'
import type { Access } from '../../access/access.ts'
import { Name } from '../people.ts'
import { NewCredential } from './credential.ts'
import type { Passkeys } from './passkeys.ts'

const Time = z.iso.datetime()
export const Passkey = z
  .object({
    id: z.string(),
    name: z.string(),
    synced: z.boolean().meta({ description: 'Kept by a password manager, beyond the device that made it' }),
    createdAt: Time,
    lastUsedAt: Time.nullable(),
  })
  .meta({ id: 'Passkey' })
export const PasskeyList = z.object({
  passkeys: z.array(Passkey),
  origin: z.string().nullable().meta({ description: 'Whose pages can ask for them; null when those at PUBLIC_URL cannot' }),
})

interface Row {
  id: string
  name: string
  backedUp: boolean
  createdAt: Date
  lastUsedAt: Date | null
}

const present = ({ id, name, backedUp, createdAt, lastUsedAt }: Row) => ({
  id,
  name,
  synced: backedUp,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt && lastUsedAt.toISOString(),
})

const Password = z.object({ password: z.string('is required').min(1, 'is required').max(200) })
const Answer = z.object({ passkey: Passkey })
const PATH = '/api/v1/me/passkeys'

/** One's own passkeys. Signing in with one is better-auth's, at /api/auth/sign-in/passkey. */
export function passkeyRoutes({ accounts, passkeys, limits }: { accounts: Access; passkeys: Passkeys; limits: Limits }): Endpoint[] {
  const shared = {
    tag: 'Moderators',
    signedIn: true,
    before: async ({ req }: { req: IncomingMessage }) => void (await accounts.signedIn(req)),
  } as const
  const ofOne = { ...shared, params: z.object({ id: z.string().max(100) }) }
  const WRONG = { 404: { description: 'It is none of yours' }, 422: { description: 'The password is wrong' } }

  return [
    endpoint({
      ...shared,
      method: 'get',
      path: PATH,
      summary: 'One’s passkeys',
      answers: { 200: { description: 'The oldest first', schema: PasskeyList } },
      handle: async ({ req }) => {
        const { userId } = await accounts.signedIn(req)
        return { status: 200, json: { passkeys: (await passkeys.list(userId)).map(present), origin: passkeys.origin } }
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: `${PATH}/options`,
      summary: 'What a browser makes a passkey of, for whoever knows the password',
      body: Password,
      answers: {
        200: {
          description: 'PublicKeyCredentialCreationOptionsJSON of Web Authentication; an answer is taken for five minutes',
          schema: z.looseObject({ challenge: z.string() }),
        },
        409: { description: 'There are no passkeys at this server’s address, or one has too many' },
        422: { description: 'The password is wrong' },
      },
      handle: async ({ body: { password }, req, res }) => {
        const me = await accounts.signedIn(req)
        await limits.signIn(req, res)
        return { status: 200, json: await passkeys.begin({ ...me, password }), headers: { 'Cache-Control': 'no-store' } }
      },
    }),
    endpoint({
      ...shared,
      method: 'post',
      path: PATH,
      summary: 'Add the passkey that a browser made',
      body: z.object({ name: Name, credential: NewCredential }),
      answers: {
        201: { description: 'It signs in from now on', schema: Answer },
        409: { description: 'It is known already, or one has too many' },
        422: { description: 'It is not what was asked for, or came too late' },
      },
      handle: async ({ body, req }) => {
        const me = await accounts.signedIn(req)
        return { status: 201, json: { passkey: present(await passkeys.add({ ...me, ...body })) } }
      },
    }),
    endpoint({
      ...ofOne,
      method: 'patch',
      path: `${PATH}/{id}`,
      summary: 'Give a passkey another name',
      body: z.object({ name: Name }),
      answers: { 200: { description: 'With its new name', schema: Answer }, 404: WRONG[404] },
      handle: async ({ params: { id }, body: { name }, req }) => {
        const { userId } = await accounts.signedIn(req)
        return { status: 200, json: { passkey: present(await passkeys.rename({ userId, id, name })) } }
      },
    }),
    endpoint({
      ...ofOne,
      method: 'post',
      path: `${PATH}/{id}/removal`,
      summary: 'Remove a passkey; a password has no place in a DELETE',
      body: Password,
      answers: { 204: { description: 'It opens nothing from now on' }, ...WRONG },
      handle: async ({ params: { id }, body: { password }, req, res }) => {
        const { userId } = await accounts.signedIn(req)
        await limits.signIn(req, res)
        await passkeys.remove({ userId, id, password })
        return { status: 204 }
      },
    }),
  ]
}
