import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { exactIn } from '../../embed/numbers.ts'
import { ask } from '../api/ask.ts'
import type { Paged, WebhookCall } from '../api/types.ts'
import { Moment } from '../parts/moment.tsx'
import { Failed, Loaded } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'

const UNDER_WAY_MS = 2000

/** The last calls of a webhook, and what came of them; asked again while one is under way. */
export function WebhookCalls({ path }: { path: string }) {
  const { t, locale } = useSpeech()
  const found = useQuery({
    queryKey: ['calls', path],
    queryFn: () => ask<Paged<'calls', WebhookCall>>('GET', `${path}/calls?limit=20`),
    refetchInterval: ({ state }) => (state.data?.calls.some((call) => !isOver(call)) ? UNDER_WAY_MS : false),
  })
  const again = useMutation({ mutationFn: (id: string) => ask('POST', `${path}/calls/${id}/resend`), onSuccess: () => found.refetch() })
  return (
    <Loaded of={found}>
      {({ calls }) => (
        <>
          {calls.length === 0 && <p className="hint">{t('admin.none')}</p>}
          <ul className="lines">
            {calls.map((call) => (
              <li key={call.id} className="row">
                <span style={{ flex: '1 1 14rem' }}>
                  {call.event === 'test' ? t('admin.hooks.test') : t(`webhook.${call.event}`)} · {t(`admin.hooks.state.${call.state}`)}
                  <p className="hint">
                    <Moment at={call.createdAt} /> · {t('admin.hooks.tries', { n: call.attempts })}
                    {call.nextAt !== null && ` · ${t('admin.hooks.next', { date: exactIn(locale, call.nextAt) })}`}
                  </p>
                  {call.outcome !== null && <p className="hint answer">{call.outcome}</p>}
                </span>
                {isOver(call) && (
                  <Button variant="default" onClick={() => again.mutate(call.id)}>
                    {t('admin.hooks.again')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {again.error && <Failed error={again.error} />}
        </>
      )}
    </Loaded>
  )
}

const isOver = ({ state }: WebhookCall) => state === 'sent' || state === 'failed'
