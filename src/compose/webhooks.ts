import { createHookOutbox } from '../webhooks/announce.ts'
import { createCalls } from '../webhooks/request.ts'
import { webhookRoutes } from '../webhooks/routes.ts'
import { createHookSender } from '../webhooks/sender.ts'
import { createWebhooks } from '../webhooks/webhooks.ts'
import type { Foundation } from './foundation.ts'
import { part } from './part.ts'
import type { People } from './people.ts'

/** All that webhooks are: what fills their outbox, what empties it, and what owners do with them. */
export function composeWebhooks({ config, db, keys, publicUrl, clock, log, accounts }: Foundation & People) {
  const { call } = createCalls({ allowed: config.webhookAllow })
  const hookSender = createHookSender({ db, keys, publicUrl, call, clock, log })
  const tellHooks = createHookOutbox({ db, clock })
  const webhooks = createWebhooks({ db, keys, clock, wake: hookSender.wake })
  return part({
    use: { hookSender, tellHooks, webhooks },
    endpoints: () => webhookRoutes({ accounts, webhooks }),
    start: hookSender.start,
    stop: hookSender.stop,
  })
}
