import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/ask.ts'
import type { Notifications } from '../api/types.ts'
import { Loaded } from '../parts/states.tsx'
import { LanguageSelect } from '../speech/language-select.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { PATH, SavedForm } from './saved-form.tsx'
import { SiteMails } from './site-mails.tsx'

/** What one is told by mail: for all sites, and for each, every choice with what it does. */
export function Mails() {
  const { t } = useSpeech()
  const found = useQuery({ queryKey: ['notifications'], queryFn: () => ask<Notifications>('GET', PATH) })
  return (
    <section className="panel stack" aria-labelledby="mails">
      <h2 id="mails">{t('admin.notify.title')}</h2>
      <Loaded of={found}>
        {({ personal, sites }) => (
          <>
            <Personal chosen={personal} />
            {sites.map((each) => (
              <SiteMails key={each.site.key} chosen={each} />
            ))}
          </>
        )}
      </Loaded>
    </section>
  )
}

type Changes = Partial<Notifications['personal']>

function Personal({ chosen }: { chosen: Notifications['personal'] }) {
  const { t } = useSpeech()
  const [changes, setChanges] = useState<Changes>({})
  const set = (change: Changes) => setChanges((before) => ({ ...before, ...change }))
  const { locale, quietHours } = { ...chosen, ...changes }
  const setHours = (change: Partial<{ from: string; to: string }>) => {
    const hours = { from: '', to: '', ...quietHours, ...change }
    set({ quietHours: hours.from === '' && hours.to === '' ? null : hours })
  }
  return (
    <SavedForm heading={t('admin.notify.everywhere')} path={PATH} changes={changes} saved={() => setChanges({})}>
      {(errorOf) => (
        <>
          <label>
            {t('admin.language')}
            <p className="hint">{t('admin.notify.locale.text')}</p>
            <LanguageSelect
              value={locale ?? ''}
              none={{ text: t('admin.notify.ofSite'), onChoose: () => set({ locale: null }) }}
              onChoose={(language) => set({ locale: language })}
              isLabelled
            />
          </label>
          <TextInput
            label={t('admin.set.timeZone')}
            description={t('admin.notify.timeZone.text')}
            defaultValue={chosen.timeZone ?? ''}
            error={errorOf('timeZone')}
            onChange={({ target }) => set({ timeZone: target.value.trim() || null })}
          />
          <div role="group" aria-label={t('admin.notify.quiet')}>
            {t('admin.notify.quiet')}
            <p className="hint">{t('admin.notify.quiet.text')}</p>
            <div className="row">
              <TextInput
                type="time"
                label={t('admin.search.since')}
                value={quietHours?.from ?? ''}
                error={errorOf('quietHours')}
                onChange={({ target }) => setHours({ from: target.value })}
              />
              <TextInput
                type="time"
                label={t('admin.search.until')}
                value={quietHours?.to ?? ''}
                onChange={({ target }) => setHours({ to: target.value })}
              />
            </div>
          </div>
        </>
      )}
    </SavedForm>
  )
}
