import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type MouseEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { ask } from '../api/ask.ts'
import type { CommentPage as Shown, Decision, ModeratedComment } from '../api/types.ts'
import { Failed, Loaded } from '../parts/states.tsx'
import { ActBar } from '../queue/act-bar.tsx'
import { Card } from '../queue/card.tsx'
import { say } from '../queue/last-act.ts'
import { useDecide } from '../queue/use-decide.ts'
import { useKeys } from '../queue/use-keys.ts'
import { useRole } from '../session/signed-in.tsx'
import { useSpeech } from '../speech/speech.tsx'
import { BanAuthor } from './ban-author.tsx'
import { Sure } from './sure.tsx'
import { Trace } from './trace.tsx'
import { Deliveries, Others, ThreadContext } from './around.tsx'

/** One comment with its whole story: thread, history, the checks' verdicts, its mails, what else its author wrote. */
export default function CommentPage({ id }: { id: string }) {
  const { t } = useSpeech()
  const path = `/api/v1/moderation/comments/${id}`
  const found = useQuery({ queryKey: ['comment', id], queryFn: () => ask<{ comment: Shown }>('GET', path) })
  return (
    <div className="page">
      <h1>{t('admin.comment.title')}</h1>
      <p>
        <Link href="/" onClick={goBack}>
          {t('admin.comment.back')}
        </Link>
      </p>
      <Loaded of={found}>{({ comment }) => <Story comment={comment} path={path} />}</Loaded>
    </div>
  )
}

/** The list as it was left, with its filter, where there is one to go back to. */
function goBack(event: MouseEvent) {
  if (history.length <= 1) return
  event.preventDefault()
  history.back()
}

function Story({ comment, path }: { comment: Shown; path: string }) {
  const { t } = useSpeech()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const [opened, setOpened] = useState<'edit' | 'reply' | null>(null)
  const decisions = useDecide()
  const isOwner = useRole(comment.site) === 'owner'
  const reread = () => client.invalidateQueries({ queryKey: ['comment', comment.id] })
  const decide = (which: ModeratedComment, decision: Decision) => void decisions.decide(which, decision).then(reread)
  const undo = () => void decisions.undo().then(reread)
  const remove = useMutation({
    mutationFn: () => ask('DELETE', path),
    onSuccess: async () => {
      say(t('admin.comment.deleted', { name: comment.author.name }))
      await client.resetQueries({ queryKey: ['queue'] })
      navigate('/')
    },
  })
  const dismiss = useMutation({ mutationFn: () => ask('DELETE', `${path}/reports`), onSuccess: reread })

  useKeys({
    a: () => decide(comment, 'approve'),
    r: () => decide(comment, 'reject'),
    s: () => decide(comment, 'spam'),
    h: () => decide(comment, 'hold'),
    e: () => setOpened('edit'),
    m: () => setOpened('reply'),
    u: undo,
    Escape: () => (history.length > 1 ? history.back() : navigate('/')),
  })

  return (
    <>
      <Card
        index={0}
        total={1}
        comment={comment}
        isCurrent={false}
        opened={opened}
        actions={{ decide, open: (next) => setOpened(next?.what ?? null) }}
      />
      <div className="row">
        <BanAuthor comment={comment} onDone={() => void reread()} />
        {isOwner && (
          <Sure
            ask={t('admin.comment.delete')}
            explain={t('admin.comment.deleteSure')}
            isPending={remove.isPending}
            onSure={() => remove.mutate()}
          />
        )}
      </div>
      {remove.error && <Failed error={remove.error} />}
      <ThreadContext context={comment.context} />
      {comment.reportedFor.length > 0 && (
        <section>
          <h2>{t('admin.comment.reports')}</h2>
          <ul>
            {comment.reportedFor.map(({ reason, at }) => (
              <li key={at}>{reason ?? t('admin.comment.noReason')}</li>
            ))}
          </ul>
          <Button variant="default" loading={dismiss.isPending} onClick={() => dismiss.mutate()}>
            {t('admin.comment.dismiss')}
          </Button>
        </section>
      )}
      <Trace history={comment.history} verdicts={comment.verdicts} />
      <div className="two">
        <Others others={comment.others} />
        <Deliveries deliveries={comment.deliveries} />
      </div>
      <ActBar undo={undo} />
    </>
  )
}
