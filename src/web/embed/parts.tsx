import type { ComponentChildren, ComponentProps } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useWidget } from './context.ts'
import { markup } from './markup.ts'
import { exactIn, momentIn } from './numbers.ts'

/** A comment's text. */
export const Prose = ({ html }: { html: string }) => <div class="prose" part="text" dir="auto" dangerouslySetInnerHTML={markup(html)} />

/** When: in words that age with the page, exactly on pointing at it. */
export function When({ at }: { at: string }) {
  const { locale, now } = useWidget()
  return (
    <time datetime={at} title={exactIn(locale, at)}>
      {momentIn(locale, at, now)}
    </time>
  )
}

interface FieldProps {
  label: string
  name: string
  value: string
  onInput: (value: string) => void
  required?: boolean
  type?: 'text' | 'email' | 'url'
  autocomplete?: string
  maxlength: number
  /** Lines to begin with; one that cannot grow unless it is said. */
  rows?: number
  error?: string | undefined
  hint?: ComponentChildren
  readOnly?: boolean
  autofocus?: boolean
  /** What stands below it. */
  children?: ComponentChildren
}

/** Something to fill in, with what is wrong with it right below. */
export function Field({ label, error, hint, onInput, autofocus = false, children, ...input }: FieldProps) {
  const id = useName()
  const Control = (input.rows ? 'textarea' : 'input') as 'textarea' // Preact's types want one of them, not any of them
  const notes = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>
        {label} {input.required && <Required />}
      </label>
      <Control
        {...input}
        ref={useFocusOnOpen<HTMLTextAreaElement>(autofocus)}
        id={id}
        part="input"
        dir="auto"
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={notes || undefined}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      {error && (
        <p class="wrong" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
    </div>
  )
}

/** The mark that the form's last line explains. */
const Required = () => (
  <span class="req" aria-hidden="true">
    *
  </span>
)

type ButtonProps = ComponentProps<'button'>

/** A button of a form, or one that stands alone. */
export const Button = (props: ButtonProps) => <button type="button" part="button" {...props} />

/** A button that looks like a link, below a comment. */
export const Action = (props: ButtonProps) => <button type="button" part="action" class="quiet" {...props} />

interface FormProps extends ComponentProps<'form'> {
  /** When it is sent; the page stays. */
  onSend: () => void
}

/** A form whose errors are said by us, not by the browser. Ctrl or Cmd with Enter sends it from anywhere in it. */
export const Form = ({ onSend, ...props }: FormProps) => (
  <form
    part="form"
    noValidate
    onSubmit={(event) => {
      event.preventDefault()
      onSend()
    }}
    onKeyDown={(event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault() // a field of one line would send it once more
      onSend()
    }}
    {...props}
  />
)

/** Something that was said no to, spoken at once. */
export function Problem({ children }: { children: ComponentChildren }) {
  return (
    <p class="problem" role="alert" part="problem">
      {children}
    </p>
  )
}

/** What takes the place of something that had the focus, and so is read out. */
export const Told = ({ children }: { children: ComponentChildren }) => (
  <p class="hint" tabIndex={-1} ref={useFocusOnOpen<HTMLParagraphElement>()}>
    {children}
  </p>
)

/** A ref for the button that opens something: it gets the focus back when that closes. */
export function useFocusBack(isOpen: boolean) {
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(isOpen)
  useEffect(() => {
    if (wasOpen.current && !isOpen) button.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  return button
}

/** A ref for what should have the focus as soon as it is there, once. */
export function useFocusOnOpen<Element extends HTMLElement>(isWanted = true) {
  const element = useRef<Element>(null)
  useEffect(() => {
    if (isWanted) element.current?.focus()
  }, [])
  return element
}

let named = 0

/** An id for something that another names: of the page's own making, since Preact's `useId` weighs more than all its uses. */
export const useName = (): string => useState(() => `balas-${++named}`)[0]
