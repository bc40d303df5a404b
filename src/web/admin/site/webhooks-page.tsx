import { useQuery } from '@tanstack/react-query'
import { ask } from '../api/ask.ts'
import type { Webhook } from '../api/types.ts'
import { Loaded } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { NewWebhook } from './new-webhook.tsx'
import { WebhookPanel } from './webhook-panel.tsx'

/** Who outside is told what happens to a site's comments. */
export default function WebhooksPage({ site }: { site: string }) {
  const { t } = useSpeech()
  const path = `/api/v1/sites/${site}/webhooks`
  const found = useQuery({ queryKey: ['webhooks', site], queryFn: () => ask<{ webhooks: Webhook[] }>('GET', path) })
  const again = () => void found.refetch()
  return (
    <Loaded of={found}>
      {({ webhooks }) => (
        <>
          <p className="hint">{t('admin.hooks.explain')}</p>
          {webhooks.map((webhook) => (
            <WebhookPanel key={webhook.id} path={`${path}/${webhook.id}`} webhook={webhook} onChange={again} />
          ))}
          <NewWebhook path={path} onMade={again} />
        </>
      )}
    </Loaded>
  )
}
