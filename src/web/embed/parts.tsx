import type { ComponentChildren } from 'preact'
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
  error?: string | undefined
  /** Ids of what else is said about the field, and the same as text. */
  hint?: ComponentChildren
  readOnly: boolean
}

/** One line to fill in, with what is wrong with it right below. */
export function Field({ label, error, hint, required = false, type = 'text', onInput, ...input }: FieldProps) {
  const id = useName()
  const notes = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>
        {label} <Required if={required} />
      </label>
      <input
        {...input}
        id={id}
        part="input"
        // oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- Preact's types want one of them, not any of them
        type={type as 'text'}
        dir="auto"
        required={required}
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
    </div>
  )
}

/** The mark that the form's first line explains. */
export const Required = ({ if: required }: { if: boolean }) =>
  required ? (
    <span class="req" aria-hidden="true">
      *
    </span>
  ) : null

/** Something that was said no to, spoken at once. */
export function Problem({ children }: { children: ComponentChildren }) {
  return (
    <p class="problem" role="alert" part="problem">
      {children}
    </p>
  )
}

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
export function useFocusOnOpen<Element extends HTMLElement>() {
  const element = useRef<Element>(null)
  useEffect(() => element.current?.focus(), [])
  return element
}

let named = 0

/** An id for something that another names: of the page's own making, since Preact's `useId` weighs more than all its uses. */
export const useName = (): string => useState(() => `balas-${++named}`)[0]
