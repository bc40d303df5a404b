import type { Translate } from '../../../locales/index.ts'

const CHECKS = ['honeypot', 'reject-words', 'hold-words', 'links', 'site-mode', 'rate-limit', 'import'] as const

/** What a check looks at, in words; of one that only another version knows, its name. */
export function checkName(t: Translate, check: string): string {
  const known = CHECKS.find((each) => each === check)
  return known ? t(`admin.check.${known}`) : check
}
