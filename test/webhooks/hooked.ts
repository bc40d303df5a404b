import { signedIn } from '../accounts/person.ts'
import { startApp } from '../support/app.ts'
import { startReceiver } from './receiver.ts'

export const HOOKS = '/api/v1/sites/default/webhooks'

export interface Hook {
  id: string
  name: string
  active: boolean
  pausedBecause: string | null
  address: string
}
export interface Call {
  id: string
  event: string
  commentId: string | null
  state: string
  attempts: number
  outcome: string | null
  nextAt: string | null
}

/** An application that may call this machine, a signed-in owner, and a receiver. */
export async function startHooked({
  kind = 'sqlite',
  respond,
}: { kind?: 'sqlite' | 'postgresql'; respond?: Parameters<typeof startReceiver>[0] } = {}) {
  const app = await startApp({ kind, env: { WEBHOOK_ALLOW: '127.0.0.1' } })
  const owner = await signedIn(app, { email: 'sari@news.example', role: 'owner' })
  const receiver = await startReceiver(respond)
  const create = async (wish: object = {}) => {
    const { body } = await owner.post(HOOKS, { name: 'Redaksi', url: receiver.url, ...wish })
    return body as unknown as { webhook: Hook; secret: string }
  }
  return {
    app,
    owner,
    receiver,
    create,
    send: () => app.deps.hookSender.drainOnce(),
    calls: async (id: string) => ((await owner.get(`${HOOKS}/${id}/calls`)).body as unknown as { calls: Call[] }).calls,
    hooks: async () => ((await owner.get(HOOKS)).body as unknown as { webhooks: Hook[] }).webhooks,
    decide: async (id: string, decision: string) => owner.post(`/api/v1/moderation/comments/${id}/decisions`, { decision }),
  }
}
