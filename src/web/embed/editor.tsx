import { useEffect, useRef, useState } from 'preact/hooks'
import { useWidget } from './context.ts'
import { Prose, Required, useName } from './parts.tsx'

const PAUSE_MS = 400
/** A text without any of these looks as it is typed. */
const MARKED_UP = /<\/?[a-z]|&[a-z#]|:\/\/|www\./i
const TAGS = ['<b>', '<i>', '<a href="…">', '<blockquote>', '<code>', '<pre>']

interface EditorProps {
  label: string
  value: string
  onInput: (value: string) => void
  error?: string | undefined
  isOpen: boolean
  autofocus?: boolean
  readOnly?: boolean
}

/** A comment's text, with how it will look below it as soon as it has markup or links. */
export function Editor({ label, value, onInput, error, isOpen, autofocus = false, readOnly = false }: EditorProps) {
  const { t } = useWidget()
  const id = useName()
  const area = useRef<HTMLTextAreaElement>(null)
  const html = usePreview(value)
  useEffect(() => {
    if (autofocus) area.current?.focus()
  }, [])
  return (
    <div class="field">
      <label for={id}>
        {label} <Required if />
      </label>
      <textarea
        ref={area}
        id={id}
        part="input"
        name="body"
        dir="auto"
        required
        readOnly={readOnly}
        rows={isOpen ? 6 : 2}
        maxlength={16_384}
        value={value}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={[error && `${id}-error`, isOpen && `${id}-hint`].filter(Boolean).join(' ') || undefined}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      {error && (
        <p class="wrong" id={`${id}-error`}>
          {error}
        </p>
      )}
      {isOpen && (
        <p class="hint" id={`${id}-hint`}>
          {t('embed.markup')} {TAGS.map((tag) => [<code dir="ltr">{tag}</code>, ' '])}
        </p>
      )}
      {html && (
        <section class="preview" part="preview" aria-label={t('embed.preview')}>
          <p class="hint">{t('embed.preview')}</p>
          <Prose html={html} />
        </section>
      )}
    </div>
  )
}

/** The text as the server's own sanitiser makes it, a moment after the last key; nothing where it would look as it is typed. */
function usePreview(body: string): string {
  const { api } = useWidget()
  const [html, setHtml] = useState('')
  const isMarkedUp = MARKED_UP.test(body)
  useEffect(() => {
    if (!isMarkedUp) return setHtml('')
    const asking = new AbortController()
    const timer = setTimeout(() => {
      api.preview(body, asking.signal).then(
        (answer) => setHtml(answer.html),
        () => setHtml(''), // none is better than that of another text
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      asking.abort()
    }
  }, [body, isMarkedUp])
  return html
}
