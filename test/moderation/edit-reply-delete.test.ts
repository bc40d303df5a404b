import { describe, expect, test } from '@jest/globals'
import { everythingStored } from '../comments/state.ts'
import { ARTICLE, startApp } from '../support/app.ts'
import { openDesk, UNKNOWN } from './desk.ts'

describe.each(['sqlite', 'postgresql'] as const)('on %s', (kind) => {
  describe('an edit by a moderator', () => {
    test('changes the text where it stands, keeps what stood there, and is told in the history', async () => {
      const app = await startApp({ kind })
      const { held, edit, decide, thread, get, list, counts } = await openDesk(app)
      const id = await held({ body: 'Pertamaa' })
      app.clock.advance(60)
      const edited = await edit(id, ' Pertama <script>x</script><b>tebal</b> ', 1)
      expect(edited.status).toBe(200)
      expect(edited.body.comment).toMatchObject({
        status: 'pending',
        version: 2,
        html: '<p>Pertama <b>tebal</b></p>',
        editedAt: '2026-11-23T05:01:00.000Z',
      })
      expect(await counts()).toMatchObject({ pending: 1 })
      await decide(id, 'approve')
      const again = await edit(id, 'Kedua', 3)
      expect(again.body.comment).toMatchObject({ status: 'approved', version: 4, edit: null })
      expect((await thread()).comments).toMatchObject([{ html: '<p>Kedua</p>', editedAt: '2026-11-23T05:01:00.000Z' }])
      expect((await list({ q: 'kedua' })).comments).toHaveLength(1)
      expect((await list({ q: 'pertama' })).comments).toHaveLength(0)
      expect((await get(id)).history.map(({ action, actor }) => [action, actor])).toEqual([
        ['submit', 'author'],
        ['edit', 'owner key'],
        ['approve', 'owner key'],
        ['edit', 'owner key'],
      ])
      const kept = await app.deps.db.read.revision.findMany({ orderBy: { id: 'asc' } })
      expect(kept.map(({ state, body, replacedBody }) => [state, body, replacedBody])).toEqual([
        ['published', 'Pertama <script>x</script><b>tebal</b>', 'Pertamaa'],
        ['published', 'Kedua', 'Pertama <script>x</script><b>tebal</b>'],
      ])
    })

    test('is for the version that was seen: an author’s later text is never overwritten unseen', async () => {
      const app = await startApp({ kind })
      const { published, amend, edit, get, list } = await openDesk(app)
      const comment = await published({ body: 'Pertama' })
      await amend(comment, 'Kedua')
      const refused = await edit(comment.id, 'Milik moderator', 2)
      expect(refused.status).toBe(409)
      expect(refused.body.comment).toMatchObject({ version: 3, body: 'Pertama', edit: { body: 'Kedua' } })
      expect((await edit(comment.id, 'Milik moderator', 3)).status).toBe(200)
      expect(await get(comment.id)).toMatchObject({ body: 'Milik moderator', edit: null })
      expect((await list({ status: 'pending' })).comments).toEqual([])
    })

    test('needs a text that can be read and the version', async () => {
      const app = await startApp({ kind })
      const { held, key, get } = await openDesk(app)
      const id = await held({ body: 'Pertama' })
      const send = async (body: object) => {
        const answer = await app.http.patch(`/api/v1/moderation/comments/${id}`).set(key).send(body)
        return [answer.status, (answer.body.errors as { field: string }[])[0]?.field]
      }
      expect(await send({ body: 'x' })).toEqual([422, 'version'])
      expect(await send({ version: 1 })).toEqual([422, 'body'])
      expect(await send({ version: 1, body: '<script>x</script>' })).toEqual([422, 'body'])
      expect(await send({ version: 1, body: 'a\0b' })).toEqual([422, 'body'])
      expect(await send({ version: 1, body: 'x'.repeat(16 * 1024 + 1) })).toEqual([422, 'body'])
      expect(await get(id)).toMatchObject({ version: 1, body: 'Pertama' })
    })
  })

  describe('an answer by a moderator', () => {
    test('is public at once under the site’s name when a program answers, counted, and carries no address', async () => {
      const app = await startApp({ kind })
      const { published, thread, counts, list } = await openDesk(app)
      const parent = await published({ body: 'Kapan dibuka?' })
      const moderator = await openDesk(app, await app.keyFor('moderator', 'default'))
      app.clock.advance(60)
      const sent = await moderator.answer(parent.id, 'Minggu depan. https://berita.example/jadwal')
      expect(sent.status).toBe(201)
      expect(sent.body.comment).toMatchObject({
        parentId: parent.id,
        depth: 1,
        status: 'approved',
        byModerator: true,
        ip: null,
        verdicts: [],
        author: { name: 'Situs saya', email: null, website: null },
      })
      const seen = await thread()
      expect(seen).toMatchObject({
        count: 2,
        comments: [{ id: parent.id }, { id: sent.body.comment.id, byModerator: true, author: { name: 'Situs saya' } }],
      })
      expect(JSON.stringify(seen)).not.toMatch(/@|127\.0\.0/)
      expect(await counts()).toMatchObject({ pending: 0, approved: 2, rejected: 0, spam: 0 })
      expect((await list({ q: 'minggu depan' })).comments).toHaveLength(1)
      const found = await moderator.get(sent.body.comment.id as string)
      expect(found.history).toEqual([
        { at: '2026-11-23T05:01:00.000Z', actor: 'Situs saya', action: 'submit', from: null, to: 'approved', reason: null, via: null },
      ])
      const edit = await app.http.patch(`/api/v1/sites/default/comments/${found.id}`).set('Authorization', 'Bearer x').send({ body: 'x' })
      expect(edit.status).toBe(404)
    })

    test('is refused where readers would see an answer to nothing', async () => {
      const app = await startApp({ kind })
      const { held, decide, answer, thread } = await openDesk(app)
      const id = await held()
      for (const decision of ['hold', 'reject', 'spam'] as const) {
        await decide(id, decision)
        expect((await answer(id, 'Halo')).status).toBe(409)
      }
      expect((await answer(UNKNOWN, 'Halo')).status).toBe(404)
      await decide(id, 'approve')
      expect((await answer(id, '')).status).toBe(422)
      expect((await answer(id, '<script></script>')).status).toBe(422)
      expect((await thread()).count).toBe(1)
    })

    test('keeps its place when what it answers is taken out of view, and comes back whole', async () => {
      const app = await startApp({ kind })
      const { published, answer, decide, thread } = await openDesk(app)
      const parent = await published({ name: 'Budi', body: 'Iklan' })
      const reply = (await answer(parent.id, 'Jangan beriklan')).body.comment.id as string
      await decide(parent.id, 'spam')
      const { count, comments } = await thread()
      expect(count).toBe(1)
      expect(comments).toEqual([
        { id: parent.id, parentId: null, depth: 0, removed: true },
        expect.objectContaining({ id: reply, parentId: parent.id }),
      ])
      await decide(reply, 'reject')
      expect((await thread()).comments).toEqual([])
      await decide(parent.id, 'approve')
      await decide(reply, 'approve')
      expect((await thread()).comments).toMatchObject([{ id: parent.id, author: { name: 'Budi' } }, { id: reply }])
    })
  })

  describe('deleting', () => {
    test('is for owners; a comment that nothing answers is gone with all that hung on it', async () => {
      const app = await startApp({ kind })
      const { published, amend, remove, thread, counts, find, list } = await openDesk(app)
      const comment = await published({ title: 'Judul' })
      await amend(comment, 'Kedua')
      const moderator = await openDesk(app, await app.keyFor('moderator', 'default'))
      expect((await moderator.remove(comment.id)).status).toBe(403)
      expect((await thread()).count).toBe(1)
      expect((await remove(comment.id)).status).toBe(204)
      expect(await thread()).toMatchObject({ count: 0, comments: [], title: null })
      expect(await counts()).toMatchObject({ pending: 0, approved: 0, rejected: 0, spam: 0 })
      expect((await find(comment.id)).status).toBe(404)
      expect((await remove(comment.id)).status).toBe(404)
      expect((await list()).comments).toEqual([])
      const { read } = app.deps.db
      expect([await read.comment.count(), await read.revision.count(), await read.history.count()]).toEqual([0, 0, 0])
    })

    test('erases every trace of what stood there, of who wrote it, and of what was said about it', async () => {
      const app = await startApp({ kind })
      const { amend, answer, decide, edit, remove, thread, find, list, batch } = await openDesk(app)
      const marks = [
        'Namarahasia',
        'rahasia@surel.example',
        'Katarahasia',
        'Ubahanrahasia',
        'Suntinganrahasia',
        'alasanrahasia',
        'rahasia.example',
        'Judulrahasia',
      ]
      const sent = await app.http
        .post('/api/v1/sites/default/comments')
        .set({ 'Idempotency-Key': 'kunci-1', 'User-Agent': 'Perambanrahasia/1.0' })
        .send({
          url: ARTICLE,
          title: marks[7],
          name: marks[0],
          email: marks[1],
          website: `https://${marks[6]}/`,
          body: marks[2],
          browser: 'perambanrahasia1',
        })
      const comment = { id: sent.body.comment.id as string, editToken: sent.body.editToken as string }
      await decide(comment.id, 'approve', { reason: `${marks[5]}: ${marks[0]} menulis ${marks[2]}` })
      await edit(comment.id, marks[4] ?? '', 2)
      await amend(comment, marks[3] ?? '')
      const reply = (await answer(comment.id, 'Terima kasih')).body.comment.id as string
      await batch([comment.id], 'hold', marks[5])
      await batch([comment.id], 'approve', marks[5])
      await app.deps.delivery.drainOnce()
      const before = (await everythingStored(app)).toLowerCase()
      for (const mark of marks.filter((_, n) => n !== 1)) expect(before).toContain(mark.toLowerCase())

      expect((await remove(comment.id)).status).toBe(204)
      expect((await thread()).comments).toEqual([
        { id: comment.id, parentId: null, depth: 0, removed: true },
        expect.objectContaining({ id: reply }),
      ])
      const after = (await everythingStored(app)).toLowerCase()
      for (const mark of [...marks, 'perambanrahasia'])
        expect({ mark, found: after.includes(mark.toLowerCase()) }).toEqual({ mark, found: false })
      const row = await app.deps.db.read.comment.findUniqueOrThrow({ where: { id: comment.id } })
      expect(row).toMatchObject({
        emailSealed: null,
        emailIndex: null,
        ipSealed: null,
        networkIndex: null,
        browserIndex: null,
        fingerprint: null,
        verdicts: [],
      })
      expect(await app.deps.db.read.idempotencyKey.count()).toBe(0)

      expect((await find(comment.id)).status).toBe(404)
      expect((await decide(comment.id, 'approve')).status).toBe(404)
      expect((await answer(comment.id, 'x')).status).toBe(404)
      expect((await remove(comment.id)).status).toBe(404)
      expect(
        (await app.http.delete(`/api/v1/sites/default/comments/${comment.id}`).set('Authorization', `Bearer ${comment.editToken}`)).status,
      ).toBe(404)
      expect((await list()).comments.map(({ id }) => id)).toEqual([reply])
    })

    test('of the last answer takes the kept places above it along', async () => {
      const app = await startApp({ kind })
      const { published, answer, remove, thread, counts } = await openDesk(app)
      const root = await published()
      const middle = (await answer(root.id, 'Tengah')).body.comment.id as string
      const leaf = (await answer(middle, 'Daun')).body.comment.id as string
      await remove(root.id)
      await remove(middle)
      expect((await thread()).comments).toMatchObject([{ id: root.id, removed: true }, { id: middle, removed: true }, { id: leaf }])
      await remove(leaf)
      expect(await thread()).toMatchObject({ count: 0, comments: [] })
      expect(await app.deps.db.read.comment.count()).toBe(0)
      expect(await counts()).toMatchObject({ pending: 0, approved: 0, rejected: 0, spam: 0 })
    })

    test('twice at the same moment happens once', async () => {
      const app = await startApp({ kind })
      const { published, answer, remove, counts } = await openDesk(app)
      const comment = await published()
      await answer(comment.id, 'Terima kasih')
      const answers = await Promise.all([remove(comment.id), remove(comment.id)])
      expect(answers.map(({ status }) => status).toSorted()[0]).toBe(204)
      expect([404, 409]).toContain(answers.map(({ status }) => status).toSorted()[1])
      expect(await counts()).toMatchObject({ pending: 0, approved: 1, rejected: 0, spam: 0 })
      expect(await app.deps.db.read.history.count({ where: { to: 'removed' } })).toBe(1)
    })
  })
})
