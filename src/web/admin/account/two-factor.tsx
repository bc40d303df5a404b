import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ask } from '../api/ask.ts'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { CurrentPassword } from './current-password.tsx'
import { QrCode } from './qr-code.tsx'
import { typedIn } from '../parts/typed.ts'

interface Enrolment {
  totpURI?: string
  backupCodes?: string[]
}

/** The second factor: turned on with the password and a first code, off with the password. */
export function TwoFactor({ isOn }: { isOn: boolean }) {
  const { t } = useSpeech()
  const client = useQueryClient()
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const withPassword = useMutation({
    mutationFn: ({ act, password }: { act: string; password: string }) =>
      ask<Enrolment>('POST', `/api/auth/two-factor/${act}`, { password }),
    onSuccess: async (answer, { act }) => {
      setEnrolment(act === 'disable' ? null : answer)
      if (act === 'disable') await client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  const verify = useMutation({
    mutationFn: (code: string) => ask('POST', '/api/auth/two-factor/verify-totp', { code }),
    onSuccess: async () => {
      setEnrolment((known) => known && { ...(known.backupCodes && { backupCodes: known.backupCodes }) })
      await client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  const submitPassword = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { submitter } = event.nativeEvent as SubmitEvent
    const act = submitter instanceof HTMLButtonElement ? submitter.value : ''
    withPassword.mutate({ act, password: typedIn(event.currentTarget)('password') })
  }
  const submitCode = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    verify.mutate(typedIn(event.currentTarget)('code').replaceAll(/\s/g, ''))
  }
  return (
    <section className="panel stack">
      <h2>{t('admin.account.twoFactor')}</h2>
      <p className="hint">{t(isOn ? 'admin.account.twoFactorOn' : 'admin.account.twoFactorOff')}</p>
      {enrolment?.totpURI && (
        <form className="stack" onSubmit={submitCode}>
          <p>{t('admin.account.enrol')}</p>
          <QrCode text={enrolment.totpURI} label={t('admin.account.enrol')} />
          <p className="secret">{new URL(enrolment.totpURI).searchParams.get('secret')}</p>
          <p>
            <a href={enrolment.totpURI}>{t('admin.account.openApp')}</a>
          </p>
          <TextInput
            name="code"
            label={t('admin.signIn.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            withAsterisk={false}
          />
          {verify.error && <Failed error={verify.error} />}
          <Button type="submit" loading={verify.isPending}>
            {t('admin.account.turnOn')}
          </Button>
        </form>
      )}
      {enrolment?.backupCodes && (
        <div role="status">
          <p>{t('admin.account.backup')}</p>
          <ul className="codes">
            {enrolment.backupCodes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
        </div>
      )}
      {!enrolment?.totpURI && (
        <form className="stack" onSubmit={submitPassword}>
          <CurrentPassword />
          {withPassword.error && <Failed error={withPassword.error} />}
          <div className="row">
            {!isOn && (
              <Button type="submit" value="enable">
                {t('admin.account.turnOn')}
              </Button>
            )}
            {isOn && (
              <>
                <Button type="submit" variant="default" value="generate-backup-codes">
                  {t('admin.account.newCodes')}
                </Button>
                <Button type="submit" variant="default" value="disable">
                  {t('admin.account.turnOff')}
                </Button>
              </>
            )}
          </div>
        </form>
      )}
    </section>
  )
}
