import { describe, expect, it } from '@jest/globals'
import type { Site } from '../../src/sites/sites.ts'
import { createAddresses } from '../../src/sites/article-url.ts'
import { redirectTarget } from '../../src/comments/return-address.ts'
import { ARTICLE, startApp } from '../support/app.ts'
import { attribute, control, elementsOf } from '../views/document.ts'

const REPLY = '/sites/default/reply'
const OWN = 'https://balas.example'
const THREAD_PAGE = `/sites/default/thread?${new URLSearchParams({ url: ARTICLE })}#your-comment`
const TYPED = { author: 'Budi', email: 'budi@pembaca.example', comment: 'Saya setuju.', comment_post_url: ARTICLE }

const RULES = { keptParameters: [], ignoreScheme: true, ignoreWww: true, ignoreTrailingSlash: true, ignoreAmp: true }
const target = (redirectTo: unknown, allowedOrigins = ['https://berita.example', 'http://127.0.0.1:8080']) => {
  const addresses = createAddresses({ rules: RULES, allowedOrigins, ownOrigins: [OWN] })
  const site = { allowedOrigins } as Site
  return redirectTarget({ site, addresses, article: { url: ARTICLE, key: ARTICLE }, redirectTo })?.href ?? null
}

describe('where a form may lead', () => {
  it.each([
    ['https://berita.example/terima-kasih?a=b#c', 'https://berita.example/terima-kasih?a=b#c'],
    ['http://www.berita.example/', 'http://www.berita.example/'],
    ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080/x'],
    [`${OWN}/demo/plain`, `${OWN}/demo/plain`],
    ['/terima-kasih', 'https://berita.example/terima-kasih'],
    ['terima-kasih', 'https://berita.example/2026/terima-kasih'],
    ['?terkirim=1', `${ARTICLE}?terkirim=1`],
    ['#bawah', `${ARTICLE}#bawah`],
    ['//berita.example/x', 'https://berita.example/x'],
    ['/%5Cjahat.example', 'https://berita.example/%5Cjahat.example'],
    ['https:jahat.example', 'https://berita.example/2026/jahat.example'], // as browsers read it beside an https page
  ])('is %j', (redirectTo, expected) => expect(target(redirectTo)).toBe(expected))

  it.each([
    undefined,
    null,
    '',
    ['https://berita.example/'],
    { href: 'https://berita.example/' },
    'https://jahat.example/',
    '//jahat.example',
    '///jahat.example',
    '////jahat.example//',
    'http:/jahat.example',
    '/\\jahat.example',
    '\\\\jahat.example',
    'https:\\\\jahat.example',
    'https://berita.example\\@jahat.example',
    'https://jahat.example\\.berita.example',
    'https://berita.example@jahat.example/',
    'https://jahat.example@berita.example/',
    'https://:x@berita.example/',
    'https://berita.example.jahat.example/',
    'https://berita.example:8443/',
    'https://blog.berita.example/',
    'javascript:alert(1)',
    'JaVaScript://berita.example/%0aalert(1)',
    'data:text/html,x',
    'vbscript:x',
    'ftp://berita.example/',
    'blob:https://berita.example/x',
    'view-source:https://berita.example/',
    'java\tscript:alert(1)',
    '/\t/jahat.example',
    '/\n/jahat.example',
    '/\r\nLocation: https://jahat.example',
    ' https://berita.example/',
    'https://berita.example/\0',
    '\u202Ehttps://berita.example/',
    'https://berita.example/\uFEFF',
    'https://berita.example\u3000/',
    `https://berita.example/${'x'.repeat(2000)}`,
  ])('is not %j', (redirectTo) => expect(target(redirectTo)).toBeNull())

  it('is the article’s own origin, and no other one, while the site names none', () => {
    expect(target('https://berita.example/x', [])).toBe('https://berita.example/x')
    expect(target('/x', [])).toBe('https://berita.example/x')
    expect(target(`${OWN}/demo/plain`, [])).toBe(`${OWN}/demo/plain`)
    for (const redirectTo of ['https://jahat.example/', 'http://berita.example/', 'https://www.berita.example/', 'data:,x']) {
      expect(target(redirectTo, [])).toBeNull()
    }
  })
})

describe.each(['sqlite', 'postgresql'] as const)('the plain form with redirect_to (%s)', (kind) => {
  const start = async (settings: object = {}) => {
    const app = await startApp({ kind })
    await app.set({ submissionsPerMinute: 1000, floodSeconds: 0, ...settings })
    let said = 0
    const post = (fields: Record<string, string>) =>
      app.http
        .post(REPLY)
        .type('form')
        .send({ ...TYPED, comment: `Saya setuju ${++said}.`, ...fields })
    return { ...app, post }
  }

  it('leads there, to the comment when it is published', async () => {
    const { post, set, deps } = await start()
    const held = await post({ redirect_to: '/terima-kasih?x=1#atas' })
    expect([held.status, held.get('Location')]).toEqual([303, 'https://berita.example/terima-kasih?x=1#atas'])
    await set({ mode: 'publish-all' })
    const shown = await post({ redirect_to: '/terima-kasih?x=1#atas' })
    const { id } = await deps.db.read.comment.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(shown.get('Location')).toBe(`https://berita.example/terima-kasih?x=1#comment-${id}`)
  })

  it('leads nowhere else: then it lands where it would without', async () => {
    const { post } = await start()
    for (const redirectTo of ['https://jahat.example/', '//jahat.example', '/\\jahat.example', 'javascript:alert(1)']) {
      const sent = await post({ redirect_to: redirectTo })
      expect([sent.status, sent.get('Location')]).toEqual([303, THREAD_PAGE])
    }
  })

  it('takes a double click for one reply, and a second one that leads elsewhere too', async () => {
    const { post, deps } = await start()
    const once = { idempotencyKey: 'kunci', comment: 'Sekali saja.' }
    const first = await post({ ...once, redirect_to: '/a' })
    const again = await post({ ...once, redirect_to: '/b' })
    expect([first.get('Location'), again.get('Location')]).toEqual(['https://berita.example/a', 'https://berita.example/b'])
    expect(await deps.db.read.comment.count()).toBe(1)
  })

  it('keeps it when something was wrong, and lets the browser go there', async () => {
    const app = await start()
    await app.deps.sites.change(await app.deps.sites.byKey('default'), {
      allowedOrigins: ['https://berita.example', 'https://terima.example'],
    })
    const fieldOf = (text: string) => attribute(control(elementsOf(text), 'redirect_to'), 'value')
    const wrong = await app.post({ email: 'budi@', redirect_to: 'https://terima.example/kasih' })
    expect([wrong.status, fieldOf(wrong.text)]).toEqual([422, 'https://terima.example/kasih'])
    expect(wrong.get('Content-Security-Policy')).toContain("form-action 'self' https://berita.example https://terima.example;")
    const foreign = await app.post({ email: 'budi@', redirect_to: 'https://jahat.example/' })
    expect(foreign.get('Content-Security-Policy')).toContain("form-action 'self' https://berita.example;")
  })
})
