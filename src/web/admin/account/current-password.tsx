import { PasswordInput } from '@mantine/core'
import { useSpeech } from '../speech/speech.tsx'

/** The password as it stands, which is asked for before what opens the account is changed. */
export function CurrentPassword({ name = 'password' }: { name?: string }) {
  const { t } = useSpeech()
  return (
    <PasswordInput
      name={name}
      label={t('admin.account.current')}
      autoComplete="current-password"
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ 'aria-label': t('admin.signIn.showPassword') }}
    />
  )
}
