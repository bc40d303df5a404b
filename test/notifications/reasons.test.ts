import { describe, expect, it } from '@jest/globals'
import { locales, translator } from '../../src/locales/index.ts'
import { reasonText } from '../../src/notifications/reasons.ts'
import { CHECKS } from '../../src/spam/checks.ts'
import { judge, type Submission, type Rules } from '../../src/spam/verdict.ts'
import { checkName } from '../../src/web/admin/parts/check-name.ts'

const SUBMISSION: Submission = {
  name: 'Siti',
  email: 'siti@x.example',
  website: null,
  title: 'siti@x.example',
  url: 'https://news.example/obat',
  body: 'Beli obat judi s l o t',
  html: '<p>Beli obat judi s l o t</p>',
  links: 3,
  honeypot: 'diisi',
  authorIsKnown: false,
  isEdit: false,
}
const RULES: Rules = { mode: 'hold-all', maxLinks: 2, holdWords: ['obat'], rejectWords: ['judi'], judging: { disguise: 'hold' } }
const verdicts = (submission: Partial<Submission> = {}, rules: Partial<Rules> = {}) =>
  judge({ submission: { ...SUBMISSION, ...submission }, rules: { ...RULES, ...rules } }).verdicts

/** Everything that the checks ever say. */
const SAID = [
  ...verdicts(),
  ...verdicts({}, { mode: 'publish-all', holdWords: ['siti@'], rejectWords: ['x.example'] }),
  ...verdicts({}, { holdWords: ['slot'], rejectWords: ['slot'] }),
  ...verdicts({}, { mode: 'hold-first' }),
  ...verdicts({ authorIsKnown: true }, { mode: 'hold-first' }),
  ...verdicts({ isEdit: true }, { mode: 'hold-first' }),
]

describe.each(locales)('in %s', (locale) => {
  const t = translator(locale)

  it('what a check said is a sentence for moderators, whichever check it was', () => {
    expect(new Set(SAID.map(({ check }) => check))).toEqual(new Set(CHECKS.map(({ name }) => name)))
    expect(SAID.filter((verdict) => reasonText(verdict, t) === verdict.reason)).toEqual([])
  })

  it('every check has a name in words', () => {
    for (const name of [...CHECKS.map((check) => check.name), 'rate-limit']) expect(checkName(t, name)).not.toMatch(/^[a-z-]+$/)
    expect(checkName(t, 'moon-phase')).toBe('moon-phase')
  })
})
