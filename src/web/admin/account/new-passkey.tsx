import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { ask } from '../api/ask.ts'
import { Failed } from '../parts/states.tsx'
import { typedIn } from '../parts/typed.ts'
import { type CreationOptions, makePasskey } from '../parts/webauthn.ts'
import { useSpeech } from '../speech/speech.tsx'
import { CurrentPassword } from './current-password.tsx'

/** Where one’s passkeys are. */
export const PATH = '/api/v1/me/passkeys'

/** Adds a passkey: with the password first, then the device asks for finger, face or PIN. */
export function NewPasskey() {
  const { t } = useSpeech()
  const client = useQueryClient()
  const add = useMutation({
    mutationFn: async ({ name, password }: { name: string; password: string }) => {
      const options = await ask<CreationOptions>('POST', `${PATH}/options`, { password })
      return ask('POST', PATH, { name, credential: await makePasskey(options) })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['passkeys'] }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const typed = typedIn(form)
    add.mutate({ name: typed('name'), password: typed('password') }, { onSuccess: () => form.reset() })
  }
  return (
    <form className="stack" onSubmit={submit}>
      <div className="two">
        <TextInput
          name="name"
          label={t('admin.passkeys.name')}
          description={t('admin.passkeys.nameText')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={100}
          autoComplete="off"
          required
          withAsterisk={false}
        />
        <CurrentPassword />
      </div>
      {add.error && <Failed error={add.error} />}
      <div className="row">
        <Button type="submit" loading={add.isPending}>
          {t('admin.passkeys.add')}
        </Button>
        <span role="status">{add.isSuccess && t('admin.passkeys.added')}</span>
      </div>
    </form>
  )
}
