import type { Translate } from '../../../locales/index.ts'
import { checkNames } from '../../../spam/codes.ts'

/** What a check looks at, in words; of one that only another version knows, its name. */
export function checkName(t: Translate, check: string): string {
  const known = checkNames.find((each) => each === check)
  return known ? t(`admin.check.${known}`) : check
}
