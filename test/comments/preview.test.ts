import { describe, expect, it } from '@jest/globals'
import { startApp } from '../support/app.ts'
import { NOTHING, traces } from './state.ts'

const PREVIEW = '/api/v1/sites/default/preview'
const TYPED = 'Halo <b>semua</b>\r\nlihat https://berita.example/x <script>alert(1)</script>'

describe('a preview', () => {
  it('is exactly what would be stored, and stores nothing', async () => {
    const app = await startApp()
    const json = await app.http.post(PREVIEW).send({ body: TYPED })
    expect({ status: json.status, keys: Object.keys(json.body), cache: json.get('Cache-Control') }).toEqual({
      status: 200,
      keys: ['html'],
      cache: 'no-store',
    })
    expect((await app.http.post(PREVIEW).type('form').send({ body: TYPED })).body).toEqual(json.body)
    expect(await traces(app)).toEqual(NOTHING)
    expect((await app.reply({ body: TYPED })).body.comment.html).toBe(json.body.html)
  })

  it('takes the texts that a comment takes, and no others', async () => {
    const { http } = await startApp()
    for (const body of ['', ' \u0007 ', 'a\0b', 7, undefined, 'x'.repeat(16 * 1024 + 1), '<script>x</script>']) {
      const answer = await http.post(PREVIEW).send({ body })
      expect({ body, status: answer.status, field: answer.body.errors?.[0]?.field }).toEqual({ body, status: 422, field: 'body' })
    }
    expect((await http.post(PREVIEW).send({ body: 'x'.repeat(16 * 1024) })).status).toBe(200)
    expect((await http.post(PREVIEW).send({ body: 'x'.repeat(65 * 1024) })).status).toBe(413)
    expect((await http.post('/api/v1/sites/tidak-ada/preview').send({ body: 'Halo' })).status).toBe(404)
  })

  it('is for pages of the site', async () => {
    const { http, deps } = await startApp()
    await deps.sites.change(await deps.sites.byKey('default'), { allowedOrigins: ['https://berita.example'] })
    const own = await http.post(PREVIEW).set('Origin', 'https://berita.example').send({ body: 'Halo' })
    expect([own.status, own.get('Access-Control-Allow-Origin')]).toEqual([200, 'https://berita.example'])
    expect((await http.post(PREVIEW).set('Origin', 'https://lain.example').send({ body: 'Halo' })).status).toBe(403)
  })

  it('is made sixty times a minute for one network', async () => {
    const { http, clock } = await startApp({ env: { TRUST_PROXY: '1' } })
    const ask = (from: string) => http.post(PREVIEW).set('X-Forwarded-For', from).send({ body: 'Halo' })
    for (let n = 0; n < 60; n++) expect((await ask('203.0.113.1')).status).toBe(200)
    clock.advance(50)
    const refused = await ask('203.0.113.1')
    expect([refused.status, refused.get('Retry-After')]).toEqual([429, '10'])
    expect((await ask('203.0.113.2')).status).toBe(200)
    clock.advance(10)
    expect((await ask('203.0.113.1')).status).toBe(200)
  })
})
