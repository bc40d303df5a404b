import { describe, expect, test } from '@jest/globals'
import { startApp } from '../support/app.ts'
import { openDesk } from '../moderation/desk.ts'

describe.each(['sqlite', 'postgresql'] as const)('the overview on %s', (kind) => {
  test('counts by the site’s days what came in, how long it waited, where, and what the checks said', async () => {
    const app = await startApp({ kind }) // noon in Jakarta
    await app.set({ floodSeconds: 0, rejectWords: ['judi'] })
    const { held, decide, key } = await openDesk(app)
    const old = await held({ url: 'https://berita.example/lama' })
    app.clock.advance(2 * 86_400 + 11 * 3600) // 23.00 two days later
    const first = await held({ title: 'Kereta' })
    await held({ body: 'main judi' })
    await held({ body: 'https://a.example https://b.example' })
    app.clock.advance(100)
    await decide(first, 'approve')
    app.clock.advance(3600) // past midnight
    const second = await held({ url: 'https://berita.example/lain' })
    app.clock.advance(20)
    await decide(second, 'spam')
    await decide(second, 'approve')
    await decide(old, 'reject')
    const ask = async (query: object = {}) => (await app.http.get('/api/v1/moderation/overview').query(query).set(key)).body
    const none = { received: 0, pending: 0, approved: 0, rejected: 0, spam: 0 }
    expect(await ask({ days: 2 })).toEqual({
      days: [
        { day: '2026-11-25', received: 3, pending: 1, approved: 1, rejected: 1, spam: 0 },
        { day: '2026-11-26', received: 1, pending: 0, approved: 1, rejected: 0, spam: 0 },
      ],
      waiting: { decided: 3, medianSeconds: 100, p90Seconds: 2 * 86_400 + 12 * 3600 + 120 },
      articles: [
        { site: 'default', url: 'https://berita.example/2026/kereta-malam', title: 'Kereta', received: 3 },
        { site: 'default', url: 'https://berita.example/lain', title: null, received: 1 },
      ],
      checks: [
        { check: 'links', spam: 0, held: 1, rejected: 0 },
        { check: 'reject-words', spam: 0, held: 0, rejected: 1 },
        { check: 'site-mode', spam: 0, held: 4, rejected: 0 },
      ],
      failedMails: [],
    })
    const month = await ask()
    expect(month.days).toHaveLength(30)
    expect(month.days.at(-4)).toEqual({ day: '2026-11-23', ...none, received: 1, rejected: 1 })
    expect(month.days[0]).toEqual({ day: '2026-10-28', ...none })
  })

  test('adds up the caller’s sites, or those that are asked about', async () => {
    const app = await startApp({ kind })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const { held } = await openDesk(app)
    await held()
    await held({}, 'lain')
    await held({}, 'lain')
    const ask = async (query: object, site?: string) =>
      (
        await app.http
          .get('/api/v1/moderation/overview')
          .query(query)
          .set(await app.keyFor('moderator', site))
      ).body
    const today = (body: { days: { received: number }[] }) => body.days.at(-1)?.received
    expect(today(await ask({}))).toBe(3)
    expect(today(await ask({ site: 'lain' }))).toBe(2)
    expect(today(await ask({}, 'default'))).toBe(1)
    expect(await ask({ site: 'lain', days: 1 })).toMatchObject({
      waiting: { decided: 0, medianSeconds: null, p90Seconds: null },
      articles: [{ site: 'lain', received: 2 }],
    })
    expect((await ask({ site: 'lain' }, 'default')).status).toBe(404)
    expect((await ask({ days: 91 })).status).toBe(422)
  })
})
