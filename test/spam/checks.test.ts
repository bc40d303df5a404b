import { honeypot } from '../../src/spam/honeypot.ts'
import { links } from '../../src/spam/links.ts'
import { siteMode } from '../../src/spam/site-mode.ts'
import type { Rules } from '../../src/spam/verdict.ts'
import { rulesOf, submissionOf } from './submission.ts'

describe('the hidden field', () => {
  it('says nothing when left empty', () => {
    expect(honeypot.judge({ submission: submissionOf(), rules: rulesOf() })).toBeNull()
  })

  it.each(['http://spam.example', ' ', '0'])('makes spam of a comment when it holds %j', (value) => {
    expect(honeypot.judge({ submission: submissionOf({ honeypot: value }), rules: rulesOf() })).toEqual({
      check: 'honeypot',
      outcome: 'spam',
      code: 'hidden-field',
      reason: 'the hidden field was filled in',
    })
  })
})

describe('the number of links', () => {
  const found = (body: string, maxLinks = 1) =>
    links.judge({ submission: submissionOf({ body }), rules: rulesOf({ maxLinks }) })?.facts?.links ?? 0

  it('holds at the number the site sets, not below', () => {
    const rules = rulesOf({ maxLinks: 2 })
    expect(links.judge({ submission: submissionOf({ body: 'http://a.example' }), rules })).toBeNull()
    const body = 'http://a.example <a href="http://b.example">b</a> www.c.example'
    expect(links.judge({ submission: submissionOf({ body }), rules })).toEqual({
      check: 'links',
      outcome: 'hold',
      code: 'links',
      reason: '3 links, 2 or more are held',
      facts: { links: 3, maxLinks: 2 },
    })
  })

  it('speaks of one link in the singular', () => {
    const verdict = links.judge({ submission: submissionOf({ body: 'http://a.example' }), rules: rulesOf({ maxLinks: 1 }) })
    expect(verdict?.reason).toBe('1 link, 1 or more are held')
  })

  it('is off at 0, as in WordPress', () => {
    const body = 'http://a.example '.repeat(9)
    expect(links.judge({ submission: submissionOf({ body }), rules: rulesOf({ maxLinks: 0 }) })).toBeNull()
  })

  it('does not count the website field, as in WordPress', () => {
    const submission = submissionOf({ website: 'https://budi.example', body: 'http://a.example' })
    expect(links.judge({ submission, rules: rulesOf() })).toBeNull()
  })

  it.each([
    ['nothing in plain words', 'lihat readme.md, budi@contoh.example dan foo.example', 0],
    ['a link once that shows its own URL', '<a href="http://a.example">http://a.example</a>', 1],
    ['BBCode', '[url=http://a.example]x[/url] [URL]http://b.example[/URL] [link=c]c[/link] [img]http://d.example/x.png[/img]', 4],
    ['BBCode around a URL once', '[url=http://a.example]http://a.example[/url]', 1],
    ['BBCode and HTML side by side', '<a href="http://a.example">x</a> [url=http://a.example]x[/url]', 2],
    ['disguised schemes', 'hxxp://a.example hXXps://b.example', 2],
    ['full-width letters', 'ｈｔｔｐ：／／a.example', 1],
    ['a scheme with something invisible in it', 'ht\u200btp://a.example', 1],
    ['URLs stuck to a word', 'klik.http://a.example', 1],
    ['URLs in code', '<code>http://a.example</code>', 1],
    ['URLs beyond those made clickable', 'http://a.example '.repeat(30), 30],
    ['no link that the sanitiser took the address of', '<a href="javascript:alert(1)">x</a>', 0],
    ['nothing in brackets of other kinds', 'arr[url] = x [1]', 0],
  ])('counts %s', (_, body, count) => expect(found(body)).toBe(count))
})

describe('the mode of the site', () => {
  const outcome = (mode: Rules['mode'], changes = {}) =>
    siteMode.judge({ submission: submissionOf(changes), rules: rulesOf({ mode }) })?.outcome

  it('holds everybody', () => {
    expect(outcome('hold-all')).toBe('hold')
    expect(outcome('hold-all', { authorIsKnown: true })).toBe('hold')
  })

  it('holds first-timers and approves known authors', () => {
    expect(outcome('hold-first')).toBe('hold')
    expect(outcome('hold-first', { authorIsKnown: true })).toBe('approve')
  })

  it('holds the edit of a known author, whose approved comment may be the one edited', () => {
    expect(outcome('hold-first', { authorIsKnown: true, isEdit: true })).toBe('hold')
  })

  it('publishes everybody', () => {
    expect(outcome('publish-all')).toBe('approve')
  })

  it('gives another reason for each', () => {
    const reasons = [
      siteMode.judge({ submission: submissionOf(), rules: rulesOf({ mode: 'hold-all' }) }),
      siteMode.judge({ submission: submissionOf(), rules: rulesOf({ mode: 'hold-first' }) }),
      siteMode.judge({ submission: submissionOf({ authorIsKnown: true }), rules: rulesOf({ mode: 'hold-first' }) }),
      siteMode.judge({ submission: submissionOf({ isEdit: true }), rules: rulesOf({ mode: 'hold-first' }) }),
      siteMode.judge({ submission: submissionOf(), rules: rulesOf({ mode: 'publish-all' }) }),
    ].map((verdict) => verdict?.reason)
    expect(new Set(reasons).size).toBe(5)
  })
})
