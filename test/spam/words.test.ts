import fc from 'fast-check'
import { fold } from '../../src/spam/fold.ts'
import { phraseFinder } from '../../src/spam/phrases.ts'
import type { WordEntry } from '../../src/sites/word-lists.ts'
import type { Submission } from '../../src/spam/verdict.ts'
import { holdWords, rejectWords } from '../../src/spam/words.ts'
import { rulesOf, submissionOf } from './submission.ts'

const found = (words: WordEntry[], changes: Partial<Submission>) =>
  holdWords.judge({ submission: submissionOf(changes), rules: rulesOf({ holdWords: words }) })?.facts

describe('the word lists of the site', () => {
  it('hold and reject, each by its own list', () => {
    const submission = submissionOf({ body: 'main judi di kasino' })
    const rules = rulesOf({ holdWords: ['judi'], rejectWords: ['kasino'] })
    expect(holdWords.judge({ submission, rules })).toEqual({
      check: 'hold-words',
      outcome: 'hold',
      code: 'hold-word',
      reason: 'contains the held word "judi"',
      facts: { word: 'judi', field: 'body' },
    })
    expect(rejectWords.judge({ submission, rules })).toEqual({
      check: 'reject-words',
      outcome: 'reject',
      code: 'reject-word',
      reason: 'contains the rejected word "kasino"',
      facts: { word: 'kasino', field: 'body' },
    })
  })

  it('say nothing when they are empty or nothing is found', () => {
    expect(found([], {})).toBeUndefined()
    expect(found(['judi'], {})).toBeUndefined()
  })

  it.each<[string, Partial<Submission>]>([
    ['name', { name: 'Slot Gacor' }],
    ['website', { website: 'https://slot gacor.example' }],
    ['body', { body: 'ayo slot gacor' }],
  ])('are matched in the %s, and say so', (field, changes) => {
    expect(found(['slot gacor'], changes)).toEqual({ word: 'slot gacor', field })
  })

  it('are matched in the e-mail address without naming the word', () => {
    const submission = submissionOf({ email: 'judi@slot.example' })
    expect(holdWords.judge({ submission, rules: rulesOf({ holdWords: ['@slot.example'] }) })).toMatchObject({
      reason: 'contains a held word in the e-mail address',
      facts: { field: 'email' },
    })
  })

  it('match whole words, and inside others where an entry says so, as in WordPress', () => {
    expect(found(['press'], { body: 'saya suka WordPress' })).toBeUndefined()
    expect(found([{ text: 'press', match: 'anywhere' }], { body: 'saya suka WordPress' })).toMatchObject({ word: 'press' })
  })

  it.each([
    'JUDI',
    'Judi',
    'ｊｕｄｉ',
    '𝐣𝐮𝐝𝐢',
    'ju\u200bdi',
    'ju\u00addi',
    'j\u0336u\u0336d\u0336i\u0336',
    'judı',
    'ju<b></b>di',
    'ju<!-- x -->di',
    '&#106;udi',
  ])('find judi dressed up as %j', (body) => expect(found(['judi'], { body })).toMatchObject({ word: 'judi' }))

  it('find an address inside a tag', () => {
    expect(found(['spam.example'], { body: '<a href="http://spam.example/x">x</a>' })).toMatchObject({ word: 'spam.example' })
  })

  it('find phrases across line breaks and runs of spaces', () => {
    expect(found(['slot gacor'], { body: 'slot\n\n  \u00a0gacor' })).toMatchObject({ word: 'slot gacor' })
  })

  it('fold the entries as they fold the text, and report them as the moderator wrote them', () => {
    expect(found(['  STRASSE '], { body: 'an der straße' })).toMatchObject({ word: 'STRASSE' })
    expect(found(['ΟΔΟΣ'], { body: 'οδος' })).toMatchObject({ word: 'ΟΔΟΣ' })
    expect(found(['İstanbul'], { body: 'istanbul' })).toMatchObject({ word: 'İstanbul' })
  })

  it('tell letters with accents from letters without', () => {
    expect(found(['ano'], { body: 'el año' })).toBeUndefined()
    expect(found(['año'], { body: 'el An\u0303o' })).toMatchObject({ word: 'año' })
  })

  it.each([[['']], [[' ', '\t\n']], [['\u200b']]])('match nothing by blank entries %j', (words) => {
    expect(found(words, {})).toBeUndefined()
  })

  it.each(['.*', '(a+)+$', '[', '\\', 'a|b', '^Terima', '$&'])('take %j literally', (word) => {
    const entry = { text: word, match: 'anywhere' } as const
    expect(found([entry], {})).toBeUndefined()
    expect(found([entry], { name: `x${word}y` })).toMatchObject({ word, field: 'name' })
  })

  it('follow a list that changed', () => {
    const words = ['judi']
    expect(found(words, { body: 'kasino' })).toBeUndefined()
    words.push('kasino')
    expect(found(words, { body: 'kasino' })).toMatchObject({ word: 'kasino' })
  })

  it('find the last of many thousand alike words in a long text', () => {
    const words = Array.from({ length: 5000 }, (_, index) => ({ text: `${'a'.repeat(20)}${index}x`, match: 'anywhere' as const }))
    expect(found(words, { body: `${'a'.repeat(16_000)}4999x` })).toMatchObject({ word: words.at(-1)?.text })
  })
})

describe('searching many phrases at once', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '😀'), maxLength: 12 })

  it('finds a phrase exactly when the text includes one', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 6 }), letters, (phrases, text) => {
        const index = phraseFinder(phrases).find(text)
        if (index === null) expect(phrases.some((phrase) => phrase !== '' && text.includes(phrase))).toBe(false)
        else expect(text).toContain(phrases[index])
      }),
      { numRuns: 5000 },
    )
  })

  it('names the phrase that ends first', () => {
    expect(phraseFinder(['abcd', 'bc', 'c']).find('abcd')).toBe(1)
    expect(phraseFinder(['dd', 'abc']).find('xabcdd')).toBe(1)
  })
})

describe('folding', () => {
  it('changes nothing the second time', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(fold(fold(text))).toBe(fold(text))))
  })

  it('makes no difference between upper and lower case', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => expect(fold(text.toUpperCase())).toBe(fold(text.toLowerCase()))))
  })
})
