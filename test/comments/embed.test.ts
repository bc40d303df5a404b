import { locales } from '../../src/locales/index.ts'
import { startApp } from '../support/app.ts'

const BUDGET = 20 * 1024

test('the widget weighs at most 20 KB with the texts of any language', async () => {
  const app = await startApp()
  const sizeOf = async (path: string) => Number((await app.http.get(path).set('Accept-Encoding', 'gzip').expect(200)).get('Content-Length'))
  const script = await sizeOf('/embed.js')
  expect(script).toBeGreaterThan(5000)
  for (const locale of locales) expect(script + (await sizeOf(`/embed/x/${locale}.json`))).toBeLessThanOrEqual(BUDGET)
})

test('script and texts are for pages anywhere, compressed, with a strong tag', async () => {
  const app = await startApp()
  for (const [path, type] of [
    ['/embed.js', 'text/javascript'],
    ['/embed/0123456789ab/id-ID,en.json', 'application/json'],
  ] as const) {
    const first = await app.http.get(path).set('Origin', 'https://elsewhere.example').set('Accept-Encoding', 'gzip').expect(200)
    expect(first.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-encoding': 'gzip',
      'content-type': expect.stringContaining(type),
      vary: expect.stringContaining('Accept-Encoding'),
    })
    expect(first.headers['set-cookie']).toBeUndefined()
    await app.http.get(path).set('Accept-Encoding', 'gzip').set('If-None-Match', String(first.headers['etag'])).expect(304)
  }
})

test('the script comes by Brotli as soon as it is compressed, to who takes that', async () => {
  const app = await startApp()
  const get = (encoding: string) => fetch(`${app.url}/embed.js`, { headers: { 'Accept-Encoding': encoding } })
  const plain = await get('identity')
  let best = await get('gzip, deflate, br, zstd')
  while (best.headers.get('Content-Encoding') !== 'br') {
    expect(best.headers.get('Content-Encoding')).toBe('gzip') // nobody waits for it
    await best.arrayBuffer()
    best = await get('gzip, deflate, br, zstd')
  }
  const gzip = await get('gzip, br;q=0')
  expect(gzip.headers.get('Content-Encoding')).toBe('gzip')
  expect(Number(best.headers.get('Content-Length'))).toBeLessThan(Number(gzip.headers.get('Content-Length')) * 0.95)
  const tags = [plain, best, gzip].map(({ headers }) => headers.get('ETag'))
  expect(new Set(tags).size).toBe(3)
  const [text, ...others] = await Promise.all([plain, best, gzip].map((answer) => answer.text()))
  expect(others).toEqual([text, text])
})

test('texts are kept for ever by browsers, the script for minutes', async () => {
  const app = await startApp()
  expect((await app.http.get('/embed/x/de.json')).headers['cache-control']).toContain('immutable')
  expect((await app.http.get('/embed.js')).headers['cache-control']).toMatch(/max-age=600\b/)
  expect((await app.http.get('/embed/x/de.json')).body).toMatchObject({ locale: 'de', direction: 'ltr' })
  expect((await app.http.get('/embed/x/xx.json')).body).toMatchObject({ locale: 'en' })
})

test('the demo allows its own script and nothing inline', async () => {
  const app = await startApp()
  const page = await app.http.get('/demo').expect(200)
  expect(page.text).toContain('<balas-comments>')
  expect(page.text).toContain('/sites/default/thread?url=')
  const policy = String(page.headers['content-security-policy'])
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("connect-src 'self'")
  expect(policy).not.toContain('unsafe')
})
