import { translator } from '../../locales/index.ts'
import type { Noted } from './notes.ts'
import { partsOf } from './reasons.ts'

/**
 * A reason as people read it, in English; what is no reason of this version stands as it is.
 *
 * @example sentenceOf('no-address') // 'Its article has no address. Write it into the list of what was left out, and import that.'
 */
export function sentenceOf(reason: string): string {
  const { code, what } = partsOf(reason)
  return code === null ? reason : translator('en')(`admin.import.reason.${code}`, { what })
}

/** What was counted by a reason, for a report. */
export function told(counted: Noted): Noted {
  const { code, what } = partsOf(counted.reason)
  if (code === null) return counted
  return { code, ...(what !== '' && { what }), ...counted, reason: sentenceOf(counted.reason) }
}
