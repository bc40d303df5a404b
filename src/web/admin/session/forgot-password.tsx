import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { ask } from '../api/ask.ts'
import { Failed } from '../parts/states.tsx'
import { typedIn } from '../parts/typed.ts'
import { useSpeech } from '../speech/speech.tsx'

/** Asks for a link by mail. Whether there is such an account is told to nobody. */
export function ForgotPassword({ onBack }: { onBack: () => void }) {
  const { t } = useSpeech()
  const send = useMutation({ mutationFn: (email: string) => ask('POST', '/api/v1/password-resets', { email }) })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    send.mutate(typedIn(event.currentTarget)('email'))
  }
  return (
    <form className="stack" onSubmit={submit}>
      {send.isSuccess ? (
        <p role="status">{t('admin.signIn.forgotSent')}</p>
      ) : (
        <>
          <p>{t('admin.signIn.forgotText')}</p>
          <TextInput
            size="md"
            label={t('form.email')}
            name="email"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
          />
          {send.error && <Failed error={send.error} />}
          <Button size="md" type="submit" loading={send.isPending}>
            {t('admin.signIn.forgotSend')}
          </Button>
        </>
      )}
      <Button variant="subtle" onClick={onBack}>
        {t('admin.signIn.back')}
      </Button>
    </form>
  )
}
