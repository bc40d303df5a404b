import { useState } from 'preact/hooks'
import { Refusal } from './api.ts'
import { useWidget } from './context.ts'
import { Editor } from './editor.tsx'
import { isChangeable, minutesLeft, type OwnComment } from './kept.ts'
import { Action, Button, Form, Problem, useFocusBack, useFocusOnOpen } from './parts.tsx'
import { explain } from './problems.ts'

interface OwnActionsProps {
  own: OwnComment
  /** After it was changed, or withdrawn: then with its id. */
  onChanged: (gone?: string) => void
}

/** What authors may do with their own comment for 15 minutes: change it, or take it back. */
export function OwnActions({ own, onChanged }: OwnActionsProps) {
  const { t, now } = useWidget()
  const [doing, setDoing] = useState<'edit' | 'withdraw' | null>(null)
  const edit = useFocusBack(doing === 'edit')
  const withdraw = useFocusBack(doing === 'withdraw')
  const close = () => setDoing(null)
  const saved = () => {
    close()
    onChanged()
  }
  if (doing === 'edit') return <EditForm own={own} onDone={saved} onCancel={close} />
  if (doing === 'withdraw') return <Withdraw own={own} onDone={() => onChanged(own.id)} onCancel={close} />
  if (!isChangeable(own, now)) return null
  const left = t('embed.editFor', { count: minutesLeft(own, now) })
  return (
    <>
      <Action ref={edit} title={left} onClick={() => setDoing('edit')}>
        {t('embed.edit')}
      </Action>
      <Action ref={withdraw} title={left} onClick={() => setDoing('withdraw')}>
        {t('embed.withdraw')}
      </Action>
    </>
  )
}

interface DoingProps {
  own: OwnComment
  onDone: () => void
  onCancel: () => void
}

function EditForm({ own, onDone, onCancel }: DoingProps) {
  const { api, kept, t, announce } = useWidget()
  const [body, setBody] = useState(own.body)
  const { problem, attempt } = useAttempt()
  const save = async () => {
    const { comment, waiting } = await api.edit({ id: own.id, token: own.token, body })
    const revising = waiting && comment.status === 'approved'
    kept.changeOwn(own.id, { body, html: comment.html, revising })
    announce(t(revising ? 'embed.revising' : 'embed.saved'))
    onDone()
  }
  return (
    <Form class="reply" onSend={() => void attempt(save)}>
      <Editor label={t('embed.editName')} value={body} onInput={setBody} isOpen autofocus />
      {problem && <Problem>{problem}</Problem>}
      <div class="actions">
        <Button type="submit" class="primary">
          {t('embed.save')}
        </Button>
        <Button onClick={onCancel}>{t('embed.cancel')}</Button>
      </div>
    </Form>
  )
}

function Withdraw({ own, onDone, onCancel }: DoingProps) {
  const { api, kept, t, announce } = useWidget()
  const { problem, attempt } = useAttempt()
  const first = useFocusOnOpen<HTMLButtonElement>()
  const withdraw = async () => {
    await api.withdraw(own).catch((error: unknown) => {
      if (!(error instanceof Refusal && error.code === 'comment-not-found')) throw error // it is gone already
    })
    kept.removeOwn(own.id)
    announce(t('embed.withdrawn'))
    onDone()
  }
  return (
    <div class="sure" role="group" aria-label={t('embed.withdrawSure')}>
      <p>{t('embed.withdrawSure')}</p>
      {problem && <Problem>{problem}</Problem>}
      <div class="actions">
        <Button class="danger" ref={first} onClick={() => void attempt(withdraw)}>
          {t('embed.withdraw')}
        </Button>
        <Button onClick={onCancel}>{t('embed.keep')}</Button>
      </div>
    </div>
  )
}

/** Something that the server may refuse, with the sentence about it. */
function useAttempt() {
  const { t } = useWidget()
  const [problem, setProblem] = useState<string | null>(null)
  const attempt = (work: () => Promise<void>) =>
    work().catch((error: unknown) => {
      const { message, errors } = explain(error, t)
      setProblem(errors[0]?.message ?? message)
    })
  return { problem, attempt }
}
