import { expect, test } from '@jest/globals'
import { bulkInsert, bulkPieces, bulkRows } from '../../src/database/bulk-insert.ts'
import { isUniqueViolation } from '../../src/database/errors.ts'
import { pathOfRoot } from '../../src/comments/path.ts'
import { newId } from '../../src/ids.ts'
import { eachDatabase } from '../support/databases.ts'

const at = new Date('2026-11-23T23:59:59.007Z')

function comment(siteId: string, threadId: string, body: string) {
  const id = newId(at)
  const names = { name: "Zoë “Budi” \\ 'x' 😀", website: null, html: body, body, folded: body }
  const verdicts = [{ check: 'links', outcome: 'hold', reason: '3 links', facts: { links: 3, share: 0.5 } }]
  return {
    id,
    siteId,
    threadId,
    rootId: id,
    parentId: null,
    depth: 0,
    path: pathOfRoot(id),
    status: 'pending',
    queue: 'pending',
    shown: false,
    ...names,
    sanitizer: 1,
    verdicts,
    fingerprint: id,
    createdAt: at,
    editedAt: null,
  }
}

eachDatabase('rows inserted in bulk', (open) => {
  test('read back as those that Prisma itself inserted', async () => {
    const db = await open()
    const siteId = newId(at)
    const threadId = newId(at)
    await db.write((tx) =>
      tx.site.create({ data: { id: siteId, key: 'a', name: 'A', locale: 'id', allowedOrigins: [], settings: {}, createdAt: at } }),
    )
    await db.write((tx) =>
      tx.thread.create({ data: { id: threadId, siteId, url: 'https://a.example/', key: 'https://a.example/', createdAt: at } }),
    )
    const bodies = ['a\nb\t"c"', '', '{"json": [1, null]}', 'عربي 日本語 \u2028', '$.name']
    const rows = bodies.map((body) => comment(siteId, threadId, body))
    const [like] = rows
    await db.write((tx) => bulkInsert(tx, { provider: db.provider, table: 'Comment', rows }))
    const byPrisma = { ...comment(siteId, threadId, 'a\nb\t"c"') }
    await db.write((tx) => tx.comment.createMany({ data: [byPrisma] }))

    const read = await db.read.comment.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, orderBy: { id: 'asc' } })
    expect(read).toMatchObject(rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    const own = (id: string) => ({ id, rootId: id, path: pathOfRoot(id), fingerprint: id })
    const twin = await db.read.comment.findUniqueOrThrow({ where: { id: byPrisma.id } })
    expect({ ...read.find(({ id }) => id === like?.id), ...own('x') }).toEqual({ ...twin, ...own('x') })
    expect(await db.read.comment.count({ where: { createdAt: { lte: at, gte: at } } })).toBe(rows.length + 1)
  })

  test('fail together, as a broken unique key that names its column', async () => {
    const db = await open()
    const rows = [
      { key: 'one', value: '1' },
      { key: 'one', value: '2' },
    ]
    const failure = await db.write((tx) => bulkInsert(tx, { provider: db.provider, table: 'Meta', rows })).catch((error: unknown) => error)
    expect(isUniqueViolation(failure, 'Meta')).toBe(true)
    expect(isUniqueViolation(failure, 'fingerprint')).toBe(false)
    expect(await db.read.meta.count()).toBe(0)
  })
})

test.each(['sqlite', 'postgresql'] as const)(
  'rows go in pieces that are short, and together are the rows in their order (%s)',
  (provider) => {
    const rows = Array.from({ length: 50 }, (_, n) => ({ id: String(n), body: 'a'.repeat(n === 7 ? 200_000 : 5000) }))
    const pieces = bulkPieces({ provider, table: 'Comment', rows })
    const long = pieces.filter(({ json }) => json.length > 70_000)
    expect(long.map(({ json }) => (JSON.parse(json) as unknown[]).length)).toEqual([1])
    const whole = bulkRows({ provider, table: 'Comment', rows })
    expect(pieces.flatMap(({ json }) => JSON.parse(json) as unknown[])).toEqual(JSON.parse(whole?.json ?? ''))
    expect(pieces[0]).toMatchObject({ table: 'Comment', columns: whole?.columns })
    expect(bulkPieces({ provider, table: 'Comment', rows: [] })).toEqual([])
  },
)
