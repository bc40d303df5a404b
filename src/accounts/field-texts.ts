import type { FieldError } from '../errors.ts'
import { fieldTexts } from '../http/field-texts.ts'
import type { Translate } from '../locales/index.ts'

/** Field errors of the accounts' forms for people: what is wrong with a password or a member's address, else as in any form. */
export const accountFieldTexts = ({ errors, t }: { errors: FieldError[]; t: Translate }): FieldError[] =>
  errors.flatMap((error) => {
    const { field, message } = error
    if (field === 'password' && !message.startsWith('must be at most')) return { field, message: t('field.password.short') }
    if (field === 'email' && message === 'is taken') return { field, message: t('field.email.taken') }
    return fieldTexts({ errors: [error], t })
  })
