import { useEffect, useRef, useState } from 'preact/hooks'
import { errorOf } from '../../http/form-parts.tsx'
import type { SubmissionAnswer } from './api.ts'
import { useWidget } from './context.ts'
import { Editor } from './editor.tsx'
import { Field, Problem, useName } from './parts.tsx'
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
  const { t } = useWidget()
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

  return (
    <form
      ref={form}
      class="reply"
      part="form"
      aria-labelledby={title}
      noValidate
      onFocusIn={() => setOpened(true)}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
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
            <Field
              label={t('form.name')}
              name="name"
              autocomplete="name"
              required
              maxlength={245}
              value={fields.name}
              onInput={(name) => change({ name })}
              readOnly={phase === 'sending'}
              error={errorOf(errors, 'name')}
            />
            <Field
              label={t('form.email')}
              name="email"
              type="email"
              autocomplete="email"
              required
              maxlength={100}
              value={fields.email}
              onInput={(email) => change({ email })}
              readOnly={phase === 'sending'}
              error={errorOf(errors, 'email')}
              hint={t('form.privacy')}
            />
          </div>
          <Field
            label={t('form.website')}
            name="website"
            type="url"
            autocomplete="url"
            maxlength={200}
            value={fields.website}
            onInput={(website) => change({ website })}
            readOnly={phase === 'sending'}
            error={errorOf(errors, 'website')}
          />
          <label class="check">
            <input
              type="checkbox"
              name="remember"
              checked={fields.remember}
              onChange={({ currentTarget }) => change({ remember: currentTarget.checked })}
            />
            <span>{t('form.remember')}</span>
          </label>
          {problem && (errors.length === 0 || elsewhere.length > 0) && (
            <Problem>{[problem.message, ...elsewhere.map(({ message }) => message)].join(' ')}</Problem>
          )}
          <div class="actions">
            <button class="primary" part="button" type="submit" aria-disabled={phase === 'sending'}>
              {phase === 'sending' ? t('embed.sending') : phase === 'waiting' ? t('embed.sendAgain') : t('form.submit')}
            </button>
            {onCancel && (
              <button type="button" part="button" onClick={onCancel}>
                {t('form.cancel')}
              </button>
            )}
            <p class="hint">{t('form.required')}</p>
          </div>
        </>
      )}
    </form>
  )
}
