import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { canonicalUrl, isOwnArticle } from '../../src/sites/article-url.ts'

const keptParameters = ['p', 'page_id', 'id']
const canonical = (url: string) => canonicalUrl({ url, keptParameters })

describe('the canonical address of an article', () => {
  it.each([
    ['https://berita.example/x', 'https://berita.example/x'],
    ['HTTPS://Berita.EXAMPLE:443/x', 'https://berita.example/x'],
    ['http://berita.example:80', 'http://berita.example/'],
    ['https://berita.example:8443/x', 'https://berita.example:8443/x'],
    ['https://berita.example/a/../b/./c', 'https://berita.example/b/c'],
    ['  https://berita.example/x\n', 'https://berita.example/x'],
    ['https://münchen.example/ä', 'https://xn--mnchen-3ya.example/%C3%A4'],
  ])('of %j is %j', (url, expected) => expect(canonical(url)).toBe(expected))

  it.each([
    ['?utm_source=x&utm_medium=y&fbclid=z&gclid=1', ''],
    ['?email=budi@pembaca.example&token=rahasia', ''],
    ['?reply=1&preview=2&replytocom=3', ''],
    ['#respond', ''],
    ['?email=budi@pembaca.example#comment-5', ''],
    ['?p=7&utm_source=x', '?p=7'],
    ['?id=2&p=1', '?p=1&id=2'],
    ['?p=1&p=2', '?p=1'],
    ['?P=1', ''],
    ['?p=', '?p='],
    ['?p=a%20b+c%26d', '?p=a+b+c%26d'],
    ['?', ''],
  ])('keeps of %j only %j', (typed, expected) =>
    expect(canonical(`https://berita.example/x${typed}`)).toBe(`https://berita.example/x${expected}`),
  )

  it('names no user and no password', () => {
    expect(canonical('https://budi:rahasia@berita.example/x')).toBe('https://berita.example/x')
  })

  it.each([
    '',
    'x',
    '/x',
    '//berita.example/x',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://berita.example/x',
    'blob:https://berita.example/1',
    'file:///etc/passwd',
    'about:blank',
    'https://',
    'https://a b/',
    'mailto:a@b.example',
    'https:///',
  ])('is none for %j', (url) => expect(canonical(url)).toBeNull())

  it('is at most 2,000 bytes, tracking not counted', () => {
    const origin = 'https://berita.example/'
    expect(canonical(origin + 'x'.repeat(2000 - origin.length))).toHaveLength(2000)
    expect(canonical(origin + 'x'.repeat(2001 - origin.length))).toBeNull()
    expect(canonical(`${origin}?utm=${'x'.repeat(5000)}#${'y'.repeat(5000)}`)).toBe(origin)
    expect(canonical(origin + 'é'.repeat(400))).toBeNull()
  })

  it('is the same when it is made again, and never holds more than one line', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string({ unit: 'binary' }), (url, tail) => {
        const once = canonical(url + tail)
        if (once === null) return
        expect(canonical(once)).toBe(once)
        expect(once).not.toMatch(/[\s\0#<>"]/)
      }),
    )
  })
})

describe("whether an article is the site's own", () => {
  const own = (url: string, allowedOrigins: string[]) => isOwnArticle({ url, allowedOrigins, ownOrigins: ['http://127.0.0.1:3000'] })

  it('goes by scheme, host and port', () => {
    const allowed = ['https://berita.example', 'https://www.berita.example:8443']
    expect(own('https://berita.example/x', allowed)).toBe(true)
    expect(own('https://www.berita.example:8443/x', allowed)).toBe(true)
    for (const url of [
      'http://berita.example/',
      'https://www.berita.example/',
      'https://berita.example.jahat.example/',
      'https://jahat.example/?https://berita.example',
    ]) {
      expect(own(url, allowed)).toBe(false)
    }
  })

  it('is true of our own pages, and of every address while the site names no origin', () => {
    expect(own('http://127.0.0.1:3000/demo/plain', ['https://berita.example'])).toBe(true)
    expect(own('https://mana.example/saja', [])).toBe(true)
  })
})

it('knows an international address also after it has seen a hundred thousand', () => {
  let refused = 0
  for (let n = 0; n < 100_000; n++) if (canonical('https://münchen.example/ä') === null) refused++
  expect(refused).toBe(0)
})
