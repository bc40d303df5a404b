import { describe, expect, test } from '@jest/globals'
import { Conflict } from '../../src/errors.ts'
import { decide as decideInTime } from '../../src/moderation/decide.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { type Decision, openDesk, UNKNOWN } from './desk.ts'

const STATUS = { approve: 'approved', reject: 'rejected', spam: 'spam', hold: 'pending' } as const
const DECISIONS = Object.keys(STATUS) as Decision[]

/** What the database knows of a comment and what was done to it. */
const stored = async ({ deps: { db } }: TestApp, id: string) => ({
  row: await db.read.comment.findUnique({ where: { id } }),
  history: await db.read.history.findMany({ where: { commentId: id }, orderBy: { id: 'asc' } }),
  revisions: await db.read.revision.findMany({ where: { commentId: id }, orderBy: { id: 'asc' } }),
  site: await db.read.site.findFirst(),
  thread: await db.read.thread.findFirst(),
})

describe.each(['sqlite', 'postgresql'] as const)('a decision on %s', (kind) => {
  test('leads from every status to every other, and nowhere from the one to itself', async () => {
    const app = await startApp({ kind })
    const { held, decide, counts, thread, get } = await openDesk(app)
    const id = await held()
    for (const from of DECISIONS) {
      for (const to of DECISIONS) {
        await decide(id, from)
        const before = await stored(app, id)
        app.clock.advance(1)
        const { status, body } = await decide(id, to, { reason: `${from} → ${to}` })
        expect({ from, to, status, is: body.comment.status as string }).toEqual({ from, to, status: 200, is: STATUS[to] })
        if (from === to) {
          expect(await stored(app, id)).toEqual(before)
          continue
        }
        expect(body.comment.version).toBe((before.row?.version ?? 0) + 1)
        expect((await get(id)).history.at(-1)).toEqual({
          at: app.clock().toISOString(),
          actor: 'owner key',
          action: to,
          from: STATUS[from],
          to: STATUS[to],
          reason: `${from} → ${to}`,
          via: 'api',
        })
        expect(await counts()).toMatchObject({ pending: 0, approved: 0, rejected: 0, spam: 0, [STATUS[to]]: 1 })
        expect((await thread()).comments.map((shown) => shown.id)).toEqual(to === 'approve' ? [id] : [])
      }
    }
  })

  test('about a stale version is refused with the current comment, and changes nothing', async () => {
    const app = await startApp({ kind })
    const { held, decide, list } = await openDesk(app)
    const id = await held()
    await decide(id, 'approve', { version: 1 })
    const before = await stored(app, id)
    for (const decision of DECISIONS) {
      const answer = await decide(id, decision, { version: 1 })
      expect(answer.status).toBe(409)
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
      const [current] = (await list()).comments
      expect(answer.body).toMatchObject({ status: 409, type: 'urn:balas:problem:conflict', comment: current })
    }
    expect((await decide(id, 'reject', { version: 3 })).status).toBe(409)
    expect(await stored(app, id)).toEqual(before)
    expect((await decide(id, 'reject', { version: 2 })).status).toBe(200)
  })

  test.each<[Decision, Decision]>([
    ['approve', 'spam'],
    ['approve', 'approve'],
  ])('of two moderators who saw the same is one’s (%s and %s); the other one is told', async (one, other) => {
    const app = await startApp({ kind })
    const { held, decide, get } = await openDesk(app)
    for (let round = 0; round < 3; round++) {
      const id = await held()
      const answers = await Promise.all([decide(id, one, { version: 1 }), decide(id, other, { version: 1 })])
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
      const { history, status } = await get(id)
      expect(status).toBe(STATUS[answers[0]?.status === 200 ? one : other])
      expect(history).toHaveLength(2)
      for (const { body } of answers) expect(body.comment).toMatchObject({ id, status, version: 2 })
    }
  })

  test('without a version, in a crowd, is written down, changes nothing, or is refused: never lost', async () => {
    const app = await startApp({ kind })
    const { held, decide, get } = await openDesk(app)
    const crowd: Decision[] = ['approve', 'spam', 'approve', 'reject', 'spam', 'approve']
    for (let round = 0; round < 3; round++) {
      const id = await held()
      const answers = await Promise.all(crowd.map((decision) => decide(id, decision)))
      const done = (await get(id)).history.slice(1).map(({ to }) => to)
      expect(done.length).toBeGreaterThan(0)
      answers.forEach(({ status, body }, index) => {
        if (status === 200) expect(done).toContain(STATUS[crowd[index] ?? 'hold'])
        else expect({ status, is: body.comment.id as string }).toEqual({ status: 409, is: id })
      })
    }
  })

  test('that somebody else’s overtook on its way is refused, unless it would change nothing', async () => {
    const app = await startApp({ kind })
    const { db, outbox, clock } = app.deps
    const { held, decide } = await openDesk(app)
    const id = await held()
    await decide(id, 'approve')
    const before = await stored(app, id)
    const overtaken = (decision: Decision) =>
      db.write((tx) =>
        decideInTime(tx, { db, outbox, clock, request: { id, decision, found: 1, actor: { id: 'key:late', name: 'late key' } } }),
      )
    for (const decision of ['reject', 'spam', 'hold'] as const) {
      await expect(overtaken(decision)).rejects.toMatchObject({ code: Conflict.code })
    }
    expect(await overtaken('approve')).toBe(false)
    expect(await stored(app, id)).toEqual(before)
  })

  test('about a comment of which a new text waits is about that text: approve publishes it, reject drops it', async () => {
    const app = await startApp({ kind })
    const { published, amend, decide, thread, get, counts } = await openDesk(app)
    const comment = await published({ body: 'Pertama' })
    app.clock.advance(60)
    await amend(comment, 'Kedua')
    const dropped = await decide(comment.id, 'reject', { version: 3 })
    expect(dropped.body.comment).toMatchObject({ status: 'approved', body: 'Pertama', editedAt: null, edit: null, version: 4 })
    expect((await thread()).comments).toMatchObject([{ html: '<p>Pertama</p>' }])
    expect(await counts()).toMatchObject({ pending: 0, approved: 1, rejected: 0, spam: 0 })

    await amend(comment, 'Ketiga')
    const publishedNow = await decide(comment.id, 'approve')
    expect(publishedNow.body.comment).toMatchObject({
      status: 'approved',
      body: 'Ketiga',
      html: '<p>Ketiga</p>',
      editedAt: '2026-11-23T05:01:00.000Z',
      edit: null,
    })
    expect((await thread()).comments).toMatchObject([{ html: '<p>Ketiga</p>', editedAt: '2026-11-23T05:01:00.000Z' }])
    expect((await stored(app, comment.id)).revisions).toMatchObject([
      { state: 'dropped', body: 'Kedua', replacedBody: null },
      { state: 'published', body: 'Ketiga', replacedBody: 'Pertama' },
    ])
    expect((await get(comment.id)).history.map(({ action, from, to }) => [action, from, to])).toEqual([
      ['submit', null, 'pending'],
      ['approve', 'pending', 'approved'],
      ['edit', 'approved', 'approved'],
      ['reject', 'approved', 'approved'],
      ['edit', 'approved', 'approved'],
      ['approve', 'approved', 'approved'],
    ])
  })

  test('makes an article’s title public, and takes it away with the comment that told it', async () => {
    const app = await startApp({ kind })
    const { held, decide, thread, get } = await openDesk(app)
    const first = await held({ title: 'Kereta malam' })
    const second = await held({ title: 'JUDI ONLINE' })
    expect((await thread()).title).toBeNull()
    expect((await get(second)).thread.title).toBe('JUDI ONLINE')
    await decide(first, 'approve')
    expect((await thread()).title).toBe('Kereta malam')
    expect((await get(second)).thread.title).toBe('JUDI ONLINE') // what approving it would publish
    await decide(second, 'spam')
    expect((await thread()).title).toBe('Kereta malam')
    await decide(second, 'approve')
    expect((await thread()).title).toBe('JUDI ONLINE')
    await decide(second, 'spam')
    expect((await thread()).title).toBe('Kereta malam')
    await decide(first, 'hold')
    expect((await thread()).title).toBeNull()
  })

  test('reaches only what is there and the caller’s, and only decisions that there are', async () => {
    const app = await startApp({ kind })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const { held, decide, key } = await openDesk(app)
    const theirs = await openDesk(app, await app.keyFor('owner', 'lain'))
    const id = await held()
    const before = await stored(app, id)
    const problem = async (request: ReturnType<typeof decide>) => {
      const { status, body, headers } = await request
      expect(headers['content-type']).toMatch(/^application\/problem\+json/)
      return [status, body.errors as unknown]
    }
    for (const bad of [UNKNOWN, 'x', '%00', '..%2f..', 'x'.repeat(200), `${id}%20`])
      expect(await problem(decide(bad, 'approve'))).toEqual([404, undefined])
    for (const each of [
      theirs.decide(id, 'approve'),
      theirs.find(id),
      theirs.edit(id, 'x', 1),
      theirs.remove(id),
      theirs.answer(id, 'x'),
    ]) {
      expect((await problem(each))[0]).toBe(404)
    }
    const send = (body: object) => app.http.post(`/api/v1/moderation/comments/${id}/decisions`).set(key).send(body)
    expect(await problem(send({ decision: 'remove' }))).toEqual([422, [{ field: 'decision', message: expect.any(String) }]])
    expect(await problem(send({}))).toEqual([422, [{ field: 'decision', message: expect.any(String) }]])
    expect(await problem(send({ decision: 'approve', version: '1' }))).toEqual([422, [{ field: 'version', message: expect.any(String) }]])
    expect(await problem(send({ decision: 'approve', reason: 'a\0b' }))).toEqual([422, [{ field: 'reason', message: expect.any(String) }]])
    expect(await problem(send({ decision: 'approve', reason: '\ud800' }))).toEqual([
      422,
      [{ field: 'reason', message: expect.any(String) }],
    ])
    expect((await problem(app.http.post(`/api/v1/moderation/comments/${id}/decisions`).set(key)))[0]).toBe(400)
    expect(await stored(app, id)).toEqual(before)
  })
})

describe('a decision', () => {
  const kind = 'sqlite'

  test('tells in the history who decided and why, and readers nothing of it', async () => {
    const app = await startApp({ kind })
    const { held, get, thread } = await openDesk(app)
    const id = await held()
    const moderator = await openDesk(app, await app.keyFor('moderator', 'default'))
    await moderator.decide(id, 'approve', { reason: '  bagus "sekali" <b>\n' })
    expect((await get(id)).history).toMatchObject([
      { actor: 'author', action: 'submit', from: null, to: 'pending' },
      { actor: 'moderator key', action: 'approve', from: 'pending', to: 'approved', reason: 'bagus "sekali" <b>' },
    ])
    expect((await stored(app, id)).history).toMatchObject([
      { actorId: expect.stringMatching(/^key:[0-9a-f]{32}$/), version: 2, batchId: null, revisionId: null },
    ])
    expect(JSON.stringify(await thread())).not.toMatch(/bagus|moderator key/)
  })

  test('of spam or hold takes the comment itself, also where a new text waits', async () => {
    const app = await startApp({ kind })
    const { published, amend, decide, thread, get, counts } = await openDesk(app)
    const spam = await published({ body: 'Satu' })
    await amend(spam, 'Satu, diubah')
    expect((await decide(spam.id, 'spam')).body.comment).toMatchObject({ status: 'spam', body: 'Satu', edit: null })
    expect(await counts()).toMatchObject({ pending: 0, approved: 0, rejected: 0, spam: 1 })

    const hold = await published({ body: 'Dua' })
    await amend(hold, 'Dua, diubah')
    const heldNow = await decide(hold.id, 'hold')
    expect(heldNow.body.comment).toMatchObject({ status: 'pending', body: 'Dua', edit: { body: 'Dua, diubah' } })
    expect((await thread()).comments).toEqual([])
    expect(await counts()).toMatchObject({ pending: 1, approved: 0, rejected: 0, spam: 1 })
    const again = await decide(hold.id, 'hold')
    expect(again.body.comment.version).toBe(heldNow.body.comment.version)
    await decide(hold.id, 'approve')
    expect((await thread()).comments).toMatchObject([{ id: hold.id, html: '<p>Dua, diubah</p>' }])
    expect(await get(hold.id)).toMatchObject({ status: 'approved', edit: null })
  })
})
