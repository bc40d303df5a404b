import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ask } from '../api/ask.ts'
import type { ModeratedComment } from '../api/types.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Failed } from '../parts/states.tsx'
import { say } from '../queue/last-act.ts'
import { useSpeech } from '../speech/speech.tsx'
import { typedIn } from '../parts/typed.ts'

const DAYS = ['1', '7', '30', '365', ''] as const

/** Keeps a comment's author from writing here: by address or network, for some days or for good. */
export function BanAuthor({ comment, onDone }: { comment: ModeratedComment; onDone: () => void }) {
  const { t } = useSpeech()
  const [isOpen, setOpen] = useState(false)
  const ban = useMutation({
    mutationFn: (wish: object) => ask('POST', `/api/v1/sites/${comment.site}/bans`, { comment: comment.id, ...wish }),
    onSuccess: () => {
      setOpen(false)
      say(t('admin.ban.done', { name: comment.author.name }))
      onDone()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = typedIn(event.currentTarget)
    const days = Number(typed('days'))
    const reason = typed('reason').trim()
    ban.mutate({ what: typed('what'), ...(days > 0 && { days }), ...(reason && { reason }) })
  }
  if (!comment.author.email) return null // a moderator's own
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('admin.ban.title')}
      </Button>
      {isOpen && (
        <Dialog onClose={() => setOpen(false)} title={t('admin.ban.title')}>
          <form className="stack" onSubmit={submit}>
            <p className="hint">{t('admin.ban.effect')}</p>
            <label className="named">
              {t('admin.ban.what')}
              <select className="choice" name="what">
                <option value="email">{t('form.email')}</option>
                {comment.ip && <option value="network">{`${t('mail.network')} (${comment.ip})`}</option>}
              </select>
            </label>
            <label className="named">
              {t('admin.ban.long')}
              <select className="choice" name="days" defaultValue="30">
                {DAYS.map((days) => (
                  <option key={days} value={days}>
                    {days ? t('admin.ban.days', { n: days }) : t('admin.ban.ever')}
                  </option>
                ))}
              </select>
            </label>
            <TextInput name="reason" label={t('admin.reason')} maxLength={1000} />
            {ban.error && <Failed error={ban.error} />}
            <Button type="submit" loading={ban.isPending}>
              {t('admin.ban.title')}
            </Button>
          </form>
        </Dialog>
      )}
    </>
  )
}
