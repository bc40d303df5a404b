import { describe, expect, test } from '@jest/globals'
import { startApp } from '../support/app.ts'

const PATH = '/api/v1/sites/default'

describe.each(['sqlite', 'postgresql'] as const)('the history of a site on %s', (kind) => {
  test('says who changed what from what to what, newest first, and nothing where nothing is different', async () => {
    const app = await startApp({ kind })
    const key = await app.keyFor('owner')
    const patch = (change: object) => app.http.patch(PATH).set(key).send(change)
    await patch({ name: 'Berita', settings: { mode: 'hold-first', maxLinks: 2 } })
    app.clock.advance(60)
    await patch({ settings: { holdWords: ['judi', 'slot'] }, allowedOrigins: ['https://berita.example'] })
    await patch({ name: 'Berita' })
    expect((await patch({ settings: { maxLinks: -1 } })).status).toBe(422)
    await app.set({ floodSeconds: 0 })
    const { body } = await app.http.get(`${PATH}/history`).set(key)
    expect(body).toEqual({
      changes: [
        {
          id: expect.any(String),
          at: '2026-11-23T05:01:00.000Z',
          actor: 'system',
          fields: [{ field: 'settings.floodSeconds', from: 15, to: 0 }],
        },
        {
          id: expect.any(String),
          at: '2026-11-23T05:01:00.000Z',
          actor: 'owner key',
          fields: [
            { field: 'allowedOrigins', from: [], to: ['https://berita.example'] },
            { field: 'settings.holdWords', from: [], to: ['judi', 'slot'] },
          ],
        },
        {
          id: expect.any(String),
          at: '2026-11-23T05:00:00.000Z',
          actor: 'owner key',
          fields: [
            { field: 'name', from: 'Situs saya', to: 'Berita' },
            { field: 'settings.mode', from: 'hold-all', to: 'hold-first' },
          ],
        },
      ],
      nextCursor: null,
    })
  })

  test('is paged, and each site has its own', async () => {
    const app = await startApp({ kind })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const key = await app.keyFor('owner')
    for (let n = 1; n <= 3; n++)
      await app.http
        .patch(PATH)
        .set(key)
        .send({ name: `Nama ${n}` })
    await app.http.patch('/api/v1/sites/lain').set(key).send({ name: 'Lain sekali' })
    const page = async (cursor = '') => (await app.http.get(`${PATH}/history`).query({ limit: 2, cursor }).set(key)).body
    const first = await page()
    const names = (body: { changes: { fields: { to: string }[] }[] }) => body.changes.map(({ fields }) => fields[0]?.to)
    expect(names(first)).toEqual(['Nama 3', 'Nama 2'])
    const second = await page(first.nextCursor as string)
    expect([names(second), second.nextCursor]).toEqual([['Nama 1'], null])
  })

  test('has no line for a change that was refused as a whole', async () => {
    const app = await startApp({ kind })
    const key = await app.keyFor('owner')
    await app.reply({ url: 'https://berita.example/a' })
    await app.http
      .patch(PATH)
      .set(key)
      .send({ settings: { ignoreTrailingSlash: false } })
    await app.reply({ url: 'https://berita.example/a/' })
    const refused = await app.http
      .patch(PATH)
      .set(key)
      .send({ settings: { ignoreTrailingSlash: true } })
    expect(refused.status).toBe(409)
    expect((await app.http.get(`${PATH}/history`).set(key)).body.changes).toHaveLength(1)
  })
})
