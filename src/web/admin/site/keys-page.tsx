import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { exactIn } from '../../embed/numbers.ts'
import { ask } from '../api/ask.ts'
import type { Key, Paged } from '../api/types.ts'
import { Sure } from '../comment/sure.tsx'
import { Failed, Loaded } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'

/** Keys with which programs act on a site. A key's text is shown once. */
export default function KeysPage({ site }: { site: string }) {
  const { t, locale } = useSpeech()
  const path = `/api/v1/sites/${site}/keys`
  const found = useQuery({ queryKey: ['keys', site], queryFn: () => ask<Paged<'keys', Key>>('GET', `${path}?limit=100`) })
  const make = useMutation({
    mutationFn: (wish: object) => ask<{ key: Key; text: string }>('POST', path, wish),
    onSuccess: () => found.refetch(),
  })
  const revoke = useMutation({ mutationFn: (id: string) => ask('DELETE', `${path}/${id}`), onSuccess: () => found.refetch() })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const days = Number(fields.get('days'))
    make.mutate({ name: fields.get('name'), role: fields.get('role'), ...(days > 0 && { expiresInDays: days }) })
  }
  return (
    <Loaded of={found}>
      {({ keys }) => (
        <>
          {keys.length === 0 && <p className="hint">{t('admin.none')}</p>}
          <ul className="lines">
            {keys.map(({ id, name, role, expiresAt, expired }) => (
              <li key={id} className="row">
                <span style={{ flex: '1 1 14rem' }}>
                  <bdi>{name}</bdi> · {t(`admin.role.${role === 'owner' ? 'owner' : 'moderator'}`)}
                  <p className="hint">
                    {expired
                      ? t('admin.keys.expired')
                      : expiresAt
                        ? t('admin.until', { date: exactIn(locale, expiresAt) })
                        : t('admin.ban.ever')}
                  </p>
                </span>
                <Sure
                  ask={t('admin.keys.revoke')}
                  explain={t('admin.keys.revokeSure')}
                  isPending={revoke.isPending}
                  onSure={() => revoke.mutate(id)}
                />
              </li>
            ))}
          </ul>
          {make.data && (
            <div role="status" className="panel">
              <p>{t('admin.keys.once')}</p>
              <p className="secret">{make.data.text}</p>
            </div>
          )}
          <form className="panel stack" onSubmit={submit}>
            <h2>{t('admin.keys.make')}</h2>
            <TextInput name="name" label={t('form.name')} required withAsterisk={false} />
            <div className="row">
              <select className="choice" name="role" aria-label={t('admin.role')}>
                <option value="moderator">{t('admin.role.moderator')}</option>
                <option value="owner">{t('admin.role.owner')}</option>
              </select>
              <select className="choice" name="days" aria-label={t('admin.ban.long')} defaultValue="365">
                {[30, 365, 0].map((days) => (
                  <option key={days} value={days}>
                    {days ? t('admin.ban.days', { n: days }) : t('admin.ban.ever')}
                  </option>
                ))}
              </select>
              <Button type="submit" loading={make.isPending}>
                {t('admin.keys.make')}
              </Button>
            </div>
            {make.error && <Failed error={make.error} />}
          </form>
        </>
      )}
    </Loaded>
  )
}
