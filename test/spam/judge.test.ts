import fc from 'fast-check'
import { CHECKS } from '../../src/spam/checks.ts'
import { judge, statusOf, type Check, type Outcome, type Verdict } from '../../src/spam/verdict.ts'
import { rulesOf, submissionOf } from './submission.ts'

const verdict = (outcome: Outcome): Verdict => ({ check: outcome, outcome, code: 'edited', reason: outcome })
const check = (outcome: Outcome): Check => ({ name: outcome, judge: () => verdict(outcome) })
const silent: Check = { name: 'silent', judge: () => null }
const broken: Check = {
  name: 'broken',
  judge() {
    throw new Error('secret detail')
  },
}

describe('judging by the list of checks', () => {
  it('publishes a harmless reply where the site publishes at once', () => {
    expect(judge({ submission: submissionOf(), rules: rulesOf() })).toEqual({
      status: 'approved',
      verdicts: [{ check: 'site-mode', outcome: 'approve', code: 'site-publishes', reason: 'this site publishes without waiting' }],
    })
  })

  it('keeps the verdict of every check, in the order of the list', () => {
    const submission = submissionOf({ body: 'judi http://a.example http://b.example kasino', honeypot: 'x' })
    const { status, verdicts } = judge({ submission, rules: rulesOf({ holdWords: ['judi'], rejectWords: ['kasino'] }) })
    expect(status).toBe('spam')
    expect(verdicts.map((one) => [one.check, one.outcome])).toEqual([
      ['honeypot', 'spam'],
      ['reject-words', 'reject'],
      ['hold-words', 'hold'],
      ['links', 'hold'],
      ['site-mode', 'approve'],
    ])
  })

  it('names each check once and by the name in its verdicts', () => {
    const submission = submissionOf({ body: 'judi s l o t http://a.example http://b.example', title: 'budi@contoh.example', honeypot: 'x' })
    const { verdicts } = judge({ submission, rules: rulesOf({ holdWords: ['judi'], rejectWords: ['judi'] }) })
    expect(verdicts.map((one) => one.check)).toEqual(CHECKS.map(({ name }) => name))
    expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length)
  })

  it('stores verdicts that survive JSON and lead to the same status again', () => {
    const submission = submissionOf({ body: 'judi http://a.example http://b.example' })
    const { status, verdicts } = judge({ submission, rules: rulesOf({ holdWords: ['judi'] }) })
    const stored: Verdict[] = JSON.parse(JSON.stringify(verdicts))
    expect(stored).toEqual(verdicts)
    expect(statusOf(stored)).toBe(status)
  })

  it('never writes the address of the reader into a verdict', () => {
    const submission = submissionOf({ email: 'budi@contoh.example', honeypot: 'budi@contoh.example' })
    const rules = rulesOf({ holdWords: ['budi@contoh.example'], rejectWords: ['contoh.example'] })
    const { status, verdicts } = judge({ submission, rules })
    expect(status).toBe('spam')
    expect(JSON.stringify(verdicts)).not.toContain('contoh')
  })
})

describe('a check that fails', () => {
  it('holds the comment, whatever approves it later, and tells nothing internal', () => {
    expect(judge({ submission: submissionOf(), rules: rulesOf(), checks: [broken, check('approve')] })).toEqual({
      status: 'pending',
      verdicts: [{ check: 'broken', outcome: 'hold', code: 'check-failed', reason: 'the check failed' }, verdict('approve')],
    })
  })

  it('does not keep the others from speaking', () => {
    expect(judge({ submission: submissionOf(), rules: rulesOf(), checks: [broken, check('spam')] }).status).toBe('spam')
  })
})

describe('the status that verdicts lead to', () => {
  it.each<[string, Outcome[], string]>([
    ['waits when nobody says anything', [], 'pending'],
    ['waits when there are only notes', ['pass'], 'pending'],
    ['is approved by an approval', ['pass', 'approve'], 'approved'],
    ['waits when one holds', ['approve', 'hold', 'approve'], 'pending'],
    ['is rejected rather than held', ['reject', 'hold', 'approve'], 'rejected'],
    ['is spam above all', ['hold', 'reject', 'spam', 'approve'], 'spam'],
  ])('%s', (_, outcomes, status) => expect(statusOf(outcomes.map(verdict))).toBe(status))

  it('does not depend on the order of the checks', () => {
    const outcomes = fc.array(fc.constantFrom<Outcome>('pass', 'approve', 'hold', 'spam', 'reject'))
    fc.assert(fc.property(outcomes, (some) => expect(statusOf(some.map(verdict))).toBe(statusOf(some.toReversed().map(verdict)))))
  })

  it('is never milder for one verdict more', () => {
    const severity = ['approved', 'pending', 'rejected', 'spam']
    const outcomes = fc.array(fc.constantFrom<Outcome>('pass', 'approve', 'hold', 'spam', 'reject'), { minLength: 1 })
    const added = fc.constantFrom<Outcome>('pass', 'hold', 'spam', 'reject')
    fc.assert(
      fc.property(outcomes, added, (some, more) => {
        const before = severity.indexOf(statusOf(some.map(verdict)))
        expect(severity.indexOf(statusOf([...some, more].map(verdict)))).toBeGreaterThanOrEqual(before)
      }),
    )
  })

  it('counts a silent check as nothing', () => {
    expect(judge({ submission: submissionOf(), rules: rulesOf(), checks: [silent] })).toEqual({ status: 'pending', verdicts: [] })
  })
})
