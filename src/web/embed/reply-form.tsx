import { useEffect, useRef, useState } from 'preact/hooks'
import { errorOf } from '../../http/form-parts.tsx'
import type { SubmissionAnswer } from './api.ts'
import { useWidget } from './context.ts'
import { Editor } from './editor.tsx'
import { Button, Field, Form, Problem, useName } from './parts.tsx'
import { type ReplyFields, useReply } from './use-reply.ts'

interface ReplyFormProps {
  /** The comment that is answered. */
  parent?: { id: string; name: string } | undefined
  autofocus?: boolean
  /** See `useReply`. */
  slot?: string
  onSent: (answer: SubmissionAnswer, fields: ReplyFields) => void
  onCancel?: (() => void) | undefined
}

/** What an error can stand beside. */
const FIELDS = ['body', 'name', 'email', 'website']

/** The form for a comment or a reply. It begins as one line, and opens when somebody writes. */
export function ReplyForm({ parent, autofocus = false, slot, onSent, onCancel }: ReplyFormProps) {
  const { t, mails } = useWidget()
  const title = useName()
  const form = useRef<HTMLFormElement>(null)
  const [wasOpened, setOpened] = useState(parent !== undefined)
  const { fields, change, send, phase, problem, hadDraft } = useReply({
    parentId: parent?.id ?? null,
    slot,
    onSent: (answer, sent) => {
      setOpened(false)
      onSent(answer, sent)
    },
  })
  const isOpen = wasOpened || fields.body !== ''
  const errors = problem?.errors ?? []
  const elsewhere = errors.filter(({ field }) => !FIELDS.includes(field))

  useEffect(() => {
    if (errors.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [problem])

  const line = (name: 'name' | 'email' | 'website') => ({
    name,
    label: t(`form.${name}`),
    autocomplete: name,
    value: fields[name],
    onInput: (value: string) => change({ [name]: value }),
    error: errorOf(errors, name),
    readOnly: phase === 'sending',
  })

  const tick = (name: 'remember' | 'followReplies', text: string) => (
    <label class="check">
      <input
        type="checkbox"
        name={name}
        checked={fields[name]}
        onChange={({ currentTarget }) => change({ [name]: currentTarget.checked })}
      />
      <span>{text}</span>
    </label>
  )

  return (
    <Form ref={form} class="reply" aria-labelledby={title} onFocusIn={() => setOpened(true)} onSend={() => void send()}>
      <h3 id={title}>{parent ? t('form.titleTo', { name: parent.name }) : t('form.title')}</h3>
      {hadDraft && phase === 'writing' && !problem && <p class="hint">{t('embed.draft')}</p>}
      <Editor
        label={t('form.comment')}
        value={fields.body}
        onInput={(body) => change({ body })}
        error={errorOf(errors, 'body')}
        isOpen={isOpen}
        readOnly={phase === 'sending'}
        autofocus={autofocus}
      />
      {isOpen && (
        <>
          <div class="pair">
            <Field {...line('name')} required maxlength={245} />
            <Field {...line('email')} type="email" required maxlength={100} hint={t('form.privacy')} />
          </div>
          <Field {...line('website')} type="url" autocomplete="url" maxlength={200} />
          {tick('remember', t('form.remember'))}
          {mails && tick('followReplies', t('form.follow'))}
          {problem && (errors.length === 0 || elsewhere.length > 0) && (
            <Problem>{[problem.message, ...elsewhere.map(({ message }) => message)].join(' ')}</Problem>
          )}
          <div class="actions">
            <Button type="submit" class="primary" aria-disabled={phase === 'sending'}>
              {t(phase === 'sending' ? 'embed.sending' : phase === 'waiting' ? 'embed.sendAgain' : 'form.submit')}
            </Button>
            {onCancel && <Button onClick={onCancel}>{t('form.cancel')}</Button>}
            <p class="hint">{t('form.required')}</p>
          </div>
        </>
      )}
    </Form>
  )
}
