import { expect, it } from '@jest/globals'
import { ARTICLE, startApp } from '../support/app.ts'

const FORM = 'application/x-www-form-urlencoded'

it('bytes that are no UTF-8 are refused, and nothing is stored', async () => {
  const app = await startApp()
  const api = '/api/v1/sites/default/comments'
  const json = Buffer.from(JSON.stringify({ url: ARTICLE, name: 'André', email: 'a@contoh.example', body: 'Café' }), 'latin1')
  const asJson = await app.http
    .post(api)
    .set('Content-Type', 'application/json')
    .serialize((body) => body as string)
    .send(json as unknown as string)
  const form = `url=${encodeURIComponent(ARTICLE)}&name=Andr%E9&email=a%40contoh.example&body=Caf%E9+100%25+`
  const asForm = await app.http.post(api).set('Content-Type', FORM).send(form)
  for (const answer of [asJson, asForm]) {
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ type: 'urn:balas:problem:malformed', detail: expect.stringContaining('UTF-8') })
  }
  expect(await app.deps.db.read.comment.count()).toBe(0)
})

it('a plain form in another encoding is shown again with what was typed', async () => {
  const app = await startApp()
  const form = `url=${encodeURIComponent(ARTICLE)}&name=Andr%E9&email=a%40contoh.example&body=Caf%E9+%93bagus%94`
  const page = await app.http.post('/sites/default/reply').set('Content-Type', FORM).send(form)
  expect(page.status).toBe(400)
  expect(page.text).toContain('value="André"')
  expect(page.text).toContain('Café “bagus”</textarea>')
  expect(page.text).toMatch(/<form[^>]* accept-charset="utf-8"/i)
  expect(await app.deps.db.read.comment.count()).toBe(0)
})

it('UTF-8, escaped or not, and a lonely percent sign are as ever', async () => {
  const app = await startApp()
  const form = `url=${encodeURIComponent(ARTICLE)}&name=André&email=a%40contoh.example&body=100% benar, kafé`
  const sent = await app.http.post('/api/v1/sites/default/comments').set('Content-Type', FORM).send(form)
  expect(sent.status).toBe(201)
  expect(sent.body.comment).toMatchObject({ author: { name: 'André' }, html: '<p>100% benar, kafé</p>' })
})
