import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { ask } from '../api/ask.ts'
import type { Passkey } from '../api/types.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Failed } from '../parts/states.tsx'
import { typedIn } from '../parts/typed.ts'
import { useSpeech } from '../speech/speech.tsx'
import { CurrentPassword } from './current-password.tsx'
import { PATH } from './new-passkey.tsx'

interface Props {
  passkey: Passkey
  onDone: () => void
}

/** Gives a passkey another name. */
export function RenamePasskey({ passkey: { id, name }, onDone }: Props) {
  const { t } = useSpeech()
  return (
    <Asking
      title={t('admin.passkeys.rename')}
      button={<Button type="submit">{t('embed.save')}</Button>}
      send={(typed) => ask('PATCH', `${PATH}/${id}`, { name: typed('name') })}
      onDone={onDone}
    >
      <TextInput
        name="name"
        label={t('admin.passkeys.name')}
        defaultValue={name}
        maxLength={100}
        autoComplete="off"
        required
        withAsterisk={false}
      />
    </Asking>
  )
}

/** Takes a passkey away, with the password. */
export function RemovePasskey({ passkey: { id, name }, onDone }: Props) {
  const { t } = useSpeech()
  return (
    <Asking
      title={`${t('admin.remove')}: ${name}`}
      button={
        <Button type="submit" color="red.9">
          {t('admin.remove')}
        </Button>
      }
      send={(typed) => ask('POST', `${PATH}/${id}/removal`, { password: typed('password') })}
      onDone={onDone}
    >
      <p>{t('admin.passkeys.removeText')}</p>
      <CurrentPassword />
    </Asking>
  )
}

function Asking({
  title,
  button,
  send,
  onDone,
  children,
}: {
  title: string
  button: ReactNode
  send: (typed: (field: string) => string) => Promise<unknown>
  onDone: () => void
  children: ReactNode
}) {
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['passkeys'] })
      onDone()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    change.mutate(typedIn(event.currentTarget))
  }
  return (
    <Dialog title={title} onClose={onDone}>
      <form className="stack" onSubmit={submit}>
        {children}
        {change.error && <Failed error={change.error} />}
        <div className="row">{button}</div>
      </form>
    </Dialog>
  )
}
