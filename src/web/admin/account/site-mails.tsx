import { Switch, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Notifications } from '../api/types.ts'
import { useSpeech } from '../speech/speech.tsx'
import { PATH, SavedForm } from './saved-form.tsx'

type Chosen = Notifications['sites'][number]
type Changes = Partial<Omit<Chosen, 'site' | 'role'>>

const HOW = ['immediate', 'digest', 'off'] as const

/** What one is told of a site; what only owners are told of is only shown to them. */
export function SiteMails({ chosen }: { chosen: Chosen }) {
  const { t } = useSpeech()
  const { key, name } = chosen.site
  const [changes, setChanges] = useState<Changes>({})
  const set = (change: Changes) => setChanges((before) => ({ ...before, ...change }))
  const now = { ...chosen, ...changes }
  return (
    <SavedForm heading={name} path={`${PATH}/${key}`} changes={changes} saved={() => setChanges({})}>
      {(errorOf) => (
        <>
          <div role="radiogroup" aria-label={t('admin.notify.held')}>
            {t('admin.notify.held')}
            {HOW.map((how) => (
              <label key={how} className="radio">
                <input type="radio" name={`held-${key}`} checked={now.heldComments === how} onChange={() => set({ heldComments: how })} />
                <span>
                  {t(`admin.notify.held.${how}`)}
                  <span className="hint"> {t(`admin.notify.held.${how}.text`)}</span>
                </span>
              </label>
            ))}
          </div>
          {now.heldComments === 'digest' && (
            <TextInput
              type="number"
              inputMode="numeric"
              label={t('admin.set.digestMinutes')}
              description={t('admin.set.digestMinutes.text')}
              defaultValue={String(chosen.digestMinutes)}
              error={errorOf('digestMinutes')}
              onChange={({ target }) => set({ digestMinutes: Number(target.value) })}
            />
          )}
          {now.heldComments !== 'off' && (
            <Textarea
              label={t('admin.notify.articles')}
              description={t('admin.notify.articles.text')}
              rows={3}
              defaultValue={chosen.articles.join('\n')}
              error={errorOf('articles')}
              onChange={({ target }) => set({ articles: target.value.split(/\s+/).filter((each) => each !== '') })}
            />
          )}
          {now.weeklySummary !== null && (
            <Switch
              label={t('admin.notify.weekly')}
              description={t('admin.notify.weekly.text')}
              checked={now.weeklySummary}
              onChange={({ target }) => set({ weeklySummary: target.checked })}
            />
          )}
          {now.deliveryFailing !== null && (
            <Switch
              label={t('admin.notify.failing')}
              description={t('admin.notify.failing.text')}
              checked={now.deliveryFailing}
              onChange={({ target }) => set({ deliveryFailing: target.checked })}
            />
          )}
        </>
      )}
    </SavedForm>
  )
}
