import type { FieldError } from '../errors.ts'
import type { MessageKey, Translate } from '../locales/index.ts'

const REQUIRED: Record<string, MessageKey> = { name: 'field.name.required', email: 'field.email.required', body: 'field.body.required' }
const INVALID: Record<string, MessageKey> = { email: 'field.email.invalid', website: 'field.website.invalid' }

/** Field errors for people, in the page's language; the API's own messages are English. */
export const fieldTexts = ({ errors, t }: { errors: FieldError[]; t: Translate }): FieldError[] =>
  errors.map(({ field, message }) => ({ field, message: t(keyOf(field, message)) }))

function keyOf(field: string, message: string): MessageKey {
  if (message.startsWith('must be at most')) return 'field.tooLong'
  const isRequired = message === 'is required' || message === 'has nothing to read in it' || message.startsWith('must not be the')
  return (isRequired ? REQUIRED[field] : INVALID[field]) ?? 'field.invalid'
}
