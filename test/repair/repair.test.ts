import { describe, expect, test } from '@jest/globals'
import { startApp, type TestApp } from '../support/app.ts'

const OLD = 'https://berita.example/lama'
const NEW = 'https://berita.example/baru'
const BASE = '/api/v1/sites/default'

interface Answer {
  batch: string | null
  led: { kind: string; from: string; to: string; comments: number }[]
  refused: { line: number; reason: string }[]
}

async function start(kind: 'sqlite' | 'postgresql' = 'sqlite') {
  const app = await startApp({ kind })
  await app.set({ mode: 'publish-all', floodSeconds: 0 })
  const key = await app.keyFor('owner')
  const say = async (url: string, body: string, parentId?: string) => {
    const answer = await app.reply({ url, body, parentId }).expect(201)
    return (answer.body.comment as { id: string }).id
  }
  const read = async (url: string) => {
    const { body, headers } = await app.http.get(`${BASE}/thread`).query({ url }).expect(200)
    const comments = body.comments as { html: string; depth: number }[]
    return {
      url: body.url as string,
      count: body.count as number,
      texts: comments.map(({ html }) => html.replace(/<\/?p>/g, '')),
      tag: headers['etag'],
    }
  }
  const lead = async (pairs: { from: string; to: string }[], query = '') =>
    (await app.http.post(`${BASE}/redirects${query}`).set(key).send({ pairs }).expect(200)).body as Answer
  const undo = (batch: string | null) => app.http.post(`${BASE}/repairs/${batch}/undo`).set(key)
  return { app, key, say, read, lead, undo }
}

/** Counts are what a recount gives, and replies are where what they answer is. */
async function expectAgreement({ deps }: TestApp) {
  const comments = await deps.db.read.comment.findMany()
  const threadOf = new Map(comments.map(({ id, threadId }) => [id, threadId]))
  for (const { threadId, rootId } of comments) expect(threadOf.get(rootId)).toBe(threadId)
  for (const { id, approvedCount } of await deps.db.read.thread.findMany())
    expect(approvedCount).toBe(comments.filter(({ threadId, status }) => threadId === id && status === 'approved').length)
}

describe.each(['sqlite', 'postgresql'] as const)('leading an old address to a new one on %s', (kind) => {
  test('merges the threads: both addresses show all comments, with their replies, and take new ones', async () => {
    const { app, say, read, lead } = await start(kind)
    const root = await say(OLD, 'satu')
    await say(NEW, 'dua')
    await say(OLD, 'balasan', root)
    const before = await read(OLD)
    expect(await lead([{ from: OLD, to: NEW }])).toMatchObject({ led: [{ kind: 'merged', from: OLD, to: NEW, comments: 2 }], refused: [] })
    expect(await read(OLD)).toMatchObject({ url: NEW, count: 3, texts: ['satu', 'balasan', 'dua'] })
    expect(await read(NEW)).toMatchObject({ url: NEW, count: 3, texts: ['satu', 'balasan', 'dua'] })
    expect((await read(OLD)).tag).not.toBe(before.tag)
    await say(`${OLD}/?utm_source=x`, 'tiga')
    expect((await read(NEW)).texts).toEqual(['satu', 'balasan', 'dua', 'tiga'])
    await expectAgreement(app)
  })

  test('is undone with the replies that came since; what was said at the new address stays there', async () => {
    const { app, say, read, lead, undo } = await start(kind)
    const root = await say(OLD, 'satu')
    await say(NEW, 'dua')
    const { batch } = await lead([{ from: OLD, to: NEW }])
    await say(NEW, 'balasan', root)
    await say(OLD, 'tiga')
    await undo(batch).expect(200, { undone: 1 })
    expect(await read(OLD)).toMatchObject({ url: OLD, count: 2, texts: ['satu', 'balasan'] })
    expect(await read(NEW)).toMatchObject({ url: NEW, count: 2, texts: ['dua', 'tiga'] })
    await expectAgreement(app)
    await undo(batch).expect(409)
  })

  test('moves a thread where there is none yet, and back', async () => {
    const { app, say, read, lead, undo } = await start(kind)
    await say(OLD, 'satu')
    const { batch, led } = await lead([{ from: OLD, to: NEW }])
    expect(led).toMatchObject([{ kind: 'moved', comments: 1 }])
    for (const url of [OLD, NEW]) expect(await read(url)).toMatchObject({ url: NEW, texts: ['satu'] })
    await undo(batch).expect(200)
    expect(await read(NEW)).toMatchObject({ count: 0 })
    expect(await read(OLD)).toMatchObject({ url: OLD, texts: ['satu'] })
    await expectAgreement(app)
  })
})

test('a dry run tells the same, and changes nothing', async () => {
  const { app, say, read, lead } = await start()
  await say(OLD, 'satu')
  await say(NEW, 'dua')
  const pairs = [
    { from: OLD, to: NEW },
    { from: 'https://berita.example/lebih-lama', to: OLD },
  ]
  const tried = await lead(pairs, '?dryRun=true')
  expect(tried.batch).toBeNull()
  expect(await read(OLD)).toMatchObject({ count: 1 })
  expect(await app.deps.db.read.repair.count()).toBe(0)
  expect((await lead(pairs)).led).toEqual(tried.led)
})

test('chains lead to their end, also from an old host, and circles are refused', async () => {
  const { app, say, read, lead } = await start()
  await app.deps.sites.change(await app.deps.sites.byKey('default'), { allowedOrigins: ['https://berita.example'] })
  await say(NEW, 'satu')
  await lead([
    { from: 'https://lama.example/suriah', to: OLD },
    { from: OLD, to: NEW },
  ])
  expect(await read('http://www.lama.example/suriah/')).toMatchObject({ url: NEW, texts: ['satu'] })
  const { refused } = await lead([
    { from: NEW, to: OLD },
    { from: OLD, to: NEW },
    { from: OLD, to: 'https://berita.example/lain' },
    { from: NEW, to: 'https://asing.example/x' },
    { from: 'bukan alamat', to: NEW },
    { from: `${NEW}/`, to: NEW },
  ])
  expect(refused.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
    '1 the new address leads back to the old one',
    '2 the old address leads somewhere already',
    '3 the old address leads somewhere already',
    '4 the new address is not one of this site',
    '5 the old address is no http or https address',
    '6 both addresses are one article already',
  ])
})

test('a table of addresses is taken too, with or without a first line of names', async () => {
  const { app, key, say, read } = await start()
  await say(OLD, 'satu')
  const send = (text: string) => app.http.post(`${BASE}/redirects`).set(key).type('text/csv').send(text)
  const answer = await send(`\ufefffrom;to\r\n"${OLD}";"${NEW}"\r\nbukan;${NEW}\r\n`).expect(200)
  expect(answer.body).toMatchObject({ led: [{ kind: 'moved' }], refused: [{ line: 2 }] })
  expect(await read(NEW)).toMatchObject({ texts: ['satu'] })
  await send('a,"b').expect(422)
  await send('').expect(400)
  const bad = await app.http
    .post(`${BASE}/redirects`)
    .set(key)
    .send({ pairs: [{ from: OLD }] })
    .expect(422)
  expect(bad.body.errors).toMatchObject([{ field: 'pairs.0.to' }])
})

test('what was merged twice is undone in the other order only', async () => {
  const { app, say, read, lead, undo } = await start()
  const THIRD = 'https://berita.example/ketiga'
  for (const url of [OLD, NEW, THIRD]) await say(url, url.slice(-4))
  const first = await lead([{ from: OLD, to: NEW }])
  const second = await lead([{ from: NEW, to: THIRD }])
  expect(await read(OLD)).toMatchObject({ url: THIRD, count: 3 })
  await undo(first.batch).expect(409)
  expect(await read(OLD)).toMatchObject({ url: THIRD, count: 3 })
  await undo(second.batch).expect(200)
  await undo(first.batch).expect(200)
  for (const url of [OLD, NEW, THIRD]) expect(await read(url)).toMatchObject({ url, texts: [url.slice(-4)] })
  await expectAgreement(app)
})

test('whoever wants no mails of a thread wants none of the one that it is merged into', async () => {
  const { app, say, lead } = await start()
  for (const url of [OLD, NEW]) await say(url, url.slice(-4))
  const { db } = app.deps
  const [source, target] = await db.read.thread.findMany({ orderBy: { id: 'asc' } })
  await db.write((tx) =>
    tx.mailStop.create({ data: { id: 's', emailIndex: 'siti', scope: source?.id ?? '', reason: 'unsubscribed', createdAt: app.clock() } }),
  )
  await lead([{ from: OLD, to: NEW }])
  expect(await db.read.mailStop.findMany({ where: { emailIndex: 'siti', scope: target?.id ?? '' } })).toHaveLength(1)
})

test('new rules about addresses keep redirects working', async () => {
  const { app, say, read, lead } = await start()
  await say(NEW, 'satu')
  await lead([{ from: `${OLD}/`, to: `${NEW}/` }])
  await app.set({ ignoreTrailingSlash: false })
  expect(await read(`${OLD}/`)).toMatchObject({ url: `${NEW}/` })
  await app.set({ ignoreTrailingSlash: true })
  expect(await read(OLD)).toMatchObject({ texts: ['satu'] })
})

test('a comment whose thread is merged while it is on its way lands in the merged one', async () => {
  const { app, say, read, lead } = await start()
  await say(OLD, 'satu')
  await say(NEW, 'dua')
  const [late] = await Promise.all([app.reply({ url: OLD, body: 'terlambat' }), lead([{ from: OLD, to: NEW }])])
  expect(late.status).toBe(201)
  expect((await read(NEW)).texts.toSorted()).toEqual(['dua', 'satu', 'terlambat'])
  await expectAgreement(app)
})

test('splits are found, and told with the thread that most speaks for keeping', async () => {
  const { app, key, say } = await start()
  await say('https://berita.example/2015/12/suriah-damai', 'satu')
  await say('https://berita.example/dunia/suriah-damai', 'dua')
  await say('https://berita.example/dunia/suriah-damai', 'tiga')
  const { body } = await app.http.get(`${BASE}/splits`).set(key).expect(200)
  expect(body.splits).toMatchObject([
    { reasons: ['slug'], threads: [{ count: 2, url: 'https://berita.example/dunia/suriah-damai' }, { count: 1 }] },
  ])
  expect(body.splits[0].into).toBe(body.splits[0].threads[0].id)
})
