import type { Translate } from '../../../locales/index.ts'
import { NoConnection, Refusal } from '../api/ask.ts'
import { NoPasskey } from './webauthn.ts'

const CODES = {
  INVALID_EMAIL_OR_PASSWORD: 'admin.signIn.wrong',
  INVALID_PASSWORD: 'admin.account.wrongPassword',
  INVALID_CODE: 'admin.signIn.wrongCode',
  INVALID_BACKUP_CODE: 'admin.signIn.wrongCode',
  INVALID_TWO_FACTOR_COOKIE: 'admin.signIn.again',
  ACCOUNT_TEMPORARILY_LOCKED: 'admin.error.tooMany',
  'wrong-password': 'admin.account.wrongPassword',
  PASSKEY_LATE: 'admin.passkeys.late',
  PASSKEY_UNKNOWN: 'admin.signIn.passkeyRefused',
  PASSKEY_REFUSED: 'admin.signIn.passkeyRefused',
  NO_PASSKEYS_HERE: 'admin.passkeys.never',
  'no-passkeys-here': 'admin.passkeys.never',
  'passkey-late': 'admin.passkeys.late',
  'passkey-refused': 'admin.passkeys.stopped',
  'passkey-known': 'admin.passkeys.known',
  'too-many-passkeys': 'admin.passkeys.tooMany',
  PASSWORD_TOO_SHORT: 'field.password.short',
  'too-many-requests': 'admin.error.tooMany',
  forbidden: 'admin.error.forbidden',
  unavailable: 'admin.error.unavailable',
  internal: 'error.500.title',
} as const

/** What went wrong, in words; a refusal that is not known here speaks for itself, in English. */
export function explain(error: unknown, t: Translate): string {
  if (error instanceof NoConnection) return t('admin.error.offline')
  if (error instanceof NoPasskey) return t(`admin.passkeys.${error.reason}`)
  if (!(error instanceof Refusal)) return t('error.500.title')
  const key = CODES[error.code as keyof typeof CODES]
  if (key) return t(key)
  const fields = error.errors.map(({ field, message }) => `${field} ${message}`).join('; ')
  return fields || error.message
}
