import { expect, test } from '@jest/globals'
import { SUPPRESSED, whySuppressed } from '../../src/notifications/suppressed.ts'

test('knows each reason of ours again, and no answer of a mail server', () => {
  const reasons = Object.entries(SUPPRESSED)
  expect(reasons.map(([, text]) => whySuppressed(text))).toEqual(reasons.map(([why]) => why)) // so no two are worded alike
  expect(whySuppressed('250 2.0.0 queued')).toBeUndefined()
})
