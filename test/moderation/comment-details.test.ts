import { describe, expect, test } from '@jest/globals'
import { addPerson } from '../../src/accounts/people.ts'
import { ARTICLE, startApp } from '../support/app.ts'
import { openDesk } from './desk.ts'

describe.each(['sqlite', 'postgresql'] as const)('what stands around a comment on %s', (kind) => {
  test('is its author’s record and other comments on this site, and nobody else’s', async () => {
    const app = await startApp({ kind })
    await app.set({ floodSeconds: 0 })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const { held, decide, get, list, answer, published } = await openDesk(app)
    const email = 'Budi@reader.example'
    const ids: string[] = []
    for (let n = 0; n < 13; n++) ids.push(await held({ email, body: `Budi nomor ${n} ${'x'.repeat(300)}`, title: 'Kereta' }))
    await decide(ids[0] ?? '', 'approve')
    await decide(ids[1] ?? '', 'spam')
    await decide(ids[2] ?? '', 'reject')
    const last = await held({ email: 'budi@READER.example', body: 'Terakhir' })
    await held({ email }, 'lain')
    const stranger = await held()
    const record = { approved: 1, rejected: 1, spam: 1, pending: 11 }
    const { authorRecord, others } = await get(last)
    expect(authorRecord).toEqual(record)
    expect(others.map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 10))
    expect(others[0]).toEqual({
      id: ids[12],
      status: 'pending',
      text: expect.stringMatching(/^Budi nomor 12 x+…$/),
      thread: { url: ARTICLE, title: 'Kereta' },
      createdAt: '2026-11-23T05:00:00.000Z',
    })
    expect(others[0]?.text).toHaveLength(200)
    expect(await get(stranger)).toMatchObject({ authorRecord: { ...record, approved: 0, rejected: 0, spam: 0, pending: 1 }, others: [] })
    const { comments } = await list({ limit: 100 })
    const records = new Map(comments.map((comment) => [comment.id, comment.authorRecord]))
    expect(records.get(ids[5] ?? '')).toEqual(record)
    expect(comments.find(({ site }) => site === 'lain')?.authorRecord).toEqual({ approved: 0, rejected: 0, spam: 0, pending: 1 })
    const { id } = await published()
    const own = (await answer(id, 'Terima kasih')).body.comment as { id: string }
    expect(await get(own.id)).toMatchObject({ authorRecord: null, others: [] })
  })

  test('is what it answers, and the newest public comments beside it', async () => {
    const app = await startApp({ kind })
    const { held, published, get, decide, remove } = await openDesk(app)
    const roots: string[] = []
    for (let n = 0; n < 7; n++) roots.push((await published({ body: `Akar ${n}` })).id)
    const parent = roots[0] ?? ''
    const reply = await held({ parentId: parent, body: 'Jawaban' })
    const beside = (await published({ parentId: parent, body: 'Jawaban lain', name: 'Ani' })).id
    await held({ parentId: parent })
    expect((await get(reply)).context).toEqual({
      parent: { id: parent, status: 'approved', author: 'Pembaca 1', text: 'Akar 0', createdAt: '2026-11-23T05:00:00.000Z' },
      siblings: [{ id: beside, status: 'approved', author: 'Ani', text: 'Jawaban lain', createdAt: '2026-11-23T05:00:00.000Z' }],
    })
    expect((await get(parent)).context).toMatchObject({ parent: null })
    expect((await get(parent)).context.siblings.map(({ id }) => id)).toEqual(roots.toReversed().slice(0, 5))
    await decide(parent, 'hold')
    expect((await get(reply)).context.parent).toMatchObject({ id: parent, status: 'pending' })
    await remove(parent)
    expect((await get(reply)).context.parent).toBeNull()
  })

  test('is what became of its mails; moderators see the addresses masked', async () => {
    const app = await startApp({ kind })
    const { db, clock: _, auth, delivery } = app.deps
    const person = { name: 'Wati', email: 'wati@redaksi.example', password: 'kata sandi yang panjang' }
    await addPerson({ db, clock: app.clock, auth, person, role: 'moderator', siteId: '*' })
    const owner = await openDesk(app)
    const moderator = await openDesk(app, await app.keyFor('moderator'))
    const id = await owner.held()
    const queued = {
      id: expect.any(String),
      comment: id,
      messageId: expect.stringMatching(/^<.+@.+>$/),
      nextAt: '2026-11-23T05:00:00.000Z',
      resentAs: null,
      kind: 'comment.held',
      to: 'wati@redaksi.example',
      state: 'queued',
      attempts: 0,
      outcome: null,
      createdAt: '2026-11-23T05:00:00.000Z',
      sentAt: null,
    }
    await app.deps.delivery.prepare()
    expect((await owner.get(id)).deliveries).toEqual([queued])
    app.clock.advance(5)
    await delivery.drainOnce()
    const sent = { nextAt: null, state: 'sent', attempts: 1, outcome: '250 kept by the test', sentAt: '2026-11-23T05:00:05.000Z' }
    expect((await owner.get(id)).deliveries).toEqual([{ ...queued, ...sent }])
    expect((await moderator.get(id)).deliveries).toEqual([{ ...queued, ...sent, to: 'w***@redaksi.example' }])
    await db.write((tx) => tx.user.deleteMany())
    expect((await owner.get(id)).deliveries).toMatchObject([{ to: null, state: 'sent' }])
  })
})
