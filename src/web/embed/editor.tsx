import { useEffect, useState } from 'preact/hooks'
import { useWidget } from './context.ts'
import { Field, Prose } from './parts.tsx'

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
export function Editor({ isOpen, ...field }: EditorProps) {
  const { t } = useWidget()
  const html = usePreview(field.value)
  return (
    <Field
      {...field}
      name="body"
      required
      maxlength={16_384}
      rows={isOpen ? 6 : 2}
      hint={
        isOpen && (
          <>
            {t('embed.markup')} {TAGS.map((tag) => [<code dir="ltr">{tag}</code>, ' '])}
          </>
        )
      }
    >
      {html && (
        <section class="preview" part="preview" aria-label={t('embed.preview')}>
          <p class="hint">{t('embed.preview')}</p>
          <Prose html={html} />
        </section>
      )}
    </Field>
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
