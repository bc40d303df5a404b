import type { FieldError } from '../../errors.ts'
import { errorOf, Field } from '../../http/form-parts.tsx'
import type { Translate } from '../../locales/index.ts'
import { PASSWORD_LENGTH } from '../password-length.ts'

interface AccountFieldProps {
  t: Translate
  errors: FieldError[]
}

/** What somebody is called. */
export const NameField = ({ t, errors, value }: AccountFieldProps & { value: string | undefined }) => (
  <Field
    id="name"
    name="name"
    label={t('setup.name')}
    required
    maxlength={100}
    autocomplete="name"
    value={value}
    error={errorOf(errors, 'name')}
  />
)

/** A new password; what was typed is never put back into it. */
export const PasswordField = ({ t, errors }: AccountFieldProps) => (
  <Field
    id="password"
    name="password"
    type="password"
    label={t('setup.password')}
    required
    minlength={PASSWORD_LENGTH.min}
    maxlength={PASSWORD_LENGTH.max}
    autocomplete="new-password"
    hint={t('setup.passwordHint')}
    error={errorOf(errors, 'password')}
  />
)
