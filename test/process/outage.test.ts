import { expect, test } from '@jest/globals'
import { migrate } from '../../src/database/migrate.ts'
import { startApp } from '../support/app.ts'
import { startPostgres } from '../support/postgres.ts'

test('while PostgreSQL is away nothing is acknowledged, a sentence says so, and afterwards everything goes on', async () => {
  const postgres = await startPostgres()
  try {
    const databaseUrl = await postgres.createDatabase('outage')
    await migrate({ url: databaseUrl })
    const { http, reply, deps } = await startApp({ databaseUrl })
    expect((await reply()).status).toBe(201)

    await postgres.pause()
    const refused = await reply({ body: 'Tidak boleh hilang', idempotencyKey: 'once' })
    expect(refused.status).toBe(503)
    expect(refused.headers['content-type']).toContain('application/problem+json')
    expect(refused.body.detail).toContain('Nothing was stored')
    expect(JSON.stringify(refused.body)).not.toMatch(/prisma|ECONN|postgres/i)
    const ready = await http.get('/readyz')
    expect(ready.status).toBe(503)
    expect(ready.body).toEqual({ ready: false, missing: ['database'], reason: 'unreachable' })
    expect((await http.get('/livez')).status).toBe(200)
    const form = await http
      .post('/sites/default/reply')
      .type('form')
      .send({ comment_post_url: 'https://berita.example/x', author: 'A', email: 'a@b.example', comment: 'Tetap di sini' })
    expect(form.status).toBe(503)
    expect(form.text).toContain('Tetap di sini')

    await postgres.resume()
    const again = await reply({ body: 'Tidak boleh hilang', idempotencyKey: 'once' })
    expect(again.status).toBe(201)
    expect((await http.get('/readyz')).status).toBe(200)
    expect(await deps.db.read.comment.count()).toBe(2)
  } finally {
    await postgres.stop()
  }
})
