import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { expectRecount } from '../../comments/recount.ts'
import { startApp, type TestApp } from '../../support/app.ts'
import { bring, reportOf } from './bring.ts'
import { disqusFile } from './disqus-files.ts'
import { type WxrItem, wxrFile } from './wxr-files.ts'

const total = ({ comments: { read: _, ...counts } }: { comments: Record<string, number> }) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

/** Makes the database lose or change what is written, as no program of ours would. */
async function sabotage({ deps: { db } }: TestApp, { when, action }: { when: string; action: string }) {
  if (db.provider === 'sqlite')
    return db.write((tx) =>
      tx.$executeRawUnsafe(
        `CREATE TRIGGER sabotage AFTER INSERT ON "Comment" WHEN NEW.${when} BEGIN ${action.replaceAll('THIS', 'NEW.id')}; END`,
      ),
    )
  await db.write((tx) =>
    tx.$executeRawUnsafe(
      `CREATE FUNCTION sabotage() RETURNS trigger AS $$ BEGIN ${action.replaceAll('THIS', 'NEW.id')}; RETURN NULL; END $$ LANGUAGE plpgsql`,
    ),
  )
  return db.write((tx) =>
    tx.$executeRawUnsafe(`CREATE TRIGGER sabotage AFTER INSERT ON "Comment" FOR EACH ROW WHEN (NEW.${when}) EXECUTE FUNCTION sabotage()`),
  )
}

describe.each(['sqlite', 'postgresql'] as const)('A receipt (%s)', (kind) => {
  it.each([['first', [0, 1]] as const, ['last', [1, 0]] as const])(
    'every comment arrives where an empty thread of the same article comes %s',
    async (_where, order) => {
      const app = await startApp({ kind })
      const threads = [
        { id: 1, link: 'http://news.example/a', posts: [11, 12] },
        { id: 2, link: 'https://www.news.example/a/', posts: [] },
      ]
      const text = disqusFile(order.map((n) => threads[n] ?? { id: 0, link: '', posts: [] }))
      expect(await reportOf(app, { text, format: 'disqus' })).toMatchObject({
        comments: { read: 2, new: 2, skipped: 0 },
        receipt: { ok: true, articles: [], comments: 2 },
      })
      const items = [
        { id: 7, link: 'https://blog.example/a/', comments: [{ id: 1 }] },
        { id: 8, link: 'https://blog.example/a', title: 'A lama' },
      ]
      const wxr = wxrFile(
        order.map((n) => items[n] as WxrItem),
        'https://blog.example',
      )
      expect(await reportOf(app, { text: wxr, format: 'wxr' })).toMatchObject({ comments: { read: 1, new: 1 }, receipt: { ok: true } })
      expect(await app.deps.db.read.comment.count()).toBe(3)
    },
  )

  it('ends an import whose rows the database lost, before they are committed, and names the articles', async () => {
    const app = await startApp({ kind })
    const owner = await app.keyFor('owner')
    await sabotage(app, { when: "name = 'Korban'", action: 'DELETE FROM "Comment" WHERE id = THIS' })
    const items = [
      { id: 1, link: 'https://news.example/utuh/', comments: Array.from({ length: 550 }, (_, n) => ({ id: n + 1 })) },
      { id: 2, link: 'https://news.example/rusak/', comments: [{ id: 900, author: 'Korban' }, { id: 901 }] },
    ]
    const { state, problem, receipt, report, id } = await bring(app, { text: wxrFile(items), format: 'wxr' })
    expect(state).toBe('failed')
    expect(problem?.detail).toContain('https://news.example/rusak/ (approved: 2 in the file, 1 here)')
    const articles = [{ url: 'https://news.example/rusak/', status: 'approved', file: 2, database: 1 }]
    expect(receipt).toMatchObject({ ok: false, articles })
    expect(report).toMatchObject({ comments: { read: 552, new: 500, skipped: 52 } })
    expect((await app.http.get(`/api/v1/sites/default/imports/${id}`).set(owner)).body.import).toMatchObject({
      receipt: { ok: false, articles },
    })
    expect(await app.deps.db.read.comment.count()).toBe(500)
    await expectRecount([app])

    await app.deps.db.write((tx) =>
      tx.$executeRawUnsafe(kind === 'sqlite' ? 'DROP TRIGGER sabotage' : 'DROP TRIGGER sabotage ON "Comment"'),
    )
    expect(await reportOf(app, { text: wxrFile(items), format: 'wxr' })).toMatchObject({
      comments: { read: 552, new: 52, same: 500 },
      receipt: { ok: true },
    })
  })

  it('ends an import whose rows have another status than planned', async () => {
    const app = await startApp({ kind })
    await sabotage(app, { when: "name = 'Korban'", action: `UPDATE "Comment" SET status = 'spam' WHERE id = THIS` })
    const text = wxrFile([{ id: 1, link: 'https://news.example/a/', comments: [{ id: 1, author: 'Korban' }] }])
    expect(await bring(app, { text, format: 'wxr' })).toMatchObject({
      state: 'failed',
      receipt: { ok: false, articles: [{ status: 'approved', file: 1, database: 0 }] },
    })
    expect(await app.deps.db.read.comment.count()).toBe(0)
  })

  it('takes what people decided, edited or deleted here for no difference, and a comment that is gone without anybody for one', async () => {
    const app = await startApp({ kind })
    const owner = await app.keyFor('owner')
    const text = wxrFile([{ id: 1, link: 'https://news.example/a/', comments: [1, 2, 3, 4].map((id) => ({ id })) }])
    await reportOf(app, { text, format: 'wxr' })
    const idOf = async (name: string) => (await app.deps.db.read.externalId.findFirstOrThrow({ where: { name } })).commentId
    await app.http
      .post(`/api/v1/moderation/comments/${await idOf('1')}/decisions`)
      .set(owner)
      .send({ decision: 'reject' })
      .expect(200)
    await app.http
      .patch(`/api/v1/moderation/comments/${await idOf('2')}`)
      .set(owner)
      .send({ body: 'disunting', version: 1 })
      .expect(200)
    await app.http
      .delete(`/api/v1/moderation/comments/${await idOf('3')}`)
      .set(owner)
      .expect(204)
    expect((await reportOf(app, { text, format: 'wxr' })).receipt).toEqual({
      ok: true,
      articles: [],
      comments: 4,
      here: { decided: 2, deleted: 1 },
    })

    const lost = await idOf('4')
    await app.deps.db.write((tx) => tx.comment.updateMany({ where: { id: lost }, data: { status: 'spam' } }))
    expect(await bring(app, { text, format: 'wxr' })).toMatchObject({
      state: 'failed',
      receipt: {
        ok: false,
        articles: [
          { url: 'https://news.example/a/', status: 'approved', file: 1, database: 0 },
          { url: 'https://news.example/a/', status: 'spam', file: 0, database: 1 },
        ],
      },
    })
  })
})

const thread = fc.record({
  /** Which article: several threads may be one. */
  article: fc.integer({ min: 0, max: 2 }),
  spelling: fc.constantFrom('https://news.example/', 'http://www.news.example/', 'https://foreign.example/', 'mailto:', ''),
  slash: fc.constantFrom('', '/'),
  status: fc.constantFrom('publish', 'private', 'draft', null),
  postId: fc.integer({ min: 1, max: 3 }),
  comments: fc.array(
    fc.record({
      id: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constant('')),
      author: fc.constantFrom('Ani', 'Budi'),
      text: fc.constantFrom('satu', 'dua', ''),
      approved: fc.constantFrom('1', '0', 'spam', 'trash'),
      parent: fc.integer({ min: 0, max: 8 }),
    }),
    { maxLength: 5 },
  ),
})

it('counts every comment of every mixture of empty, doubled, merged and unknown threads', async () => {
  const app = await startApp()
  const owner = await app.keyFor('owner')
  await app.http
    .patch('/api/v1/sites/default')
    .set(owner)
    .send({ allowedOrigins: ['https://news.example'] })
    .expect(200)
  await fc.assert(
    fc.asyncProperty(fc.array(thread, { maxLength: 6 }), async (threads) => {
      const items = threads.map(({ article, spelling, slash, status, postId, comments }) => ({
        id: postId,
        link: `${spelling}${article}${slash}`,
        status,
        comments,
      }))
      const text = wxrFile(items)
      const inFile = items.reduce((sum, { comments }) => sum + comments.length, 0)
      const dry = await reportOf(app, { text, format: 'wxr', dryRun: true })
      const first = await reportOf(app, { text, format: 'wxr' })
      expect([first.comments.read, total(first)]).toEqual([inFile, inFile])
      expect({ ...first, receipt: null }).toEqual(dry)
      expect(first.receipt?.ok).toBe(true)
      const again = await reportOf(app, { text, format: 'wxr' })
      expect([again.comments.read, total(again), again.comments.new]).toEqual([inFile, inFile, 0])
      await expectRecount([app])
    }),
    { numRuns: 40, seed: 11 },
  )
})
