import { describe, expect, test } from '@jest/globals'
import { startApp, type TestApp } from '../support/app.ts'
import { openDesk } from './desk.ts'

describe.each(['sqlite', 'postgresql'] as const)('deciding about all that match on %s', (kind) => {
  async function start(): Promise<{ app: TestApp; desk: Awaited<ReturnType<typeof openDesk>> }> {
    const app = await startApp({ kind })
    await app.set({ floodSeconds: 0, submissionsPerMinute: 1000 })
    return { app, desk: await openDesk(app) }
  }

  test('decides about what the list shows for the same filter, and can be undone', async () => {
    const { app, desk } = await start()
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const email = 'ramai@mail.example'
    const theirs: string[] = []
    for (let n = 0; n < 7; n++) theirs.push(await desk.held({ email, body: `Beli ${n}` }))
    const others = [await desk.held(), await desk.held({ email }, 'lain')]
    const filter = { site: 'default', status: 'pending', author: email }
    const { status, body } = await desk.decideAll(filter, 7, 'spam')
    expect([status, body]).toEqual([200, { decided: 7, batch: expect.any(String), conflicts: [] }])
    expect((await desk.walk({ status: 'spam' })).toSorted()).toEqual(theirs)
    expect(await desk.walk({ status: 'pending' })).toEqual(others)
    expect((await desk.undo(body.batch as string)).body).toEqual({ undone: 7, conflicts: [] })
    expect((await desk.decideAll({ site: ['default', 'lain'], q: 'beli', since: '2026-11-23' }, 100, 'reject')).body.decided).toBe(7)
    expect((await desk.decideAll({ q: 'tidak ada' }, 1, 'spam')).body).toMatchObject({ decided: 0 })
  })

  test('is refused with the real number when more match than the moderator saw', async () => {
    const { desk } = await start()
    for (let n = 0; n < 5; n++) await desk.held()
    const { status, body } = await desk.decideAll({ status: 'pending' }, 4, 'spam')
    expect([status, body]).toMatchObject([409, { type: 'urn:balas:problem:more-match', matches: 5 }])
    expect(await desk.counts()).toMatchObject({ pending: 5, spam: 0 })
  })

  test('keeps to the caller’s sites', async () => {
    const { app, desk } = await start()
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    await desk.held()
    const own = await desk.held({}, 'lain')
    const moderator = await openDesk(app, await app.keyFor('moderator', 'lain'))
    expect((await moderator.decideAll({ site: 'default' }, 10, 'spam')).status).toBe(404)
    expect((await moderator.decideAll({}, 10, 'spam')).body.decided).toBe(1)
    expect((await desk.get(own)).status).toBe('spam')
    expect(await desk.counts('default')).toMatchObject({ pending: 1 })
  })

  test('takes ids or a filter with a number, and not both', async () => {
    const { app, desk } = await start()
    const id = await desk.held()
    const send = async (body: object) => {
      const answer = await app.http
        .post('/api/v1/moderation/decisions')
        .set(desk.key)
        .send({ decision: 'spam', ...body })
      return [answer.status, (answer.body.errors as { field: string }[] | undefined)?.[0]?.field]
    }
    expect(await send({})).toEqual([422, 'ids'])
    expect(await send({ ids: [id], filter: {}, expected: 1 })).toEqual([422, 'ids'])
    expect(await send({ filter: {} })).toEqual([422, 'expected'])
    expect(await send({ ids: [id], expected: 1 })).toEqual([422, 'expected'])
    expect(await send({ filter: {}, expected: 10_001 })).toEqual([422, 'expected'])
    expect(await send({ filter: { status: 'removed' }, expected: 1 })).toEqual([422, 'filter.status'])
    expect(await desk.counts()).toMatchObject({ pending: 1 })
  })

  test('leaves alone what somebody else decided in the meantime', async () => {
    const { app, desk } = await start()
    const ids = [await desk.held(), await desk.held()]
    const [taken = '', stays = ''] = ids
    const { batches, queue, accounts: _, sites } = app.deps
    const principal = { kind: 'key' as const, id: 'x', name: 'x', grants: [{ siteId: '*', role: 'owner' as const }] }
    const found = await queue.matching({
      principal,
      sites: await sites.list('all'),
      filter: { site: undefined, status: 'pending' },
      most: 10,
    })
    await desk.decide(taken, 'approve')
    const answer = await batches.decideAll({ principal, ids: [...found.keys()], decision: 'spam', versions: found })
    expect(answer).toMatchObject({ decided: 1, conflicts: [{ id: taken, reason: 'Somebody else was faster.' }] })
    expect([(await desk.get(taken)).status, (await desk.get(stays)).status]).toEqual(['approved', 'spam'])
  })
})
