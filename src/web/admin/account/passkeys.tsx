import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/ask.ts'
import type { Passkey, PasskeyList } from '../api/types.ts'
import { Moment } from '../parts/moment.tsx'
import { Loaded } from '../parts/states.tsx'
import { hasPasskeys } from '../parts/webauthn.ts'
import { useSpeech } from '../speech/speech.tsx'
import { NewPasskey, PATH } from './new-passkey.tsx'
import { RemovePasskey, RenamePasskey } from './one-passkey.tsx'

/** One's passkeys, and one more; or in words why there can be none here. */
export function Passkeys() {
  const { t } = useSpeech()
  const found = useQuery({ queryKey: ['passkeys'], queryFn: () => ask<PasskeyList>('GET', PATH) })
  const [open, setOpen] = useState<{ passkey: Passkey; act: 'rename' | 'remove' } | null>(null)
  const close = () => setOpen(null)
  return (
    <section className="panel stack">
      <h2>{t('admin.passkeys.title')}</h2>
      <p className="hint">{t('admin.passkeys.text')}</p>
      <Loaded of={found}>
        {({ passkeys, origin }) => (
          <>
            {passkeys.length > 0 && (
              <ul className="lines">
                {passkeys.map((passkey) => (
                  <li key={passkey.id} className="row">
                    <span className="wide">
                      <bdi>{passkey.name}</bdi>
                      <Facts of={passkey} />
                    </span>
                    <span className="row">
                      <Button variant="default" onClick={() => setOpen({ passkey, act: 'rename' })}>
                        {t('admin.passkeys.rename')}
                      </Button>
                      <Button variant="default" onClick={() => setOpen({ passkey, act: 'remove' })}>
                        {t('admin.remove')}
                      </Button>
                    </span>
                  </li>
                ))}
              </ul>
            )}
            {origin === location.origin && hasPasskeys() ? <NewPasskey /> : <NoneHere origin={origin} />}
          </>
        )}
      </Loaded>
      {open?.act === 'rename' && <RenamePasskey passkey={open.passkey} onDone={close} />}
      {open?.act === 'remove' && <RemovePasskey passkey={open.passkey} onDone={close} />}
    </section>
  )
}

function Facts({ of: { createdAt, lastUsedAt, synced } }: { of: Passkey }) {
  const { t } = useSpeech()
  return (
    <p className="hint">
      {t('admin.passkeys.made')}: <Moment at={createdAt} />
      {' · '}
      {lastUsedAt ? (
        <>
          {t('admin.passkeys.used')}: <Moment at={lastUsedAt} />
        </>
      ) : (
        t('admin.passkeys.unused')
      )}
      {synced && ` · ${t('admin.passkeys.synced')}`}
    </p>
  )
}

function NoneHere({ origin }: { origin: string | null }) {
  const { t } = useSpeech()
  if (origin === null) return <p>{t('admin.passkeys.never')}</p>
  if (origin === location.origin) return <p>{t('admin.passkeys.browser')}</p>
  const [before, after] = t('admin.passkeys.elsewhere', { origin: '\n' }).split('\n')
  return (
    <p>
      {before}
      <a href={origin + location.pathname}>
        <bdi dir="ltr">{origin}</bdi>
      </a>
      {after}
    </p>
  )
}
