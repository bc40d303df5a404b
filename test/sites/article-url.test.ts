import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type AddressRules, createAddresses } from '../../src/sites/article-url.ts'

const RULES: AddressRules = {
  keptParameters: ['p', 'page_id', 'id'],
  ignoreScheme: true,
  ignoreWww: true,
  ignoreTrailingSlash: true,
  ignoreAmp: true,
}
const OWN = 'http://127.0.0.1:3000'
type Options = Partial<AddressRules> & { allowedOrigins?: string[] }

const addresses = ({ allowedOrigins = [], ...rules }: Options = {}) =>
  createAddresses({ rules: { ...RULES, ...rules }, allowedOrigins, ownOrigins: [OWN] })
const article = (address: string, options?: Options) => addresses(options).articleAt(address)
const urlOf = (address: string, options?: Options) => article(address, options)?.url ?? null
const keyOf = (address: string, options?: Options) => article(address, options)?.key ?? null
const isOwn = (address: string, allowedOrigins: string[], rules?: Options) => article(address, { ...rules, allowedOrigins })?.isOwn

describe('the address that an article is shown by', () => {
  it.each([
    ['https://berita.example/x', 'https://berita.example/x'],
    ['HTTPS://Berita.EXAMPLE:443/x', 'https://berita.example/x'],
    ['http://berita.example:80', 'http://berita.example/'],
    ['https://berita.example:8443/x', 'https://berita.example:8443/x'],
    ['https://berita.example/a/../b/./c', 'https://berita.example/b/c'],
    ['  https://berita.example/x\n', 'https://berita.example/x'],
    ['https://münchen.example/ä', 'https://xn--mnchen-3ya.example/%C3%A4'],
    ['http://www.berita.example/x/', 'http://www.berita.example/x/'],
    ['https://berita.example/x/amp/', 'https://berita.example/x/'],
    ['https://amp.berita.example/x', 'https://amp.berita.example/x'],
    ['https://berita.example/あ/%e3%81%82/%7E', 'https://berita.example/%E3%81%82/%E3%81%82/~'],
    ['https://berita.example/%2fa%2526/100%/%%361', 'https://berita.example/%2Fa%2526/100%25/%2561'],
  ])('of %j is %j', (address, expected) => expect(urlOf(address)).toBe(expected))

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
    expect(urlOf(`https://berita.example/x${typed}`)).toBe(`https://berita.example/x${expected}`),
  )

  it('names no user and no password', () => {
    expect(urlOf('https://budi:rahasia@berita.example/x')).toBe('https://berita.example/x')
  })

  it.each([
    [['https://www.berita.example'], 'http://berita.example/x', 'https://www.berita.example/x'],
    [['https://www.berita.example'], 'https://amp.berita.example/x/', 'https://www.berita.example/x/'],
    [['https://www.berita.example', 'https://berita.example'], 'https://berita.example/x', 'https://www.berita.example/x'],
    [['http://berita.example', 'https://berita.example'], 'http://berita.example/x', 'https://berita.example/x'],
    [['https://amp.berita.example', 'http://berita.example'], 'https://amp.berita.example/x', 'http://berita.example/x'],
    [['http://berita.example'], 'https://berita.example/x', 'http://berita.example/x'],
    [['https://berita.example'], 'http://berita.example:8080/x', 'http://berita.example:8080/x'],
    [[], `${OWN}/demo/plain`, `${OWN}/demo/plain`],
  ])('is, for a site at %j, of %j %j', (allowedOrigins, address, expected) => expect(urlOf(address, { allowedOrigins })).toBe(expected))

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
  ])('is none for %j', (address) => expect(article(address)).toBeNull())

  it('is at most 2,000 bytes, tracking not counted', () => {
    const origin = 'https://berita.example/'
    expect(urlOf(origin + 'x'.repeat(2000 - origin.length))).toHaveLength(2000)
    expect(urlOf(origin + 'x'.repeat(2001 - origin.length))).toBeNull()
    expect(urlOf(`${origin}?utm=${'x'.repeat(5000)}#${'y'.repeat(5000)}`)).toBe(origin)
    expect(urlOf(origin + 'é'.repeat(400))).toBeNull()
  })

  it('is the same when it is made again, with the same key, and never holds more than one line', () => {
    const piece = fc.constantFrom('/', '%', '%61', '%c3', '36', 'amp', '/amp', 'amp/', 'a', '?amp', '?p=1', '#x', 'é')
    const url = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.array(piece, { maxLength: 8 }).map((pieces) => `http://www.berita.example/${pieces.join('')}`),
    )
    fc.assert(
      fc.property(url, fc.string({ unit: 'binary' }), (address, tail) => {
        const once = article(address + tail)
        if (once === null) return
        expect(article(once.url)).toEqual(once)
        expect(`${once.url}${once.key}`).not.toMatch(/[\s\0#<>"]/)
      }),
    )
  })
})

describe('the key of an article', () => {
  const X = 'https://berita.example/x'
  it.each([
    'https://berita.example/x',
    'http://berita.example/x',
    'https://www.berita.example/x',
    'http://www.berita.example:80/x/',
    'https://berita.example/x/?utm_source=surat#comment-1',
    'https://berita.example/x/amp',
    'https://berita.example/x/amp/',
    'https://berita.example/amp/x',
    'https://berita.example/x?amp',
    'https://berita.example/x?amp=1',
    'https://berita.example/x?outputType=amp',
    'https://amp.berita.example/x/',
    'http://amp.www.berita.example/x',
    'https://berita.example/%78/%61mp',
  ])('is one for all ways to write it: %j', (address) => expect(keyOf(address)).toBe(X))

  it.each([
    ['https://berita.example', 'https://berita.example/'],
    ['https://berita.example/', 'https://berita.example/'],
    ['https://berita.example/amp', 'https://berita.example/amp'],
    ['https://berita.example/amp/', 'https://berita.example/amp'],
    ['https://berita.example/camp/', 'https://berita.example/camp'],
    ['https://berita.example/x-amp', 'https://berita.example/x-amp'],
    ['https://berita.example/amplifier', 'https://berita.example/amplifier'],
    ['https://berita.example/amplifier/x', 'https://berita.example/amplifier/x'],
    ['https://berita.example/x/amplifier/', 'https://berita.example/x/amplifier'],
    ['https://berita.example/x/AMP', 'https://berita.example/x/AMP'],
    ['https://berita.example/x/amp/y', 'https://berita.example/x/amp/y'],
    ['https://berita.example/X', 'https://berita.example/X'],
    ['https://berita.example//x', 'https://berita.example//x'],
    ['https://berita.example/x/?p=7', 'https://berita.example/x?p=7'],
    ['https://wwwberita.example/', 'https://wwwberita.example/'],
    ['https://www.example/', 'https://www.example/'],
    ['http://amp.example/', 'https://amp.example/'],
    ['https://m.berita.example/x', 'https://m.berita.example/x'],
    ['http://www.berita.example:8080/x', 'http://www.berita.example:8080/x'],
    ['http://127.0.0.1/x', 'http://127.0.0.1/x'],
    ['http://127.0.0.1:3000/x/', 'http://127.0.0.1:3000/x'],
    ['http://[::1]/x', 'http://[::1]/x'],
    ['http://localhost/x', 'http://localhost/x'],
    ['http://www.blog.localhost/x', 'http://www.blog.localhost/x'],
  ])('keeps apart what is another article, or meant as it stands: of %j it is %j', (address, expected) =>
    expect(keyOf(address)).toBe(expected),
  )

  it.each([
    ['ignoreScheme', 'http://berita.example/x'],
    ['ignoreWww', 'https://www.berita.example/x'],
    ['ignoreTrailingSlash', 'https://berita.example/x/'],
    ['ignoreAmp', 'https://berita.example/x/amp'],
    ['ignoreAmp', 'https://amp.berita.example/x'],
  ])('is told apart without %s: %j', (rule, address) => {
    expect(keyOf(address)).toBe(X)
    expect(keyOf(address, { [rule]: false })).toBe(address)
  })

  it('knows AMP parameters from others of that name, where the site keeps them', () => {
    const keptParameters = ['amp', 'outputType']
    expect(keyOf(`${X}?amp=1&outputType=amp`, { keptParameters })).toBe(X)
    expect(keyOf(`${X}?amp=fender&outputType=pdf`, { keptParameters })).toBe(`${X}?amp=fender&outputType=pdf`)
    expect(keyOf(`${X}?amp=1`, { keptParameters, ignoreAmp: false })).toBe(`${X}?amp=1`)
  })

  it('does not depend on the origins that the site names', () => {
    expect(keyOf('http://berita.example/x', { allowedOrigins: ['https://www.berita.example'] })).toBe(X)
  })

  it('of a path full of slashes and amps is found without going over it again and again', () => {
    const long = `https://berita.example${'/amp'.repeat(480)}${'/'.repeat(50)}x`
    for (let n = 0; n < 200; n++) keyOf(long) // else the test would hardly end
  })
})

describe("whether an article is the site's own", () => {
  const allowed = ['https://berita.example', 'https://www.berita.example:8443', 'https://www.kabar.example']

  it.each([
    'https://berita.example/x',
    'http://berita.example/x',
    'https://www.berita.example/',
    'http://amp.berita.example/x',
    'https://www.berita.example:8443/x',
    'https://kabar.example/',
    `${OWN}/demo/plain`,
  ])('it is at %j', (address) => expect(isOwn(address, allowed)).toBe(true))

  it.each([
    'https://berita.example.jahat.example/',
    'https://jahat.example/?https://berita.example',
    'https://berita.example@jahat.example/',
    'https://jahat.example/https://berita.example',
    'https://blog.berita.example/',
    'https://www.www.berita.example/',
    'https://berita.example:8443/',
    'http://www.berita.example:8443/x',
    'http://berita.example:443/',
    'https://berita.example./',
    'https://ʙerita.example/',
    'http://127.0.0.1/',
    'http://localhost:3000/',
  ])('it is not at %j', (address) => expect(isOwn(address, allowed)).toBe(false))

  it('is only at the very origins where the rules tell all apart', () => {
    const strict = { ignoreScheme: false, ignoreWww: false, ignoreAmp: false }
    expect(isOwn('https://berita.example/x', allowed, strict)).toBe(true)
    for (const address of ['http://berita.example/', 'https://www.berita.example/', 'https://amp.berita.example/']) {
      expect(isOwn(address, allowed, strict)).toBe(false)
    }
  })

  it('is true of every address while the site names no origin', () => {
    expect(isOwn('https://mana.example/saja', [])).toBe(true)
  })
})

it('knows an international address also after it has seen a hundred thousand', () => {
  const reader = addresses()
  let refused = 0
  for (let n = 0; n < 100_000; n++) if (reader.articleAt('https://münchen.example/ä') === null) refused++
  expect(refused).toBe(0)
})
