import { createServer } from 'node:http'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { pino } from 'pino'
import supertest from 'supertest'
import { createApp } from '../../src/app.ts'
import { compose } from '../../src/compose/compose.ts'
import { parseConfig } from '../../src/config.ts'
import { createLog } from '../../src/compose/log.ts'
import { ARTICLE, pinnedClock, startApp } from '../support/app.ts'
import { createDatabase } from '../support/databases.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** The application with every line of its log kept, down to the last detail. */
async function startLogged(kind: 'sqlite' | 'postgresql') {
  const lines: string[] = []
  // The very logger that the process uses, writing here.
  const serializers = createLog('silent')[pino.symbols.serializersSym as never] as Record<string, (value: unknown) => unknown>
  const log = pino({ level: 'trace', base: null, serializers }, { write: (line: string) => void lines.push(line) })
  const config = parseConfig({
    DATA_DIR: await mkdtemp(join(tmpdir(), 'balas-log-')),
    DATABASE_URL: await createDatabase(kind),
    SECRET: 'a secret that only tests know',
    TRUST_PROXY: '1',
  })
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const worker = new URL('../../dist/worker.js', import.meta.url)
  const deps = await compose({ config, publicUrl: 'http://127.0.0.1:3000', log, clock: pinnedClock(), workerFile: worker })
  server.on('request', createApp(deps))
  closing.push(async () => {
    await new Promise((resolve) => server.close(resolve))
    await deps.close()
  })
  return { deps, lines, http: supertest(server) }
}

describe.each(['sqlite', 'postgresql'] as const)('the log (%s)', (kind) => {
  it('never holds what a reader typed, an address, a token or a query, whatever goes wrong', async () => {
    const { deps, lines, http } = await startLogged(kind)
    const api = '/api/v1/sites/default'
    const secrets = ['rahasia', '203.0.113.77', '2001:db8:77', 'peramban-aneh', 'kunci-aneh', '%72ahasia', 'cmFoYXNpYQ']
    const reader = {
      url: `${ARTICLE}?email=rahasia@pembaca.example`,
      name: 'rahasia nama',
      email: 'rahasia@pembaca.example',
      website: 'https://rahasia.example',
      body: 'rahasia teks',
    }
    const as = <T extends supertest.Test>(request: T) =>
      request
        .set('X-Forwarded-For', '203.0.113.77')
        .set('User-Agent', 'peramban-aneh')
        .set('Idempotency-Key', 'kunci-aneh')
        .set('Referer', 'https://rahasia.example/')
    const sent = await as(http.post(`${api}/comments`)).send(reader)
    expect(sent.status).toBe(201)
    const { id } = sent.body.comment as { id: string }
    const token = sent.body.editToken as string
    await as(http.post(`${api}/comments`)).send({ ...reader, body: 'rahasia lain' })
    for (const fields of [
      { email: 'rahasia@x, y@rahasia' },
      { url: 'rahasia' },
      { name: '\0rahasia' },
      { body: 'rahasia\ud800' },
      { parentId: 'rahasia' },
      { idempotencyKey: ' rahasia' },
    ]) {
      await http
        .post(`${api}/comments`)
        .set('X-Forwarded-For', '2001:db8:77::1')
        .send({ ...reader, ...fields })
    }
    await as(http.post(`${api}/comments`))
      .set('Content-Type', 'application/json')
      .send('{"rahasia')
    await as(http.post(`${api}/comments`))
      .set('Content-Type', 'text/rahasia')
      .send('rahasia')
    await as(http.post('/sites/default/reply')).type('form').send({ comment: 'rahasia', email: 'rahasia' })
    await as(http.patch(`${api}/comments/${id}`))
      .set('Authorization', `Bearer ${token}`)
      .send({ body: 'rahasia baru' })
    await as(http.patch(`${api}/comments/${id}`))
      .set('Authorization', 'Bearer rahasia')
      .send({ body: 'rahasia baru' })
    for (const path of [
      `${api}/thread?url=rahasia`,
      `${api}/rahasia`,
      '/rahasia@pembaca.example',
      '/%72ahasia',
      '/sites/rahasia/thread?url=rahasia',
      '/moderate/rahasia',
      `/sites/default/thread?url=${encodeURIComponent(ARTICLE)}&replyto=rahasia`,
      '/%E0%A4%A',
    ]) {
      await as(http.get(path)).set('Cookie', 'balas_preview=rahasia; balas_author=rahasia')
    }
    // Errors that nobody expected, with everything in them that a database driver might quote.
    const { write } = deps.db
    const wrongs = [
      new Error('no rahasia@pembaca.example here'),
      Object.assign(new Error('Invalid `prisma.comment.createMany()` invocation: name: "rahasia nama" 203.0.113.77'), {
        name: 'PrismaClientValidationError',
      }),
      Object.assign(new Error('Failing row contains (rahasia teks)'), { name: 'PrismaClientUnknownRequestError' }),
      'rahasia',
    ]
    for (const wrong of wrongs) {
      deps.db.write = () => Promise.reject(wrong)
      const failed = await as(http.post(`${api}/comments`))
        .set('Idempotency-Key', '')
        .set('X-Forwarded-For', `198.51.100.${wrongs.indexOf(wrong)}`)
        .send({ ...reader, email: `rahasia${wrongs.indexOf(wrong)}@pembaca.example` })
      expect(failed.status).toBe(500)
      expect(failed.text).not.toMatch(/rahasia|prisma|Failing/)
    }
    deps.db.write = write
    const text = lines.join('')
    expect(lines.filter((line) => line.includes('"msg":"request"')).length).toBeGreaterThan(20)
    expect(lines.filter((line) => line.includes('a request failed'))).toHaveLength(wrongs.length)
    for (const secret of [...secrets, token, id, 'kereta-malam', '198.51.100'])
      expect({ secret, line: lines.find((line) => line.includes(secret)) }).toEqual({ secret, line: undefined })
    expect(text).not.toContain('127.0.0.1')
  })
})

describe('every answer', () => {
  it('names its request, as the log does', async () => {
    const { lines, http } = await startLogged('sqlite')
    const answers = [
      await http.get('/livez'),
      await http.get('/tidak-ada'),
      await http.post('/api/v1/sites/default/comments').set('X-Request-Id', 'palsu'),
    ]
    for (const answer of answers) {
      const id = answer.get('X-Request-Id') ?? ''
      expect(id).toMatch(UUID)
      expect(lines.filter((line) => line.includes(id)).map((line) => (JSON.parse(line) as { status: number }).status)).toEqual([
        answer.status,
      ])
    }
    expect(JSON.parse(lines.find((line) => line.includes(answers[2]?.get('X-Request-Id') ?? '')) ?? '{}')).toMatchObject({
      method: 'POST',
      route: '/api/v1/sites/:site/comments',
      status: 400,
      milliseconds: expect.any(Number),
    })
  })

  it('can stand in other people’s pages, and be framed or sniffed by nobody', async () => {
    const { http, reply, url } = await startApp()
    for (const answer of [
      await http.get('/demo/plain'),
      await http.get('/api/v1/sites/default/thread').query({ url: ARTICLE }),
      await reply(),
      await http.get('/tidak-ada'),
      await http.get('/avatars/3/BS.svg'),
      await http.get('/docs'),
    ]) {
      expect(answer.get('Cross-Origin-Resource-Policy')).toBe('cross-origin')
      expect(answer.headers).not.toHaveProperty('cross-origin-embedder-policy')
      expect(answer.get('X-Content-Type-Options')).toBe('nosniff')
      expect(answer.get('Referrer-Policy')).toBe('strict-origin-when-cross-origin')
      const policy = answer.get('Content-Security-Policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/upgrade-insecure-requests|script-src[^;]*unsafe/)
      expect(answer.headers).not.toHaveProperty('x-powered-by')
      expect(answer.headers).not.toHaveProperty('strict-transport-security')
      expect(answer.headers).not.toHaveProperty('server')
    }
    expect(url).toMatch(/^http:/)
    const secure = await startApp({ env: { PUBLIC_URL: 'https://balas.example' } })
    expect((await secure.http.get('/livez')).get('Strict-Transport-Security')).toBe('max-age=15552000')
  })

  it('to an unknown path is a problem for programs and a page for people', async () => {
    const { http } = await startApp()
    for (const path of [
      '/tidak-ada',
      '/api/v1/tidak-ada',
      '/api/v1/sites',
      '/api/v1/sites/default/thread/x',
      '/%E0%A4%A',
      '/api/%ff',
      '//',
      '/..%2f..%2fetc/passwd',
      '/avatars/99/x.svg',
    ]) {
      const answer = await http.get(path).set('Accept', 'application/json')
      expect({ path, status: answer.status, type: answer.get('Content-Type') }).toEqual({
        path,
        status: 404,
        type: 'application/problem+json; charset=utf-8',
      })
      expect(answer.body).toEqual({
        type: 'urn:balas:problem:not-found',
        title: 'Not found',
        status: 404,
        detail: 'Not found',
        instance: expect.stringMatching(/^\//),
      })
    }
    const page = await http.get('/tidak-ada').set('Accept', 'text/html,*/*;q=0.8').set('Accept-Language', 'id-ID,id;q=0.9')
    expect([page.status, page.get('Content-Type'), page.get('Cache-Control'), page.get('X-Robots-Tag')]).toEqual([
      404,
      'text/html; charset=utf-8',
      'no-store',
      'noindex',
    ])
    expect(page.text).toContain('<html lang="id"')
    expect(page.text).toContain(page.get('X-Request-Id'))
    const api = await http.get('/api/v1/tidak-ada').set('Accept', 'text/html')
    expect(api.get('Content-Type')).toBe('application/problem+json; charset=utf-8')
  })

  it('to a method that a path does not know is a problem too', async () => {
    const { http } = await startApp()
    for (const send of [
      http.put('/api/v1/sites/default/comments'),
      http.delete('/api/v1/sites/default/comments'),
      http.post('/livez'),
      http.get('/sites/default/reply'),
    ]) {
      const answer = await send
      expect([answer.status, answer.get('Content-Type')]).toEqual([404, 'application/problem+json; charset=utf-8'])
    }
  })

  it('about an error nobody expected says nothing internal', async () => {
    const { http, deps, reply } = await startApp()
    deps.db.write = () =>
      Promise.reject(new TypeError("Cannot read properties of undefined (reading 'x') at /srv/balas/dist/comments/intake.js"))
    const failed = await reply()
    expect(failed.body).toEqual({
      type: 'urn:balas:problem:internal',
      title: 'Something went wrong here',
      status: 500,
      detail: 'The error was logged.',
      instance: '/api/v1/sites/default/comments',
    })
    const page = await http
      .post('/sites/default/reply')
      .set('Accept', 'text/html')
      .type('form')
      .send({ comment_post_url: ARTICLE, author: 'A', email: 'a@pembaca.example', comment: 'x' })
    expect(page.status).toBe(500)
    expect(page.text).not.toMatch(/undefined|intake|TypeError/)
    expect(page.text).toContain(page.get('X-Request-Id'))
  })
})
