import { h } from 'preact'
import type { FieldError } from '../errors.ts'

export interface FieldProps {
  id: string
  name: string
  label: string
  type?: 'text' | 'email' | 'url' | 'password'
  /** Several lines to write in. */
  multiline?: boolean
  value?: string | undefined
  required?: boolean
  minlength?: number
  maxlength?: number
  autocomplete?: 'name' | 'email' | 'url' | 'new-password'
  /** Said below the label and read with the field. */
  hint?: string
  /** Id of a text elsewhere that is read with the field. */
  describedBy?: string
  error?: string | undefined
}

/** A labelled field with its hint and its error tied to it. */
export function Field(props: FieldProps) {
  const { id, label, hint, describedBy, error, multiline = false, type = 'text', value = '', required = false } = props
  const errorId = `${id}-error`
  const hintId = `${id}-hint`
  const described = [error && errorId, hint && hintId, describedBy].filter(Boolean).join(' ')
  const control = {
    id,
    name: props.name,
    required,
    minlength: props.minlength,
    maxlength: props.maxlength,
    autocomplete: props.autocomplete,
    dir: type === 'email' || type === 'url' ? 'ltr' : 'auto',
    'aria-describedby': described || undefined,
    'aria-invalid': error ? 'true' : undefined,
    value,
  } as const
  return (
    <div class="field">
      <label for={id}>
        {label}
        {required && (
          <span class="req" aria-hidden="true">
            {' *'}
          </span>
        )}
      </label>
      {hint && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
      {multiline ? <textarea {...control} rows={8} /> : h('input', { ...control, type })}
      {error && (
        <p class="wrong" id={errorId}>
          {error}
        </p>
      )}
    </div>
  )
}

export interface ErrorSummaryProps {
  message: string
  errors: FieldError[]
  /** The id of the field's control on this page, if it has one. */
  idOf: (field: string) => string | undefined
}

/** What went wrong, first in the order of focus, with a way to each field. `autofocus` does without script. */
export function ErrorSummary({ message, errors, idOf }: ErrorSummaryProps) {
  return (
    <div class="problem" role="alert" tabindex={-1} autofocus>
      <p>{message}</p>
      {errors.length > 0 && (
        <ul>
          {errors.map(({ field, message: text }) => {
            const id = idOf(field)
            return <li key={field}>{id ? <a href={`#${id}`}>{text}</a> : text}</li>
          })}
        </ul>
      )}
    </div>
  )
}

/** The first error of a field. */
export const errorOf = (errors: FieldError[], field: string) => errors.find((error) => error.field === field)?.message
