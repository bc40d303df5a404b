import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { hookEventNames, hookFormatNames } from '../../../webhooks/names.ts'
import { ask, Refusal } from '../api/ask.ts'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'

/** The form for a further webhook. Its secret is shown once, when it is made. */
export function NewWebhook({ path, onMade }: { path: string; onMade: () => void }) {
  const { t } = useSpeech()
  const [format, setFormat] = useState<(typeof hookFormatNames)[number]>('generic')
  const make = useMutation({ mutationFn: (wish: object) => ask<{ secret: string }>('POST', path, wish), onSuccess: onMade })
  const errorOf = (field: string) =>
    make.error instanceof Refusal ? make.error.errors.find((error) => error.field.startsWith(field))?.message : undefined
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const fields = new FormData(form)
    const wish = {
      name: fields.get('name'),
      format,
      url: fields.get('url'),
      events: fields.getAll('events'),
      ...(format === 'telegram' && { chat: fields.get('chat') }),
    }
    make.mutate(wish, { onSuccess: () => form.reset() })
  }
  return (
    <>
      {make.data && (
        <div role="status" className="panel">
          <p>{t('admin.hooks.secret')}</p>
          <p className="secret">{make.data.secret}</p>
        </div>
      )}
      <form className="panel stack settings" onSubmit={submit}>
        <h2>{t('admin.hooks.make')}</h2>
        <TextInput name="name" label={t('form.name')} required withAsterisk={false} error={errorOf('name')} />
        <label>
          {t('admin.hooks.format')}
          <select
            className="choice full"
            value={format}
            onChange={({ target }) => setFormat(hookFormatNames.find((each) => each === target.value) ?? 'generic')}
          >
            {hookFormatNames.map((each) => (
              <option key={each} value={each}>
                {t(`admin.hooks.format.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <TextInput
          name="url"
          type="url"
          dir="ltr"
          label={t('admin.hooks.url')}
          placeholder={format === 'telegram' ? 'https://api.telegram.org/bot…/sendMessage' : 'https://'}
          required
          withAsterisk={false}
          error={errorOf('url')}
        />
        {format === 'telegram' && (
          <TextInput name="chat" label={t('admin.hooks.chat')} required withAsterisk={false} error={errorOf('chat')} />
        )}
        <fieldset>
          <legend>{t('admin.hooks.events')}</legend>
          {hookEventNames.map((each) => (
            <label key={each} className="radio">
              <input type="checkbox" name="events" value={each} defaultChecked={each === 'comment.held' || each === 'comment.approved'} />
              <span>{t(`webhook.${each}`)}</span>
            </label>
          ))}
        </fieldset>
        <div className="row">
          <Button type="submit" loading={make.isPending}>
            {t('admin.hooks.make')}
          </Button>
        </div>
        {make.error && <Failed error={make.error} />}
      </form>
    </>
  )
}
