import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ask } from '../api/ask.ts'
import { useMe } from '../session/signed-in.tsx'
import { ColourChoice, LanguageChoice } from '../shell/choices.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { Mails } from './mails.tsx'
import { Passkeys } from './passkeys.tsx'
import { Password } from './password.tsx'
import { Sessions } from './sessions.tsx'
import { TwoFactor } from './two-factor.tsx'

/** Oneself: language and colours, password, second factor, passkeys, where one is signed in. */
export default function AccountPage() {
  const { t } = useSpeech()
  const { user, roles } = useMe()
  const client = useQueryClient()
  const signOut = useMutation({
    mutationFn: () => ask('POST', '/api/auth/sign-out', {}),
    onSuccess: () => {
      client.clear()
      location.assign('/admin')
    },
  })
  return (
    <div className="page">
      <div className="row">
        <h1 className="wide">
          <bdi>{user?.name}</bdi>
        </h1>
        <LanguageChoice />
        <ColourChoice />
        <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('admin.account.signOut')}
        </Button>
      </div>
      <p>
        <bdi dir="ltr">{user?.email}</bdi> · {roles.map(({ site, role }) => `${site.name}: ${t(`admin.role.${role}`)}`).join(', ')}
      </p>
      <div className="two">
        <TwoFactor isOn={user?.twoFactor ?? false} />
        <Password />
      </div>
      <Passkeys />
      <Mails />
      <Sessions />
    </div>
  )
}
