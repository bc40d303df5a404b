import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import pino from 'pino'
import { sql } from '../../src/database/sql.ts'
import { fold } from '../../src/markup/text.ts'
import { createSearchIndex } from '../../src/moderation/search-index.ts'
import { RARE, searchComments, type SearchQuery } from '../../src/moderation/search-store.ts'
import { eachDatabase } from '../support/databases.ts'
import { addComments, addSite, commentRow, second } from '../transfer/history.ts'

eachDatabase('searching comments', (open) => {
  /** Comments of which the first half is in the index already; the others wait for it. */
  async function start(bodies: { body: string; status?: string; queue?: string | null; name?: string }[]) {
    const db = await open()
    const { siteId, threadIds } = await addSite(db, { key: 'blog' })
    const rows = bodies.map((changes, n) => commentRow({ siteId, threadId: threadIds[0] ?? '', at: second(n), ...changes }))
    const half = Math.ceil(rows.length / 2)
    const index = createSearchIndex({ db, log: pino({ level: 'silent' }) })
    await addComments(db, rows.slice(0, half))
    await index.catchUp()
    await addComments(db, rows.slice(half))
    const search = async (query: Partial<SearchQuery>) => {
      const ids = await searchComments(db, { siteIds: [siteId], take: 100, order: 'asc', ...query, text: fold(query.text ?? '') })
      return ids.map((id) => rows.findIndex((row) => row.id === id))
    }
    return { db, siteId, rows, search, index }
  }

  test('finds text and name, whatever the case and accents', async () => {
    const { search } = await start([{ body: 'Kafé yang ENAK' }, { body: 'x', name: 'Café Bali' }, { body: 'teh' }])
    expect(await search({ text: 'KAFE' })).toEqual([0])
    expect(await search({ text: 'café' })).toEqual([1])
    expect(await search({ text: 'tidak ada' })).toEqual([])
  })

  test('takes every character for itself', async () => {
    const bodies = ['100% asli', '100 asli', 'a_b', 'acb', 'a!b', 'a!%b', 'a\\b', "it's", 'dua\nbaris']
    const { search } = await start(bodies.map((body) => ({ body })))
    expect(await search({ text: '100%' })).toEqual([0])
    expect(await search({ text: 'a_b' })).toEqual([2])
    expect(await search({ text: '!' })).toEqual([4, 5])
    expect(await search({ text: '!%' })).toEqual([5])
    expect(await search({ text: '\\' })).toEqual([6])
    expect(await search({ text: "'" })).toEqual([7])
    expect(await search({ text: 'dua\nbaris' })).toEqual([8])
  })

  test('finds what a plain comparison finds', async () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'B', '%', '_', '!', '\\', "'", 'é', '😀'), maxLength: 6 })
    const bodies = fc.sample(letters, { numRuns: 200, seed: 1 })
    const { search, rows } = await start(bodies.map((body) => ({ body })))
    await fc.assert(
      fc.asyncProperty(letters, async (text) => {
        const expected = rows.flatMap((row, n) => (row.folded.includes(fold(text)) ? [n] : []))
        expect(await search({ text, take: 1000 })).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })

  test('finds what is written now, and nothing of what was', async () => {
    const { db, rows, search, index } = await start([{ body: 'kereta malam' }, { body: 'kereta pagi' }, { body: 'kereta siang' }])
    const [changed, decided, removed] = rows.map(({ id }) => id)
    await db.write((tx) => tx.comment.update({ where: { id: changed ?? '' }, data: { folded: 'bus malam' } }))
    await db.write((tx) => tx.comment.update({ where: { id: decided ?? '' }, data: { status: 'spam' } }))
    await db.write((tx) => tx.comment.delete({ where: { id: removed ?? '' } }))
    expect(await search({ text: 'kereta' })).toEqual([1])
    expect(await search({ text: 'bus malam' })).toEqual([0])
    expect(await search({ text: 'malam' })).toEqual([0])
    if (db.provider === 'postgresql') return
    await index.catchUp()
    const left = await db.read.$queryRaw<{ trigram: string; n: bigint }[]>(sql`
      SELECT value AS trigram, (SELECT count(*) FROM "CommentTrigram" WHERE "CommentTrigram" MATCH value) AS n FROM json_each('["mal", "pag", "sia"]')`)
    expect(left.map(({ n }) => Number(n))).toEqual([1, 1, 0])
  })

  test('takes each comment into the index once, and loses none that came meanwhile', async () => {
    const { db, siteId, rows, search, index } = await start(Array.from({ length: 250 }, (_, n) => ({ body: `kereta nomor ${n}` })))
    if (db.provider === 'postgresql') return expect(await index.catchUp()).toBe(0) // its own index is never behind
    const late = commentRow({ siteId, threadId: rows[0]?.threadId ?? '', at: second(1000), body: 'kereta terakhir' })
    const [taken] = await Promise.all([index.catchUp(), addComments(db, [late])])
    expect(taken + (await index.catchUp())).toBe(126)
    expect(await index.catchUp()).toBe(0)
    const [numbers] = await db.read.$queryRaw<{ n: bigint; own: bigint }[]>(sql`
      SELECT count(*) AS n, count(DISTINCT "commentId") AS own FROM "CommentNumber"`)
    expect(numbers).toEqual({ n: 251n, own: 251n })
    expect(await search({ text: 'nomor 249' })).toEqual([249])
    await db.write((tx) => tx.$executeRaw(sql`INSERT INTO "CommentTrigram" ("CommentTrigram", rank) VALUES ('integrity-check', 0)`))
  })

  test('finds the same in a text that many comments contain as in one that few do', async () => {
    const bodies = Array.from({ length: RARE + 2 }, (_, n) => ({ body: n % 1000 === 0 ? 'kereta malam' : 'kereta' }))
    const { search } = await start(bodies)
    expect(await search({ text: 'kereta', take: 3 })).toEqual([0, 1, 2])
    expect(await search({ text: 'kereta', take: 2, order: 'desc' })).toEqual([RARE + 1, RARE])
    expect(await search({ text: 'kereta malam', take: 3 })).toEqual([0, 1000, 2000])
  })

  test('keeps to a status; pending finds whatever waits; removed places are never found', async () => {
    const { search } = await start([
      { body: 'teh', status: 'approved' },
      { body: 'teh', status: 'pending' },
      { body: 'teh', status: 'rejected' },
      { body: 'teh', status: 'spam' },
      { body: 'teh', status: 'removed' },
      { body: 'teh', status: 'approved', queue: 'pending' },
    ])
    expect(await search({ text: 'teh' })).toEqual([0, 1, 2, 3, 5])
    expect(await search({ text: 'teh', status: 'approved' })).toEqual([0, 5])
    expect(await search({ text: 'teh', status: 'pending' })).toEqual([1, 5])
    expect(await search({ text: 'teh', status: 'spam' })).toEqual([3])
  })

  test.each(['asc', 'desc'] as const)('pages by id without gap or repetition (%s)', async (order) => {
    const states = ['approved', 'pending', 'spam', 'rejected']
    const { search, rows } = await start(
      Array.from({ length: 47 }, (_, n) => ({ body: n % 3 ? 'teh' : 'kopi', status: states[n % 4] ?? '' })),
    )
    const seen: number[] = []
    for (;;) {
      const last = rows[seen.at(-1) ?? -1]
      const found = await search({ text: 'teh', take: 4, order, after: last?.id })
      seen.push(...found)
      if (found.length < 4) break
    }
    const all = rows.flatMap((_, n) => (n % 3 ? [n] : []))
    expect(seen).toEqual(order === 'asc' ? all : all.toReversed())
  })

  test('finds nothing beyond the sites it is asked about, be they none, few or very many', async () => {
    const { db, siteId, rows } = await start([{ body: 'teh' }, { body: 'teh', status: 'pending' }, { body: 'teh', status: 'removed' }])
    const other = await addSite(db, { key: 'other' })
    await addComments(db, [commentRow({ siteId: other.siteId, threadId: other.threadIds[0] ?? '', at: second(1), body: 'teh' })])
    const query = { text: 'teh', take: 100, order: 'asc' } as const
    const many = Array.from({ length: 1000 }, (_, n) => `no site ${n}`)
    expect(await searchComments(db, { ...query, siteIds: [] })).toEqual([])
    expect(await searchComments(db, { ...query, siteIds: [siteId] })).toEqual([rows[0]?.id, rows[1]?.id])
    expect(await searchComments(db, { ...query, siteIds: [siteId, ...many] })).toEqual([rows[0]?.id, rows[1]?.id])
    expect(await searchComments(db, { ...query, siteIds: [siteId, ...many], status: 'pending' })).toEqual([rows[1]?.id])
    expect(await searchComments(db, { ...query, siteIds: [siteId, other.siteId] })).toHaveLength(3)
  })
})
