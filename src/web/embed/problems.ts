import { fieldTexts } from '../../http/field-texts.ts'
import { replyProblems } from '../../comments/reply-problems.ts'
import type { FieldError } from '../../errors.ts'
import type { Translate } from '../../locales/index.ts'
import { NoConnection, Refusal } from './api.ts'

/** What went wrong, in words, and beside which fields. */
export function explain(error: unknown, t: Translate): { message: string; errors: FieldError[] } {
  if (error instanceof NoConnection) return { message: t('embed.offline'), errors: [] }
  if (!(error instanceof Refusal)) return { message: t('embed.problem'), errors: [] }
  const problem = replyProblems[error.code]
  if (!problem) return { message: error.code === 'edit-expired' ? t('embed.editOver') : t('embed.problem'), errors: [] }
  if (problem === 'flood' && error.retryAfterSeconds) {
    return { message: t('problem.floodFor', { count: error.retryAfterSeconds }), errors: [] }
  }
  return { message: t(`problem.${problem}`), errors: fieldTexts({ errors: error.errors, t }) }
}
