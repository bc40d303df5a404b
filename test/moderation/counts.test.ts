import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ARTICLE, startApp } from '../support/app.ts'
import { type Decision, openDesk } from './desk.ts'

/** What moderators and authors do in any order: what, to which comment, and which decision. */
interface Step {
  act: number
  which: number
  decision: Decision
}
const stepsOf = (seed: number, many: number): Step[] => {
  const step = fc.record({
    act: fc.noBias(fc.nat(99)),
    which: fc.noBias(fc.nat(10_000)),
    decision: fc.constantFrom<Decision>('approve', 'approve', 'reject', 'spam', 'hold'),
  })
  return fc.sample(fc.array(step, { minLength: many, maxLength: many }), { numRuns: 1, seed })[0] ?? []
}

async function start(kind: 'sqlite' | 'postgresql') {
  const app = await startApp({ kind })
  await app.set({ submissionsPerMinute: 1000 })
  return { app, desk: await openDesk(app), authors: new Map<string, string>(), batches: [] as string[] }
}
type World = Awaited<ReturnType<typeof start>>

describe.each([
  ['sqlite', 7],
  ['postgresql', 15],
] as const)('whatever happens on %s', (kind, seed) => {
  test('kept counts, places and the public thread are what counting again would give', async () => {
    const world = await start(kind)
    const kinds = new Set<string>()
    for (const [index, step] of stepsOf(seed, 45).entries()) {
      const { kind: done, status } = await take(world, step)
      kinds.add(done)
      expect({ index, done, status, ...(await kept(world)) }).toEqual({
        index,
        done,
        status: expect.any(Number),
        ...(await counted(world)),
      })
      expect(status).toBeLessThan(409)
    }
    expect([...kinds].toSorted()).toEqual(['amend', 'answer', 'batch', 'decide', 'remove', 'reply', 'undo', 'withdraw'])
  }, 60_000)

  test('they still are when eight things happen at once, and nothing fails', async () => {
    const world = await start(kind)
    for (const step of stepsOf(seed + 2, 12).map((one) => ({ ...one, act: 0 }))) await take(world, step)
    const steps = stepsOf(seed + 4, 48)
    for (let from = 0; from < steps.length; from += 8) {
      const taken = await Promise.all(steps.slice(from, from + 8).map((step) => take(world, step)))
      expect(taken.filter(({ status }) => status >= 500)).toEqual([])
      expect({ from, ...(await kept(world)) }).toEqual({ from, ...(await counted(world)) })
    }
  }, 60_000)
})

/** Does one thing; gives its kind and the answer's status. */
async function take({ app, desk, authors, batches }: World, { act, which, decision }: Step): Promise<{ kind: string; status: number }> {
  const rows = await app.deps.db.read.comment.findMany({ where: { status: { not: 'removed' } }, orderBy: { id: 'asc' } })
  const some = <Item>(items: Item[]): Item | undefined => items[which % Math.max(1, items.length)]
  const id = some(rows)?.id
  const parent = some(rows.filter(({ status }) => status === 'approved'))?.id
  const byAuthor = some(rows.filter((row) => authors.has(row.id)))?.id ?? ''
  const own = () => ({
    path: `/api/v1/sites/default/comments/${byAuthor}`,
    token: { Authorization: `Bearer ${authors.get(byAuthor) ?? ''}` },
  })
  if (act < 30 || !id || !byAuthor || !parent) {
    const sent = await app.reply(act % 3 > 0 && parent ? { parentId: parent } : {})
    if (sent.status === 201) authors.set(sent.body.comment.id as string, sent.body.editToken as string)
    if (id && !parent) await desk.decide(id, 'approve')
    return { kind: 'reply', status: sent.status }
  }
  if (act < 56) return { kind: 'decide', status: (await desk.decide(id, decision)).status }
  if (act < 66)
    return {
      kind: 'amend',
      status: (
        await app.http
          .patch(own().path)
          .set(own().token)
          .send({ body: `Diubah ${which}` })
      ).status,
    }
  if (act < 71) {
    const { status } = await app.http.delete(own().path).set(own().token)
    return { kind: 'withdraw', status }
  }
  if (act < 79) return { kind: 'remove', status: (await desk.remove(id)).status }
  if (act < 84) return { kind: 'answer', status: (await desk.answer(parent, `Jawaban ${which}`)).status }
  const batch = act < 90 ? undefined : batches.pop()
  if (batch) return { kind: 'undo', status: (await desk.undo(batch)).status }
  const several = rows.filter((_row, n) => (n + which) % 3 === 0).map((row) => row.id)
  const { status, body } = await desk.batch([...several, id], decision)
  batches.push(body.batch as string)
  return { kind: 'batch', status }
}

/** What the database keeps and what is answered. */
async function kept({ app, desk }: World) {
  const { read } = app.deps.db
  const rows = await read.comment.findMany({ orderBy: { id: 'asc' } })
  const threads = await read.thread.findMany()
  const thread = await desk.thread()
  const lists: Record<string, number> = {}
  for (const status of ['pending', 'approved', 'rejected', 'spam']) lists[status] = (await desk.walk({ status, limit: 100 })).length
  return {
    counts: await desk.counts(),
    lists,
    places: rows.map(({ id, shown, shownReplies, queue }) => ({ id, shown, shownReplies, queue })),
    approved: threads.map(({ approvedCount }) => approvedCount),
    count: thread.count,
    thread: thread.comments.map(({ id, removed }) => (removed ? `place ${id}` : id)),
  }
}

/** The same, counted from nothing but statuses, parents and waiting revisions. */
async function counted({ app }: World) {
  const { read } = app.deps.db
  const rows = await read.comment.findMany({ orderBy: { id: 'asc' }, include: { revisions: { where: { state: 'waiting' } } } })
  const children = (id: string | null) => rows.filter(({ parentId }) => parentId === id)
  const isShown = (row: (typeof rows)[number]): boolean => row.status === 'approved' || children(row.id).some(isShown)
  const waits = (row: (typeof rows)[number]) => row.status === 'pending' || (row.status === 'approved' && row.revisions.length > 0)
  const inOrder = (id: string | null): string[] =>
    children(id)
      .filter(isShown)
      .flatMap((row) => [row.status === 'approved' ? row.id : `place ${row.id}`, ...inOrder(row.id)])
  const number = (status: string) => rows.filter((row) => row.status === status).length
  const lists = { pending: rows.filter(waits).length, approved: number('approved'), rejected: number('rejected'), spam: number('spam') }
  const hasThread = (await read.thread.count({ where: { url: ARTICLE } })) > 0
  return {
    counts: { ...lists, reported: 0 },
    lists,
    places: rows.map((row) => ({
      id: row.id,
      shown: isShown(row),
      shownReplies: children(row.id).filter(isShown).length,
      queue: waits(row) ? 'pending' : null,
    })),
    approved: hasThread ? [lists.approved] : [],
    count: lists.approved,
    thread: inOrder(null),
  }
}
