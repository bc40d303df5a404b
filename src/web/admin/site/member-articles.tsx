import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ask, Refusal } from '../api/ask.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loaded } from '../parts/states.tsx'
import { typedIn } from '../parts/typed.ts'
import { useSpeech } from '../speech/speech.tsx'

/** Which articles somebody is told of by mail, to be read and changed. */
export function MemberArticles({ path, name }: { path: string; name: string }) {
  const { t } = useSpeech()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" aria-label={t('admin.members.articlesOf', { name })} onClick={() => setOpen(true)}>
        {t('admin.members.articles')}
      </Button>
      {isOpen && (
        <Dialog title={t('admin.members.articlesOf', { name })} onClose={() => setOpen(false)}>
          <Assigned path={`${path}/articles`} label={t('admin.members.articlesOf', { name })} onDone={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  )
}

interface Articles {
  articles: string[]
}

function Assigned({ path, label, onDone }: { path: string; label: string; onDone: () => void }) {
  const { t } = useSpeech()
  const client = useQueryClient()
  const found = useQuery({ queryKey: ['articles', path], queryFn: () => ask<Articles>('GET', path) })
  const save = useMutation({
    mutationFn: (articles: string[]) => ask<Articles>('PATCH', path, { articles }),
    onSuccess: (now) => {
      client.setQueryData(['articles', path], now)
      onDone()
    },
  })
  const [error] = save.error instanceof Refusal ? save.error.errors : []
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate(typedIn(event.currentTarget)('articles').split(/\s+/).filter(Boolean))
  }
  return (
    <Loaded of={found}>
      {({ articles }) => (
        <form className="stack" onSubmit={submit}>
          <p>{t('admin.members.articlesText')}</p>
          <Textarea
            name="articles"
            dir="ltr"
            rows={5}
            aria-label={label}
            description={t('admin.notify.articles.text')}
            defaultValue={articles.join('\n')}
            error={error?.message}
          />
          {save.error && !error && <Failed error={save.error} />}
          <div className="row">
            <Button type="submit" loading={save.isPending}>
              {t('embed.save')}
            </Button>
            <Button variant="default" onClick={onDone}>
              {t('embed.cancel')}
            </Button>
          </div>
        </form>
      )}
    </Loaded>
  )
}
