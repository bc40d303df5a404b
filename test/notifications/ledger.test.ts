import { describe, expect, test } from '@jest/globals'
import { newId } from '../../src/ids.ts'
import { makePerson } from '../accounts/person.ts'
import { openDesk, UNKNOWN } from '../moderation/desk.ts'
import { startApp, type TestApp } from '../support/app.ts'

interface Mail {
  id: string
  kind: string
  comment: string | null
  to: string | null
  state: string
  attempts: number
  outcome: string | null
  messageId: string
  nextAt: string | null
  sentAt: string | null
  resentAs: string | null
}
const DAY = 86_400

/** Two people who are told, and what the ledger says to an owner or a moderator. */
async function openLedger(kind: 'sqlite' | 'postgresql') {
  const app = await startApp({ kind })
  await makePerson(app, { email: 'wati@redaksi.example', role: 'owner' })
  await makePerson(app, { email: 'budi@redaksi.example', role: 'moderator' })
  const plain = await openDesk(app)
  /** A comment that waits, and whose mails stand in the ledger. */
  const held: typeof plain.held = async (...about) => {
    const id = await plain.held(...about)
    await app.deps.delivery.prepare()
    return id
  }
  const desk = { ...plain, held }
  const owner = await app.keyFor('owner', 'default')
  const moderator = await app.keyFor('moderator', 'default')
  const path = '/api/v1/sites/default/mail'
  const list = async (query: object = {}, key = owner) =>
    (await app.http.get(path).query(query).set(key)).body as { mails: Mail[]; nextCursor: string | null }
  return {
    app,
    desk,
    owner,
    moderator,
    path,
    list,
    get: async (id: string, key = owner) => (await app.http.get(`${path}/${id}`).set(key)).body.mail as Mail,
    resend: (id: string, key = owner) => app.http.post(`${path}/${id}/resend`).set(key),
    counts: async () => (await app.http.get(`${path}/counts`).set(moderator)).body as object,
  }
}

/** Ends a mail as a mail server would have it. */
const end = ({ deps }: TestApp, id: string, data: { state: string; outcome: string }) =>
  deps.db.write((tx) => tx.delivery.update({ where: { id }, data: { ...data, attempts: 3 } }))

describe.each(['sqlite', 'postgresql'] as const)('the delivery ledger on %s', (kind) => {
  test('tells of every mail what became of it, whole to owners and with masked addresses to moderators', async () => {
    const { app, desk, moderator, list, get, counts } = await openLedger(kind)
    const comment = await desk.held()
    expect(await counts()).toEqual({ queued: 2, sending: 0, sent: 0, failed: 0, suppressed: 0 })
    app.clock.advance(3)
    await app.deps.delivery.drainOnce()
    const { mails, nextCursor } = await list()
    expect(nextCursor).toBeNull()
    expect(mails.map(({ to }) => to).toSorted()).toEqual(['budi@redaksi.example', 'wati@redaksi.example'])
    expect(mails[0]).toMatchObject({
      kind: 'comment.held',
      comment,
      state: 'sent',
      attempts: 1,
      outcome: '250 kept by the test',
      nextAt: null,
      sentAt: '2026-11-23T05:00:03.000Z',
      resentAs: null,
    })
    expect(app.mails.map(({ messageId }) => messageId).toSorted()).toEqual(mails.map(({ messageId }) => messageId).toSorted())
    const masked = await list({}, moderator)
    expect(masked.mails.map(({ to }) => to).toSorted()).toEqual(['b***@redaksi.example', 'w***@redaksi.example'])
    expect(await get(mails[0]?.id ?? '', moderator)).toEqual(masked.mails[0])
    expect(await counts()).toEqual({ queued: 0, sending: 0, sent: 2, failed: 0, suppressed: 0 })
  })

  test('lists by state, kind and comment, page by page, and one site’s alone', async () => {
    const { app, desk, owner, path, list } = await openLedger(kind)
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    await makePerson(app, { email: 'lain@redaksi.example', site: 'lain' })
    const first = await desk.held()
    const second = await desk.held()
    const elsewhere = await desk.held({}, 'lain')
    await app.http.post('/api/v1/sites/default/members').set(owner).send({ email: 'baru@mail.example', role: 'moderator' })
    const all = (await list()).mails
    expect(all).toHaveLength(5)
    expect(all[0]).toMatchObject({ kind: 'member.invited', to: 'baru@mail.example', comment: null })
    expect(all.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    )
    await end(app, all[1]?.id ?? '', { state: 'failed', outcome: '550 no' })
    const ids = async (query: object) => (await list(query)).mails.map(({ id }) => id)
    expect(await ids({ state: 'failed' })).toEqual([all[1]?.id])
    expect(await ids({ kind: 'member.invited' })).toEqual([all[0]?.id])
    expect(await ids({ kind: 'nothing' })).toEqual([])
    expect(await ids({ comment: first })).toEqual(all.filter(({ comment }) => comment === first).map(({ id }) => id))
    expect(await ids({ comment: second, state: 'queued' })).toHaveLength(1)
    const page = await list({ limit: 3 })
    expect([...page.mails, ...(await list({ limit: 3, cursor: page.nextCursor })).mails]).toEqual((await list()).mails)
    const refused = await app.http.get(path).query({ state: 'lost' }).set(owner)
    expect(refused.body).toMatchObject({ status: 422, errors: [{ field: 'state' }] })
    const foreign = await app.deps.db.read.delivery.findFirstOrThrow({ where: { dedupe: { contains: elsewhere } } })
    expect((await app.http.get(`${path}/${foreign.id}`).set(owner)).status).toBe(404)
    expect((await app.http.post(`${path}/${foreign.id}/resend`).set(owner)).status).toBe(404)
  })

  test('sends a failed mail again as a new one, with another Message-ID, once however often it is asked', async () => {
    const { app, desk, moderator, get, resend, list } = await openLedger(kind)
    await desk.held()
    const [failed] = (await list()).mails
    const id = failed?.id ?? ''
    await end(app, id, { state: 'failed', outcome: '550 5.1.1 no such user' })
    expect((await resend(id, moderator)).status).toBe(403)

    const answers = await Promise.all([resend(id), resend(id), resend(id)])

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 201])
    const again = answers[0]?.body.mail as Mail
    expect(new Set(answers.map(({ body }) => body.mail.id))).toEqual(new Set([again.id]))
    expect(again).toMatchObject({ kind: 'comment.held', comment: failed?.comment, to: failed?.to, state: 'queued', attempts: 0 })
    expect(again.messageId).not.toBe(failed?.messageId)
    expect(await get(id)).toMatchObject({ state: 'failed', outcome: '550 5.1.1 no such user', resentAs: again.id })
    await app.deps.delivery.drainOnce()
    expect(app.mails.filter(({ messageId }) => messageId === again.messageId)).toHaveLength(1)
    expect(app.mails.filter(({ messageId }) => messageId === failed?.messageId)).toHaveLength(0)
    expect(await get(again.id)).toMatchObject({ state: 'sent' })
    expect((await resend(again.id)).status).toBe(201)
  })

  test('writes a mail that is sent again from what is true by then', async () => {
    const { app, desk, get, resend, list } = await openLedger(kind)
    const comment = await desk.held()
    await app.deps.delivery.drainOnce()
    await desk.decide(comment, 'approve')
    const [sent] = (await list()).mails
    const again = (await resend(sent?.id ?? '')).body.mail as Mail
    await app.deps.delivery.drainOnce()
    expect(await get(again.id)).toMatchObject({ state: 'suppressed', outcome: 'it was decided before the mail was sent' })
    expect(app.mails).toHaveLength(2)
  })

  test('tries a mail at once that waits for its next try, and leaves one alone that is being sent', async () => {
    const { app, desk, get, resend, list } = await openLedger(kind)
    await desk.held()
    const [waiting, leased] = (await list()).mails
    const { db } = app.deps
    const later = new Date(app.clock().getTime() + 3_600_000)
    await db.write((tx) => tx.delivery.update({ where: { id: waiting?.id ?? '' }, data: { nextAt: later, attempts: 4 } }))
    await db.write((tx) =>
      tx.delivery.update({ where: { id: leased?.id ?? '' }, data: { state: 'sending', leaseId: UNKNOWN, leaseUntil: later } }),
    )
    const hurried = await resend(waiting?.id ?? '')
    expect(hurried.status).toBe(200)
    expect(hurried.body.mail).toMatchObject({ id: waiting?.id, messageId: waiting?.messageId })
    expect((await resend(leased?.id ?? '')).body).toMatchObject({ status: 409, detail: 'It is being sent just now.' })
    await app.deps.delivery.drainOnce()
    expect(await get(waiting?.id ?? '')).toMatchObject({ state: 'sent', attempts: 5 })
    expect((await resend(UNKNOWN)).status).toBe(404)
    expect((await resend('x')).status).toBe(404)
  })

  test('shows on the overview how many failed for good and were not sent again', async () => {
    const { app, desk, moderator, resend, list } = await openLedger(kind)
    await desk.held()
    const overview = async () => (await app.http.get('/api/v1/moderation/overview?days=1').set(moderator)).body.failedMails as object
    expect(await overview()).toEqual([])
    for (const { id } of (await list()).mails) await end(app, id, { state: 'failed', outcome: '550 no' })
    expect(await overview()).toEqual([{ site: 'default', failed: 2 }])
    await resend((await list({ state: 'failed' })).mails[0]?.id ?? '')
    expect(await overview()).toEqual([{ site: 'default', failed: 1 }])
    app.clock.advance(2 * DAY)
    expect(await overview()).toEqual([])
  })

  test('forgets after half a year what came to an end', async () => {
    const { app, desk, list } = await openLedger(kind)
    await desk.held()
    const [open] = (await list()).mails
    await app.deps.delivery.drainOnce()
    await app.deps.db.write((tx) => tx.delivery.update({ where: { id: open?.id ?? '' }, data: { state: 'queued' } }))
    app.clock.advance(179 * DAY)
    expect(await app.deps.ledger.forgetOld()).toBe(0)
    app.clock.advance(2 * DAY)
    const young = newId(app.clock())
    await app.deps.db.write(async (tx) => {
      const row = await tx.delivery.findFirstOrThrow({ where: { state: 'sent' } })
      await tx.delivery.create({ data: { ...row, id: young, dedupe: 'young' } })
    })
    expect(await app.deps.ledger.forgetOld()).toBe(1)
    expect((await list()).mails.map(({ id }) => id)).toEqual([young, open?.id])
  })
})
