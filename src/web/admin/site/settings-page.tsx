import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ask, Refusal } from '../api/ask.ts'
import type { Settings, Site } from '../api/types.ts'
import { Failed, Loaded } from '../parts/states.tsx'
import { LanguageSelect } from '../speech/language-select.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { groups, type SettingName } from './fields.ts'
import { SettingField } from './setting-field.tsx'

/** How a site handles its comments; each setting says what it does. */
export default function SettingsPage({ site }: { site: string }) {
  const path = `/api/v1/sites/${site}`
  const found = useQuery({ queryKey: ['site', site], queryFn: () => ask<{ site: Site }>('GET', path) })
  return <Loaded of={found}>{(answer) => <SettingsForm path={path} site={answer.site} />}</Loaded>
}

type Changes = Partial<Omit<Site, 'settings'>> & { settings?: Partial<Record<SettingName, unknown>> }

function SettingsForm({ path, site }: { path: string; site: Site }) {
  const { t } = useSpeech()
  const client = useQueryClient()
  const [changes, setChanges] = useState<Changes>({})
  const save = useMutation({
    mutationFn: () => ask<{ site: Site }>('PATCH', path, changes),
    onSuccess: (answer) => {
      client.setQueryData(['site', site.key], answer)
      setChanges({})
      void client.invalidateQueries({ queryKey: ['me'] })
    },
  })
  const errors = save.error instanceof Refusal ? save.error.errors : []
  const errorOf = (field: string) => errors.find((each) => each.field === field || each.field.startsWith(`${field}.`))?.message
  const set = (name: SettingName, value: unknown) => setChanges({ ...changes, settings: { ...changes.settings, [name]: value } })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form className="settings" onSubmit={submit} noValidate>
      <fieldset>
        <legend>{t('admin.set.site')}</legend>
        <TextInput
          label={t('admin.set.name')}
          description={t('admin.set.name.text')}
          defaultValue={site.name}
          error={errorOf('name')}
          onChange={({ target }) => setChanges({ ...changes, name: target.value })}
        />
        <label>
          {t('admin.language')}
          <p className="hint">{t('admin.set.locale.text')}</p>
          <LanguageSelect value={changes.locale ?? site.locale} onChoose={(locale) => setChanges({ ...changes, locale })} isLabelled />
        </label>
        <Textarea
          label={t('admin.set.origins')}
          description={t('admin.set.origins.text')}
          rows={3}
          defaultValue={site.allowedOrigins.join('\n')}
          error={errorOf('allowedOrigins')}
          onChange={({ target }) => setChanges({ ...changes, allowedOrigins: target.value.split(/\s+/).filter((each) => each !== '') })}
        />
      </fieldset>
      {Object.entries(groups).map(([group, names]) => (
        <fieldset key={group}>
          <legend>{t(`admin.set.group.${group as keyof typeof groups}`)}</legend>
          {names.map((name) => (
            <SettingField
              key={name}
              name={name}
              value={{ ...site.settings, ...(changes.settings as Partial<Settings>) }[name]}
              error={errorOf(`settings.${name}`)}
              change={(value) => set(name, value)}
            />
          ))}
        </fieldset>
      ))}
      <div className="saves row">
        <Button type="submit" loading={save.isPending} disabled={Object.keys(changes).length === 0}>
          {t('embed.save')}
        </Button>
        <span role="status">{save.isSuccess && Object.keys(changes).length === 0 && t('admin.saved')}</span>
        {save.error && <Failed error={save.error} />}
      </div>
    </form>
  )
}
