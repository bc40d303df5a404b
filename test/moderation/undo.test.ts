import { describe, expect, test } from '@jest/globals'
import { startApp } from '../support/app.ts'
import { openDesk } from './desk.ts'

describe.each(['sqlite', 'postgresql'] as const)('undoing on %s', (kind) => {
  async function start() {
    const app = await startApp({ kind })
    await app.set({ floodSeconds: 0 })
    return { app, mine: await openDesk(app), theirs: await openDesk(app, await app.keyFor('moderator')) }
  }

  test('a single decision puts the comment back, once, and only by who made it', async () => {
    const { mine, theirs } = await start()
    const id = await mine.held()
    await mine.decide(id, 'approve')
    const refused = await theirs.undoOwn(id)
    expect([refused.status, refused.body.comment]).toMatchObject([409, { id, status: 'approved', version: 2 }])
    const undone = await mine.undoOwn(id)
    expect([undone.status, undone.body.comment]).toMatchObject([200, { id, status: 'pending', version: 3 }])
    expect((await mine.get(id)).history.at(-1)).toMatchObject({ action: 'undo', from: 'approved', to: 'pending' })
    expect((await mine.undoOwn(id)).status).toBe(409)
    expect(await mine.counts()).toMatchObject({ pending: 1, approved: 0, rejected: 0, spam: 0 })
    expect((await mine.thread()).count).toBe(0)
  })

  test('a single decision is refused when anything happened to the comment since, or nothing at all before', async () => {
    const { mine, theirs } = await start()
    const id = await mine.held()
    expect((await mine.undoOwn(id)).status).toBe(409)
    await mine.decide(id, 'approve')
    await theirs.decide(id, 'spam')
    expect((await mine.undoOwn(id)).status).toBe(409)
    expect((await theirs.undoOwn(id)).body.comment).toMatchObject({ status: 'approved' })
    expect((await mine.undoOwn(id)).status).toBe(409)
    const edited = await mine.held()
    await mine.decide(edited, 'approve')
    await mine.edit(edited, 'Diubah', 2)
    expect((await mine.undoOwn(edited)).status).toBe(409)
  })

  test('a single decision about a revision lets it wait again, what it replaced being public', async () => {
    const { app, mine } = await start()
    const comment = await mine.published({ body: 'Pertama' })
    app.clock.advance(60)
    await mine.amend(comment, 'Kedua')
    await mine.decide(comment.id, 'approve')
    expect((await mine.undoOwn(comment.id)).body.comment).toMatchObject({ status: 'approved', body: 'Pertama', edit: { body: 'Kedua' } })
  })

  test('the last minutes puts back single decisions and batches, and leaves the rest', async () => {
    const { app, mine, theirs } = await start()
    const [early, single, ...many]: [string, string, ...string[]] = [
      await mine.held(),
      await mine.held(),
      await mine.held(),
      await mine.held(),
    ]
    const foreign = await mine.held()
    const changed = await mine.held()
    await mine.decide(early, 'approve')
    app.clock.advance(11 * 60)
    await mine.decide(single, 'reject')
    await mine.batch([...many, changed], 'spam')
    await theirs.decide(foreign, 'approve')
    await theirs.decide(changed, 'approve')
    app.clock.advance(60)
    const { status, body } = await mine.undoRecent(10)
    expect(status).toBe(200)
    expect(body).toEqual({ undone: 3, conflicts: [{ id: changed, reason: 'It was changed since' }] })
    const statuses = await Promise.all([early, single, ...many, foreign, changed].map(async (id) => (await mine.get(id)).status))
    expect(statuses).toEqual(['approved', 'pending', 'pending', 'pending', 'approved', 'approved'])
    expect(await mine.counts()).toMatchObject({ pending: 3, approved: 3, rejected: 0, spam: 0 })
    expect((await mine.undoRecent(10)).body).toMatchObject({ undone: 0 })
  })

  test('the last minutes takes a comment that was decided several times back to the beginning', async () => {
    const { app, mine, theirs } = await start()
    const id = await mine.held()
    const between = await mine.held()
    const revised = await mine.published({ body: 'Pertama' })
    app.clock.advance(120)
    await mine.amend(revised, 'Kedua')
    app.clock.advance(12 * 60)
    for (const decision of ['approve', 'spam', 'hold'] as const) await mine.decide(id, decision)
    await mine.undoOwn(id)
    await mine.decide(id, 'reject')
    await mine.decide(between, 'approve')
    await theirs.decide(between, 'spam')
    await mine.decide(between, 'reject')
    await mine.decide(revised.id, 'approve')
    await mine.decide(revised.id, 'spam')
    expect((await mine.undoRecent(10)).body).toEqual({ undone: 3, conflicts: [] })
    expect((await mine.get(id)).status).toBe('pending')
    expect((await mine.get(between)).status).toBe('spam')
    expect(await mine.get(revised.id)).toMatchObject({ status: 'approved', body: 'Pertama', edit: { body: 'Kedua' } })
    expect(await mine.counts()).toMatchObject({ pending: 2, approved: 1, rejected: 0, spam: 1 })
  })

  test('the last minutes keeps to the sites that are still the caller’s, and to 1 to 60 minutes', async () => {
    const { mine } = await start()
    for (const minutes of [0, 61, 1.5]) expect((await mine.undoRecent(minutes)).status).toBe(422)
    expect((await mine.undoRecent(60)).body).toEqual({ undone: 0, conflicts: [] })
  })
})
