import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ask } from '../api/ask.ts'
import { Failed } from '../parts/states.tsx'
import { type Assertion, askForPasskey, disown, offerPasskeys, type RequestOptions } from '../parts/webauthn.ts'
import { useSpeech } from '../speech/speech.tsx'

const PATH = '/api/auth/sign-in/passkey'
/** What is offered is asked for anew before the server finds it too old, at five minutes. */
const ANEW_MS = 240_000

const options = () => ask<RequestOptions>('POST', `${PATH}/options`, {})

/** Signs in with a passkey: by a button, or as the browser offers it in the field for the address. */
export function Passkey({ onDone }: { onDone: () => void }) {
  const { t } = useSpeech()
  const [round, setRound] = useState(0)
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: async (offered: Assertion | null) => {
      const credential = offered ?? (await askForPasskey(options))
      await ask('POST', PATH, { credential }).catch(async (refusal: unknown) => {
        await disown({ error: refusal, id: credential.id })
        throw refusal
      })
    },
    onSuccess: onDone,
  })
  useEffect(() => {
    if (isPending || isSuccess) return
    const ended = new AbortController()
    const anew = setTimeout(() => setRound(round + 1), ANEW_MS)
    void offerPasskeys(options, ended.signal).then((taken) => taken && mutate(taken))
    return () => {
      clearTimeout(anew)
      ended.abort()
    }
  }, [isPending, isSuccess, round, mutate])
  return (
    <>
      <Button size="md" variant="default" loading={isPending} onClick={() => mutate(null)}>
        {t('admin.signIn.passkey')}
      </Button>
      {error && <Failed error={error} />}
    </>
  )
}
