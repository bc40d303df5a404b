import { Button, PasswordInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { PASSWORD_LENGTH } from '../../../accounts/password-length.ts'
import { ask } from '../api/ask.ts'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { CurrentPassword } from './current-password.tsx'

/** A new password; all other sessions end with it. */
export function Password() {
  const { t } = useSpeech()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (fields: object) => ask('POST', '/api/auth/change-password', fields),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    change.mutate(Object.fromEntries(new FormData(form)), { onSuccess: () => form.reset() })
  }
  const toggle = { 'aria-label': t('admin.signIn.showPassword') }
  return (
    <form className="panel stack" onSubmit={submit}>
      <h2>{t('admin.account.password')}</h2>
      <CurrentPassword name="currentPassword" />
      <PasswordInput
        name="newPassword"
        label={t('admin.account.new')}
        description={t('setup.passwordHint')}
        autoComplete="new-password"
        minLength={PASSWORD_LENGTH.min}
        maxLength={PASSWORD_LENGTH.max}
        required
        withAsterisk={false}
        visibilityToggleButtonProps={toggle}
      />
      {change.error && <Failed error={change.error} />}
      <div className="row">
        <Button type="submit" loading={change.isPending}>
          {t('embed.save')}
        </Button>
        <span role="status">{change.isSuccess && t('admin.account.changed')}</span>
      </div>
    </form>
  )
}
