import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ask } from '../api/ask.ts'
import { Failed } from '../parts/states.tsx'
import { LanguageChoice } from '../shell/choices.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { ForgotPassword } from './forgot-password.tsx'
import { Passkey } from './passkey.tsx'
import { SecondFactor } from './second-factor.tsx'
import { typedIn } from '../parts/typed.ts'
import { hasPasskeys } from '../parts/webauthn.ts'

/** The way in: address and password, then the second factor where the account has one; or a passkey alone. */
export function SignIn() {
  const { t } = useSpeech()
  const client = useQueryClient()
  const [step, setStep] = useState<'password' | 'code' | 'forgot'>('password')
  const back = () => setStep('password')
  const enter = () => void client.resetQueries()
  return (
    <main className="way-in">
      <h1>{t('admin.signIn.title')}</h1>
      {step === 'code' && <SecondFactor onDone={enter} onBack={back} />}
      {step === 'forgot' && <ForgotPassword onBack={back} />}
      {step === 'password' && (
        <>
          <Password onDone={enter} onSecondFactor={() => setStep('code')} />
          {hasPasskeys() && <Passkey onDone={enter} />}
          <Button variant="subtle" onClick={() => setStep('forgot')}>
            {t('admin.signIn.forgot')}
          </Button>
        </>
      )}
      <LanguageChoice />
    </main>
  )
}

function Password({ onDone, onSecondFactor }: { onDone: () => void; onSecondFactor: () => void }) {
  const { t } = useSpeech()
  const signIn = useMutation({
    mutationFn: (fields: { email: string; password: string }) =>
      ask<{ twoFactorRedirect?: boolean }>('POST', '/api/auth/sign-in/email', fields),
    onSuccess: ({ twoFactorRedirect }) => (twoFactorRedirect ? onSecondFactor() : onDone()),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = typedIn(event.currentTarget)
    signIn.mutate({ email: typed('email'), password: typed('password') })
  }
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        size="md"
        label={t('form.email')}
        name="email"
        type="email"
        autoComplete="username webauthn"
        required
        withAsterisk={false}
        autoFocus
      />
      <PasswordInput
        size="md"
        label={t('admin.signIn.password')}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ 'aria-label': t('admin.signIn.showPassword') }}
      />
      {signIn.error && <Failed error={signIn.error} />}
      <Button size="md" type="submit" loading={signIn.isPending}>
        {t('invite.signIn')}
      </Button>
    </form>
  )
}
