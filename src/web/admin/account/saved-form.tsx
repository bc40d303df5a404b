import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import { ask, Refusal } from '../api/ask.ts'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'

/** Where one's choices about mails are. */
export const PATH = '/api/v1/me/notifications'

/** A form that sends what was changed, and says so. */
export function SavedForm({
  heading,
  path,
  changes,
  saved,
  children,
}: {
  heading: string
  path: string
  changes: object
  saved: () => void
  children: (errorOf: (field: string) => string | undefined) => ReactNode
}) {
  const { t } = useSpeech()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: () => ask('PATCH', path, changes),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['notifications'] })
      saved()
    },
  })
  const errors = save.error instanceof Refusal ? save.error.errors : []
  const errorOf = (field: string) => errors.find((each) => each.field === field || each.field.startsWith(`${field}.`))?.message
  const isChanged = Object.keys(changes).length > 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form className="settings" onSubmit={submit} noValidate>
      <fieldset className="stack">
        <legend>
          <bdi>{heading}</bdi>
        </legend>
        {children(errorOf)}
        <div className="row">
          <Button type="submit" loading={save.isPending} disabled={!isChanged}>
            {t('embed.save')}
          </Button>
          <span role="status">{save.isSuccess && !isChanged && t('admin.saved')}</span>
        </div>
        {save.error && <Failed error={save.error} />}
      </fieldset>
    </form>
  )
}
