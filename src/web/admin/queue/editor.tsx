import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { ask } from '../api/ask.ts'
import type { ModeratedComment } from '../api/types.ts'
import { Failed } from '../parts/states.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { say } from './last-act.ts'
import { note } from './card-state.ts'
import { troubleWith, useDecide } from './use-decide.ts'
import { typedIn } from '../parts/typed.ts'

/** A comment's text to change, or an answer to it as the moderator; what waits is approved along with being answered. */
export function Editor({ comment, what, onClose }: { comment: ModeratedComment; what: 'edit' | 'reply'; onClose: () => void }) {
  const { t } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const { decide } = useDecide()
  const path = `/api/v1/moderation/comments/${comment.id}`
  const approvesFirst = what === 'reply' && comment.status !== 'approved'

  const save = useMutation({
    mutationFn: async (body: string) => {
      if (what === 'edit') {
        const answer = await ask<{ comment: ModeratedComment }>('PATCH', path, { body, version: comment.version })
        return note([[comment.id, { comment: answer.comment }]])
      }
      if (approvesFirst && !(await decide(comment, 'approve'))) return undefined
      await ask('POST', `${path}/replies`, { body })
      return say(t('admin.reply.done', { name: comment.author.name }))
    },
    onSuccess: () => {
      onClose()
      void client.invalidateQueries({ queryKey: ['comment', comment.id] })
    },
    onError: async (error) => {
      const trouble = await troubleWith(comment, error)
      if (trouble.trouble.kind === 'conflict') note([[comment.id, trouble]])
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate(typedIn(event.currentTarget)('body'))
  }
  return (
    <form
      className="editor"
      aria-labelledby={id}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
      }}
    >
      <Textarea
        id={id}
        name="body"
        dir="auto"
        label={what === 'edit' ? t('admin.edit.label') : t('comment.replyTo', { name: comment.author.name })}
        description={what === 'edit' ? t('admin.edit.effect') : t('admin.reply.effect')}
        defaultValue={what === 'edit' ? comment.body : ''}
        rows={Math.min(14, Math.max(4, Math.ceil(comment.body.length / 80)))}
        required
        withAsterisk={false}
        autoFocus
      />
      {save.error && <Failed error={save.error} />}
      <div className="row">
        <Button type="submit" loading={save.isPending}>
          {t(what === 'edit' ? 'embed.save' : approvesFirst ? 'admin.reply.approve' : 'comment.reply')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('embed.cancel')}
        </Button>
      </div>
    </form>
  )
}
