import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { Explained } from '../../../comments/judging-routes.ts'
import { ask, Refusal } from '../api/ask.ts'
import { Failed } from '../parts/states.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import { useSpeech } from '../speech/speech.tsx'

const FIELDS = ['name', 'email', 'body'] as const

/** Says what the site's rules would make of a comment. */
export default function JudgingPage({ site }: { site: string }) {
  const { t } = useSpeech()
  const tried = useMutation({
    mutationFn: (comment: object) => ask<Explained>('POST', `/api/v1/sites/${site}/judging/explain`, comment),
  })
  const errors = tried.error instanceof Refusal ? tried.error.errors : []
  const errorOf = (field: string) => errors.find((each) => each.field === field)?.message
  const isElsewhere = tried.error !== null && !FIELDS.some((field) => errorOf(field) !== undefined)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    tried.mutate(Object.fromEntries(new FormData(event.currentTarget)))
  }
  return (
    <>
      <form className="settings" onSubmit={submit} noValidate>
        <fieldset>
          <legend>{t('admin.try')}</legend>
          <p className="hint">{t('admin.try.text')}</p>
          <TextInput label={t('form.name')} name="name" defaultValue="Budi" error={errorOf('name')} autoComplete="off" />
          <TextInput
            label={t('form.email')}
            name="email"
            type="email"
            defaultValue="budi@contoh.example"
            error={errorOf('email')}
            autoComplete="off"
          />
          <Textarea label={t('form.comment')} name="body" rows={4} dir="auto" error={errorOf('body')} />
          <Button type="submit" loading={tried.isPending}>
            {t('admin.try.do')}
          </Button>
        </fieldset>
      </form>
      {isElsewhere && <Failed error={tried.error} />}
      <div role="status">
        {tried.data && (
          <section>
            <h2>
              {t('admin.try.becomes')}: {t(`admin.status.${tried.data.status}`)}
            </h2>
            <Verdicts verdicts={tried.data.verdicts} />
          </section>
        )}
      </div>
    </>
  )
}
