import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/ask.ts'
import type { Webhook } from '../api/types.ts'
import { Sure } from '../comment/sure.tsx'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { WebhookCalls } from './webhook-calls.tsx'

/** One webhook: what it is told, whether it works, and what can be done about it. */
export function WebhookPanel({ path, webhook, onChange }: { path: string; webhook: Webhook; onChange: () => void }) {
  const { t } = useSpeech()
  const client = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const { name, format, address, events, active, pausedBecause } = webhook
  const turn = useMutation({ mutationFn: () => ask('PATCH', path, { active: !active }), onSuccess: onChange })
  const remove = useMutation({ mutationFn: () => ask('DELETE', path), onSuccess: onChange })
  const rotate = useMutation({ mutationFn: () => ask<{ secret: string }>('POST', `${path}/secret`) })
  const test = useMutation({
    mutationFn: () => ask('POST', `${path}/test`),
    onSuccess: () => {
      setOpen(true)
      return client.invalidateQueries({ queryKey: ['calls', path] })
    },
  })
  const error = turn.error ?? remove.error ?? rotate.error ?? test.error
  return (
    <section className="panel stack" aria-label={name}>
      <div>
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <p className="hint">
          {t(`admin.hooks.format.${format}`)} · <bdi dir="ltr">{address}</bdi>
          {!active && ` · ${t('admin.hooks.isOff')}`}
        </p>
        {pausedBecause !== null && <p className="hint">{pausedBecause}</p>}
        <p className="hint">{events.map((each) => t(`webhook.${each}`)).join(' · ')}</p>
      </div>
      {rotate.data && (
        <div role="status">
          <p>{t('admin.hooks.secret')}</p>
          <p className="secret">{rotate.data.secret}</p>
        </div>
      )}
      <div className="row">
        {active && (
          <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
            {t('admin.hooks.test')}
          </Button>
        )}
        <Button variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('admin.hooks.calls')}
        </Button>
        <Button variant="default" loading={turn.isPending} onClick={() => turn.mutate()}>
          {t(active ? 'admin.hooks.off' : 'admin.hooks.on')}
        </Button>
        <Sure
          ask={t('admin.hooks.rotate')}
          explain={t('admin.hooks.rotateSure')}
          isPending={rotate.isPending}
          onSure={() => rotate.mutate()}
        />
        <Sure ask={t('admin.remove')} explain={t('admin.hooks.removeSure')} isPending={remove.isPending} onSure={() => remove.mutate()} />
      </div>
      {error && <Failed error={error} />}
      {isOpen && <WebhookCalls path={path} />}
    </section>
  )
}
