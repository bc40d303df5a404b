import { expect, it } from '@jest/globals'
import { ARTICLE, startApp } from '../support/app.ts'

const PATH = '/api/v1/sites/default/judging/explain'
const COMMENT = { name: 'Budi', email: 'budi@contoh.example', body: 'Ayo main j u d i' }

it('a comment that is tried gets its whole trace, and nothing is stored', async () => {
  const app = await startApp()
  const moderator = await app.keyFor('moderator')
  await app.set({ mode: 'publish-all', rejectWords: ['judi'] })
  const tried = await app.http.post(PATH).set(moderator).send(COMMENT)
  expect(tried.status).toBe(200)
  expect(tried.body).toEqual({
    status: 'rejected',
    verdicts: [
      {
        check: 'reject-words',
        outcome: 'reject',
        code: 'reject-word-as',
        reason: 'contains the rejected word "judi", in "j u d i"',
        facts: { word: 'judi', field: 'body', found: 'j u d i' },
      },
      { check: 'disguise', outcome: 'hold', code: 'disguise', reason: 'letters are disguised', facts: { field: 'body' } },
      { check: 'site-mode', outcome: 'approve', code: 'site-publishes', reason: 'this site publishes without waiting' },
    ],
  })
  expect(await app.deps.db.read.comment.count()).toBe(0)
  expect(await app.deps.db.read.thread.count()).toBe(0)
})

it('what would refuse it is told too: a closed article, a ban, a comment a moment ago', async () => {
  const app = await startApp()
  const owner = await app.keyFor('owner')
  const sent = await app.reply({ email: COMMENT.email })
  const id = String(sent.body.comment.id)
  await app.http.post('/api/v1/sites/default/bans').set(owner).send({ comment: id, what: 'email' }).expect(201)
  await app.set({ closeAfterDays: 1 })
  const checksOf = async (comment: object) => {
    const { body } = await app.http.post(PATH).set(owner).send(comment)
    return (body.verdicts as { check: string }[]).map(({ check }) => check)
  }
  expect(await checksOf({ ...COMMENT, url: ARTICLE, body: 'Halo' })).toEqual(['ban', 'flood', 'site-mode'])
  app.clock.advance(2 * 86_400)
  expect(await checksOf({ ...COMMENT, url: ARTICLE, body: 'Halo' })).toEqual(['closed', 'ban', 'site-mode'])
})

it('is for those who moderate the site, and names the field that is wrong', async () => {
  const app = await startApp()
  expect((await app.http.post(PATH).send(COMMENT)).status).toBe(401)
  const wrong = await app.http
    .post(PATH)
    .set(await app.keyFor('owner'))
    .send({ ...COMMENT, email: 'x' })
  expect(wrong.status).toBe(422)
  expect(wrong.body.errors).toEqual([{ field: 'email', message: 'must be one e-mail address' }])
})

it('the author’s own address in the text holds the comment, and is no name', async () => {
  const app = await startApp()
  await app.set({ mode: 'publish-all' })
  const held = await app.reply({ email: 'Siti@contoh.example', body: 'Hubungi saya di siti@contoh.example ya' })
  expect(held.body.comment.status).toBe('pending')
  const { body } = await app.http.get('/api/v1/moderation/comments').set(await app.keyFor('moderator'))
  expect(body.comments[0].verdicts[0]).toEqual({
    check: 'own-address',
    outcome: 'hold',
    code: 'own-address',
    reason: "holds the author's own e-mail address",
    facts: { field: 'body' },
  })
  const named = await app.reply({ email: 'siti@contoh.example', name: 'siti@contoh.example' })
  expect(named.status).toBe(422)
  expect(named.body.errors).toEqual([{ field: 'name', message: 'must not be the e-mail address, which is never published' }])
})

it('moderators see how a disguised text reads', async () => {
  const app = await startApp()
  await app.reply({ body: 'ayo ke 𝗔𝗟𝗘𝗫𝗜𝗦17' })
  app.clock.advance(60)
  await app.reply({ body: 'Tulisan bagus' })
  const { body } = await app.http.get('/api/v1/moderation/comments?status=pending').set(await app.keyFor('moderator'))
  expect((body.comments as { reads: unknown }[]).map(({ reads }) => reads)).toEqual(['ayo ke alexis17', null])
})
