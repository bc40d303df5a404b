import { describe, expect, test } from '@jest/globals'
import { lowestIdAt, newId } from '../../src/ids.ts'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'
import { commentRow } from '../transfer/history.ts'
import { openDesk, UNKNOWN } from './desk.ts'

/** Many held comments at once, with the counts that go with them. */
async function hold({ deps: { db, sites }, clock }: TestApp, many: number): Promise<string[]> {
  const site = await sites.byKey('default')
  const threadId = newId(clock())
  const rows = Array.from({ length: many }, (_, n) =>
    commentRow({
      siteId: site.id,
      threadId,
      at: new Date(clock().getTime() + n),
      body: `Komentar ${n}`,
      status: 'pending',
      queue: 'pending',
    }),
  )
  await db.write(async (tx) => {
    await tx.thread.create({ data: { id: threadId, siteId: site.id, url: ARTICLE, key: ARTICLE, createdAt: clock() } })
    await tx.comment.createMany({ data: rows })
    await tx.site.update({ where: { id: site.id }, data: { pendingCount: { increment: many } } })
  })
  return rows.map(({ id }) => id)
}

/** All that can be seen of comments and thread, without what an undo leaves behind: versions and history. */
async function state({ deps: { db } }: TestApp) {
  const comments = await db.read.comment.findMany({ orderBy: { id: 'asc' }, include: { revisions: { orderBy: { id: 'asc' } } } })
  const sites = await db.read.site.findMany()
  const threads = await db.read.thread.findMany()
  return { comments: comments.map(({ version: _, ...row }) => row), sites, threads: threads.map(({ version: _, ...row }) => row) }
}

describe.each(['sqlite', 'postgresql'] as const)('a batch on %s', (kind) => {
  test('of 500 is decided and put back, each line in the history, readers’ comments coming in meanwhile', async () => {
    const app = await startApp({ kind })
    const { batch, undo, counts, get } = await openDesk(app)
    const ids = await hold(app, 500)
    const order: string[] = []
    const decided = batch(ids, 'approve', 'semua baik').then((answer) => {
      order.push('batch')
      return answer
    })
    const comesIn = async () => {
      const sent = await app.reply()
      order.push('reply')
      return sent.status
    }
    expect([await comesIn(), await comesIn()]).toEqual([201, 201])
    const { status, body } = await decided
    expect(status).toBe(200)
    expect(body).toEqual({ decided: 500, batch: expect.any(String), conflicts: [] })
    expect(order).toEqual(['reply', 'reply', 'batch'])
    expect(await counts()).toMatchObject({ pending: 2, approved: 500, rejected: 0, spam: 0 })
    expect((await app.deps.db.read.thread.findFirst())?.approvedCount).toBe(500)
    expect((await get(ids[250] ?? '')).history.at(-1)).toMatchObject({ action: 'approve', actor: 'owner key', reason: 'semua baik' })
    const undone = await undo(body.batch as string)
    expect(undone.body).toEqual({ undone: 500, conflicts: [] })
    expect(await counts()).toMatchObject({ pending: 502, approved: 0, rejected: 0, spam: 0 })
    expect((await get(ids[250] ?? '')).history.at(-1)).toMatchObject({ action: 'undo', from: 'approved', to: 'pending' })
  })

  test('takes 1 to 500 ids, and refuses the rest whole', async () => {
    const app = await startApp({ kind })
    const { batch, key, counts } = await openDesk(app)
    const [id = ''] = await hold(app, 1)
    const many = (length: number) => Array.from({ length }, (_, n) => (n === 0 ? id : lowestIdAt(new Date(n))))
    const send = (body: object) => app.http.post('/api/v1/moderation/decisions').set(key).send(body)
    for (const body of [
      { ids: many(501), decision: 'spam' },
      { ids: [], decision: 'spam' },
      { ids: id, decision: 'spam' },
      { ids: ['a\0'], decision: 'spam' },
      { ids: [id], decision: 'delete' },
    ]) {
      expect((await send(body)).status).toBe(422)
    }
    expect(await counts()).toMatchObject({ pending: 1 })
    expect(await app.deps.db.read.batch.count()).toBe(0)
    const { body } = await batch(many(500), 'spam')
    expect(body.decided).toBe(1)
    expect(body.conflicts).toHaveLength(499)
  })

  test('names what is unknown, foreign, removed or given twice, and decides the rest', async () => {
    const app = await startApp({ kind })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const desk = await openDesk(app)
    const ours = await desk.held()
    const already = await desk.held()
    await desk.decide(already, 'spam')
    const foreign = await desk.held({}, 'lain')
    const { id: removed } = await desk.published()
    await desk.answer(removed, 'Terima kasih')
    await desk.remove(removed)
    const moderator = await openDesk(app, await app.keyFor('moderator', 'default'))
    const { body } = await moderator.batch([foreign, ours, ours, UNKNOWN, 'x', already, removed], 'spam')
    expect(body.decided).toBe(1)
    expect((body.conflicts as { id: string; reason: string }[]).map(({ id }) => id).toSorted()).toEqual(
      [foreign, UNKNOWN, removed, 'x'].toSorted(),
    )
    expect(new Set((body.conflicts as { id: string; reason: string }[]).map(({ reason }) => reason))).toEqual(new Set(['No such comment']))
    expect((await desk.get(foreign)).status).toBe('pending')
    expect((await desk.get(already)).history).toHaveLength(2)
  })

  test.each(['approve', 'reject', 'spam', 'hold'] as const)(
    'undone leaves everything as it was before: statuses, texts, revisions, counts (%s)',
    async (decision) => {
      const app = await startApp({ kind })
      const { published, held, amend, decide, batch, undo, thread } = await openDesk(app)
      const edited = await published({ body: 'Pertama' })
      app.clock.advance(30)
      await amend(edited, 'Kedua')
      await decide(edited.id, 'approve')
      app.clock.advance(30)
      await amend(edited, 'Ketiga dengan https://a.example dan https://b.example')
      const parent = await published({ body: 'Induk' })
      const reply = await held({ parentId: parent.id })
      await decide(reply, 'approve')
      const ids = [await held(), edited.id, parent.id, reply]
      const spam = await held()
      await decide(spam, 'spam')
      const before = await state(app)
      const seen = await thread()
      app.clock.advance(60)
      const { body } = await batch([...ids, spam], decision)
      expect(body.conflicts).toEqual([])
      expect(await state(app)).not.toEqual(before)
      app.clock.advance(60)
      expect((await undo(body.batch as string)).body).toEqual({ undone: body.decided as number, conflicts: [] })
      expect(await state(app)).toEqual(before)
      expect({ ...(await thread()), version: seen.version }).toEqual(seen)
      await decide(edited.id, 'approve')
      expect((await thread()).comments[0]?.html).toContain('Ketiga')
    },
  )

  test('undone leaves alone what was changed since, and says so; a second time it does nothing', async () => {
    const app = await startApp({ kind })
    const { held, batch, undo, decide, edit, remove, get } = await openDesk(app)
    const ids = [await held(), await held(), await held(), await held()]
    const [decided = '', edited = '', gone = '', stays = ''] = ids
    const { body } = await batch(ids, 'approve')
    await decide(decided, 'spam')
    await edit(edited, 'Diubah', 2)
    await remove(gone)
    const undone = await undo(body.batch as string)
    expect(undone.body).toMatchObject({ undone: 1 })
    expect((undone.body.conflicts as { id: string }[]).map(({ id }) => id).toSorted()).toEqual([decided, edited].toSorted())
    expect([(await get(decided)).status, (await get(edited)).status, (await get(stays)).status]).toEqual(['spam', 'approved', 'pending'])
    const { version } = await get(stays)
    expect((await undo(body.batch as string)).body).toEqual({ undone: 0, conflicts: [] })
    await decide(stays, 'approve')
    expect((await undo(body.batch as string)).body).toEqual({ undone: 0, conflicts: [] })
    expect(await get(stays)).toMatchObject({ status: 'approved', version: version + 1 })
  })

  test('is put back once, also when two ask at the same moment', async () => {
    const app = await startApp({ kind })
    const { held, batch, undo, counts, get } = await openDesk(app)
    const ids = [await held(), await held(), await held()]
    const { body } = await batch(ids, 'reject')
    const answers = await Promise.all([undo(body.batch as string), undo(body.batch as string)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers.map((answer) => answer.body.undone as number).toSorted()).toEqual([0, 3])
    expect(await counts()).toMatchObject({ pending: 3, approved: 0, rejected: 0, spam: 0 })
    expect((await get(ids[0] ?? '')).history).toHaveLength(3)
  })

  test('is put back by whoever moderates its sites, each their part, and by nobody else', async () => {
    const app = await startApp({ kind })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    await app.deps.sites.create({ key: 'jauh', name: 'Jauh', locale: 'id' })
    const desk = await openDesk(app)
    const ids = [await desk.held(), await desk.held({}, 'lain')]
    const { body } = await desk.batch(ids, 'spam')
    const by = async (site: string) => (await openDesk(app, await app.keyFor('moderator', site))).undo(body.batch as string)
    expect((await by('jauh')).status).toBe(404)
    expect((await desk.undo(UNKNOWN)).status).toBe(404)
    expect((await desk.undo('%00')).status).toBe(404)
    expect((await by('lain')).body).toEqual({ undone: 1, conflicts: [] })
    expect(await desk.counts('default')).toMatchObject({ spam: 1 })
    expect((await desk.undo(body.batch as string)).body).toMatchObject({ undone: 1, conflicts: [{ id: ids[1] }] })
    expect(await desk.counts()).toMatchObject({ pending: 2, approved: 0, rejected: 0, spam: 0 })
  })
})
