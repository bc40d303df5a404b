import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ask } from '../api/ask.ts'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { typedIn } from '../parts/typed.ts'

/** The second step of signing in: a code of the authenticator app, or one of the backup codes. */
export function SecondFactor({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const { t } = useSpeech()
  const [isBackup, setIsBackup] = useState(false)
  const verify = useMutation({
    mutationFn: (code: string) => ask('POST', `/api/auth/two-factor/verify-${isBackup ? 'backup-code' : 'totp'}`, { code }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    verify.mutate(typedIn(event.currentTarget)('code').replaceAll(/\s/g, ''))
  }
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        key={String(isBackup)}
        size="md"
        label={t(isBackup ? 'admin.signIn.backupCode' : 'admin.signIn.code')}
        name="code"
        autoComplete="one-time-code"
        inputMode={isBackup ? 'text' : 'numeric'}
        required
        withAsterisk={false}
        autoFocus
      />
      {verify.error && <Failed error={verify.error} />}
      <Button size="md" type="submit" loading={verify.isPending}>
        {t('invite.signIn')}
      </Button>
      <Button variant="subtle" onClick={() => setIsBackup(!isBackup)}>
        {t(isBackup ? 'admin.signIn.useApp' : 'admin.signIn.useBackup')}
      </Button>
      <Button variant="subtle" onClick={onBack}>
        {t('admin.signIn.back')}
      </Button>
    </form>
  )
}
