import { describe, expect, test } from '@jest/globals'
import { ARTICLE, startApp } from '../support/app.ts'
import { openDesk } from './desk.ts'

const OTHER = 'https://berita.example/2026/jembatan'

describe.each(['sqlite', 'postgresql'] as const)('the queue on %s', (kind) => {
  test('shows a comment as the contract says, and nothing else', async () => {
    const app = await startApp({ kind })
    const { list, get } = await openDesk(app)
    const body = 'Lihat <b>ini</b>: https://a.example dan https://b.example'
    const sent = await app.reply({
      name: 'Budi',
      email: 'Budi@Reader.example',
      website: 'https://budi.example/',
      title: 'Kereta malam',
      body,
    })
    const [comment] = (await list({ status: 'pending' })).comments
    expect(comment).toEqual({
      id: sent.body.comment.id,
      parentId: null,
      depth: 0,
      author: { name: 'Budi', website: 'https://budi.example/', avatar: sent.body.comment.author.avatar, email: 'Budi@Reader.example' },
      byModerator: false,
      html: sent.body.comment.html,
      createdAt: '2026-11-23T05:00:00.000Z',
      editedAt: null,
      status: 'pending',
      version: 1,
      site: 'default',
      thread: { url: ARTICLE, title: 'Kereta malam' },
      ip: '127.0.0.0/24',
      body,
      verdicts: expect.arrayContaining([expect.objectContaining({ check: 'links', outcome: 'hold', reason: expect.any(String) })]),
      authorRecord: { approved: 0, rejected: 0, spam: 0, pending: 1 },
      reads: null,
      reports: 0,
      edit: null,
    })
    expect(await get(sent.body.comment.id as string)).toEqual({
      ...comment,
      history: [{ at: '2026-11-23T05:00:00.000Z', actor: 'author', action: 'submit', from: null, to: 'pending', reason: null, via: null }],
      reportedFor: [],
      others: [],
      deliveries: [],
      context: { parent: null, siblings: [] },
    })
  })

  test('is oldest first where something waits, and newest first everywhere else', async () => {
    const app = await startApp({ kind })
    const { held, walk, decide } = await openDesk(app)
    const ids = [await held(), await held(), await held()]
    expect(await walk({ status: 'pending', limit: 2 })).toEqual(ids)
    for (const id of ids) await decide(id, 'spam')
    expect(await walk({ status: 'spam', limit: 2 })).toEqual(ids.toReversed())
    expect(await walk({ limit: 2 })).toEqual(ids.toReversed())
  })

  test('pages without gap or repeat while comments come in and are decided', async () => {
    const app = await startApp({ kind })
    const { held, walk, decide } = await openDesk(app)
    const ids: string[] = []
    for (let n = 0; n < 12; n++) ids.push(await held())
    const late: string[] = []
    const seen = await walk({ status: 'pending', limit: 3 }, async (page) => {
      if (page > 3) return
      await decide(ids[page * 3 - 1] ?? '', 'approve') // the very comment that the cursor names
      late.push(await held())
    })
    expect(seen).toEqual([...ids, ...late])
    const newestFirst = await walk({ limit: 4 }, async (page) => (page < 3 ? held() : undefined))
    expect(newestFirst).toEqual([...ids, ...late].toReversed())
  })

  test('holds public comments of which a changed text waits, beside the public one', async () => {
    const app = await startApp({ kind })
    const { published, amend, list, counts } = await openDesk(app)
    const comment = await published({ body: 'Pertama' })
    app.clock.advance(60)
    await amend(comment, 'Kedua')
    const { comments } = await list({ status: 'pending' })
    expect(comments).toMatchObject([
      {
        id: comment.id,
        status: 'approved',
        body: 'Pertama',
        html: '<p>Pertama</p>',
        editedAt: null,
        edit: { body: 'Kedua', html: '<p>Kedua</p>', at: '2026-11-23T05:01:00.000Z' },
      },
    ])
    expect((await list({ status: 'approved' })).comments.map(({ id }) => id)).toEqual([comment.id])
    expect((await list()).comments).toHaveLength(1)
    expect(await counts()).toMatchObject({ pending: 1, approved: 1, rejected: 0, spam: 0 })
  })

  test('is narrowed by article, author and text, and by all of them at once', async () => {
    const app = await startApp({ kind })
    const { held, walk } = await openDesk(app)
    const budi = await held({
      name: 'Budi Santoso',
      email: 'budi@reader.example',
      body: 'Setuju sekali',
      url: `${ARTICLE}?utm_source=mail#respond`,
    })
    const ani = await held({ name: 'Ani', email: 'ani@reader.example', body: 'Budi benar', url: OTHER })
    const handle = await held({ name: 'siti@rumah dan Budi', email: 'siti@reader.example', body: 'Tidak setuju', url: OTHER })
    const all = (query: Record<string, string>) => walk({ status: 'pending', limit: 2, ...query })

    expect(await all({ url: `${ARTICLE}#comments` })).toEqual([budi])
    expect(await all({ url: 'https://berita.example/none' })).toEqual([])
    expect(await all({ url: 'not an address' })).toEqual([])
    expect(await all({ author: ' BUDI@reader.example ' })).toEqual([budi])
    expect(await all({ author: 'budi@reader.exampl' })).toEqual([])
    expect(await all({ author: 'budi' })).toEqual([budi, handle])
    expect(await all({ author: 'SITI@RUMAH dan' })).toEqual([handle])
    expect(await all({ q: 'setuju' })).toEqual([budi, handle])
    expect(await all({ q: 'budi' })).toEqual([budi, ani, handle])
    expect(await all({ url: OTHER, q: 'setuju' })).toEqual([handle])
    expect(await all({ url: OTHER, author: 'budi' })).toEqual([handle])
    expect(await all({ author: 'siti@reader.example', q: 'TIDAK', url: OTHER })).toEqual([handle])
    expect(await all({ author: 'siti@reader.example', q: 'sekali' })).toEqual([])
    expect(await walk({ q: 'setuju', status: 'approved' })).toEqual([])
  })

  test('finds text whatever its case and accents, and takes every character for itself', async () => {
    const app = await startApp({ kind })
    const { held, walk } = await openDesk(app)
    const percent = await held({ body: '100% kafé' })
    const plain = await held({ body: '100 KAFE' })
    const under = await held({ body: "a_b 'kutip' \\ c" })
    await held({ body: 'acb' })
    const find = (q: string) => walk({ status: 'pending', q })
    expect(await find('100%')).toEqual([percent])
    expect(await find('Kafé')).toEqual([percent, plain])
    expect(await find('a_b')).toEqual([under])
    expect(await find("'kutip'")).toEqual([under])
    expect(await find('\\ C')).toEqual([under])
    expect(await find("' OR 1=1 --")).toEqual([])
  })

  test('refuses what no comment can have, by the field', async () => {
    const app = await startApp({ kind })
    const { key } = await openDesk(app)
    const ask = async (query: string) => {
      const answer = await app.http.get(`/api/v1/moderation/comments?${query}`).set(key)
      return [answer.status, (answer.body.errors as { field: string }[] | undefined)?.[0]?.field]
    }
    expect(await ask('q=%00')).toEqual([422, 'q'])
    expect(await ask('author=%00')).toEqual([422, 'author'])
    expect(await ask('cursor=x')).toEqual([422, 'cursor'])
    expect(await ask('limit=101')).toEqual([422, 'limit'])
    expect(await ask('status=removed')).toEqual([422, 'status'])
    expect(await ask('status=spam&status=approved')).toEqual([422, 'status'])
    expect((await ask('url=%00'))[0]).toBe(200)
    expect((await ask('site=tidak-ada'))[0]).toBe(404)
  })

  test('merges the sites that somebody moderates, and shows no other', async () => {
    const app = await startApp({ kind })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    const { held, walk, counts } = await openDesk(app)
    const ids = [await held(), await held({}, 'lain'), await held(), await held({}, 'lain')]
    expect(await walk({ status: 'pending', limit: 1 })).toEqual(ids)
    expect(await walk({ status: 'pending', site: 'lain' })).toEqual([ids[1], ids[3]])
    expect(await walk({ q: 'komentar', limit: 3 })).toEqual(ids.toReversed())
    expect(await counts()).toMatchObject({ pending: 4 })
    expect(await counts('lain')).toMatchObject({ pending: 2 })

    const theirs = await openDesk(app, await app.keyFor('moderator', 'lain'))
    expect(await theirs.walk({})).toEqual([ids[3], ids[1]])
    expect(await theirs.walk({ q: 'komentar' })).toEqual([ids[3], ids[1]])
    expect(await theirs.walk({ url: ARTICLE })).toEqual([ids[3], ids[1]])
    expect(await theirs.counts()).toMatchObject({ pending: 2 })
  })
})

describe('the queue', () => {
  const kind = 'sqlite'

  test('shows owners whole addresses and moderators masked ones, and nobody a whole IP address', async () => {
    const app = await startApp({ kind, env: { TRUST_PROXY: '1' } })
    const post = (n: number, ip: string) =>
      app.http
        .post('/api/v1/sites/default/comments')
        .set('X-Forwarded-For', ip)
        .send({ url: ARTICLE, name: 'A', email: `pembaca${n}@mail.example`, body: `Halo ${n}` })
    await post(1, '203.0.113.77')
    await post(2, '2001:db8:1234:5678::9')
    const owner = await (await openDesk(app)).list({ status: 'pending' })
    const moderator = await (await openDesk(app, await app.keyFor('moderator'))).list({ status: 'pending' })
    expect(owner.comments.map(({ author }) => author.email)).toEqual(['pembaca1@mail.example', 'pembaca2@mail.example'])
    expect(moderator.comments.map(({ author }) => author.email)).toEqual(['p***@mail.example', 'p***@mail.example'])
    expect(owner.comments.map(({ ip }) => ip)).toEqual(['203.0.113.0/24', '2001:db8:1234:5600::/56'])
    expect(JSON.stringify([owner, moderator])).not.toMatch(/113\.77|5678::9/)
  })
})
