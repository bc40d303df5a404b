import { expect, test, describe } from '@jest/globals'
import { ARTICLE, startApp } from './support/app.ts'

describe.each(['sqlite', 'postgresql'] as const)('the main job on %s', (kind) => {
  test('a reply goes in, waits, is told of, is approved from the mail, is read by everyone, and is exported', async () => {
    const { http, deps, keyFor, reply, mails } = await startApp({ kind })
    const token = (await deps.setup.invite()) ?? ''
    const setup = await http
      .post(`/setup/${token}`)
      .type('form')
      .set('Sec-Fetch-Site', 'same-origin')
      .send({ name: 'Sari', email: 'sari@news.example', password: 'rahasia sekali' })
    expect(setup.status).toBe(201)

    const sent = await reply({ name: 'Budi', email: 'budi@reader.example', body: 'Saya setuju.\n\nTerima kasih!' })
    expect(sent.status).toBe(201)
    expect(sent.body.comment).toMatchObject({
      status: 'pending',
      parentId: null,
      html: '<p>Saya setuju.</p>\n<p>Terima kasih!</p>',
      author: { name: 'Budi', website: null },
    })
    const empty = await http.get('/api/v1/sites/default/thread').query({ url: ARTICLE })
    expect(empty.body).toMatchObject({ count: 0, comments: [], open: true })

    expect(await deps.delivery.drainOnce()).toBe(1)
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({ to: 'sari@news.example' })
    expect(JSON.stringify(mails)).not.toContain('budi@reader.example')
    const link = new URL(/http\S+\/moderate\/\S+/.exec(mails[0]?.text ?? '')?.[0] ?? '').pathname
    expect((await http.get(link)).text).toContain('Budi')
    expect((await http.get('/api/v1/sites/default/counts').query({ url: ARTICLE })).body).toEqual({ counts: { [ARTICLE]: 0 } })
    expect((await http.post(link)).status).toBe(200)
    expect((await http.post(link)).status).toBe(409)

    const thread = await http.get('/api/v1/sites/default/thread').query({ url: ARTICLE })
    expect(thread.body).toMatchObject({
      url: ARTICLE,
      count: 1,
      nextCursor: null,
      comments: [{ id: sent.body.comment.id, depth: 0, author: { name: 'Budi' } }],
    })
    const page = await http.get('/sites/default/thread').query({ url: ARTICLE })
    for (const answer of [thread, page]) expect(answer.text + JSON.stringify(answer.headers)).not.toContain('budi@reader.example')

    const owner = await keyFor('owner')
    const file = await http
      .get('/api/v1/sites/default/export')
      .set(owner)
      .buffer(true)
      .parse((res, done) => {
        let text = ''
        res.on('data', (chunk: Buffer) => (text += chunk.toString()))
        res.on('end', () => done(null, text))
      })
    const lines = String(file.body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string })
    expect(lines.map(({ type }) => type)).toEqual(['header', 'thread', 'comment', 'trailer'])
    expect(String(file.body)).not.toContain('budi@reader.example')
    const history = await http.get(`/api/v1/moderation/comments/${sent.body.comment.id}`).set(owner)
    expect(history.body.comment.history).toMatchObject([
      { actor: 'author', action: 'submit', to: 'pending' },
      { actor: 'Sari', action: 'approve', from: 'pending', to: 'approved' },
    ])
  })
})
