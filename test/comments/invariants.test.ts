import { expect, it } from '@jest/globals'
import type { Response } from 'supertest'
import { ARTICLE, startApp, type TestApp } from '../support/app.ts'
import { createDatabase } from '../support/databases.ts'
import { expectRecount } from './recount.ts'

const COMMENTS = '/api/v1/sites/default/comments'
const MODERATION = '/api/v1/moderation'
const ARTICLES = [ARTICLE, `${ARTICLE}?p=1`, `${ARTICLE}?p=2`]
const OPERATIONS = 64
const AT_ONCE = 8

/** Numbers that are the same at every run. */
function random(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

it.each([
  ['sqlite', 1],
  ['postgresql', 1],
  ['postgresql', 2],
] as const)(
  'what is kept of the comments agrees with the comments, however readers and moderators meet (%s, %d servers)',
  async (kind, servers) => {
    const databaseUrl = await createDatabase(kind)
    const apps: TestApp[] = []
    for (let n = 0; n < servers; n++) apps.push(await startApp({ kind, databaseUrl }))
    const [app] = apps as [TestApp]
    await app.set({ mode: 'publish-all', holdWords: ['tahan'], submissionsPerMinute: 1_000_000, floodSeconds: 0 })
    const owner = await app.keyFor('owner')
    const pick = random(7)
    const sent: { id: string; token: string; url: string }[] = []
    const batches: string[] = []
    const some = <T>(list: T[]): T | undefined => list[pick(list.length)]
    const failed: string[] = []
    let said = 0

    const operate = async (via: TestApp): Promise<Response | undefined> => {
      const kindOfOperation = pick(13)
      const comment = some(sent)
      if (kindOfOperation < 5 || !comment) {
        const parent = pick(3) > 0 ? comment : undefined
        const url = parent?.url ?? some(ARTICLES) ?? ARTICLE
        said++
        const answer = await via.reply({
          url,
          email: `p${said}@pembaca.example`,
          body: `${pick(4) === 0 ? 'tahan' : 'ucapan'} ${said}`,
          ...(parent && { parentId: parent.id }),
        })
        if (answer.status === 201) sent.push({ id: answer.body.comment.id as string, token: answer.body.editToken as string, url })
        return answer
      }
      const own = { Authorization: `Bearer ${comment.token}` }
      const decision = some(['approve', 'reject', 'spam', 'hold', 'approve'])
      if (kindOfOperation < 8) return via.http.post(`${MODERATION}/comments/${comment.id}/decisions`).set(owner).send({ decision })
      if (kindOfOperation === 8) {
        const answer = await via.http
          .post(`${MODERATION}/decisions`)
          .set(owner)
          .send({ ids: Array.from({ length: 4 }, () => some(sent)?.id), decision })
        batches.push(answer.body.batch as string)
        return answer
      }
      if (kindOfOperation === 9 && batches.length > 0)
        return via.http
          .post(`${MODERATION}/batches/${some(batches)}/undo`)
          .set(owner)
          .send({})
      if (kindOfOperation === 10)
        return via.http
          .patch(`${COMMENTS}/${comment.id}`)
          .set(own)
          .send({ body: `diubah ${pick(1000)} ${pick(2) ? 'tahan' : ''}` })
      if (kindOfOperation === 12)
        return via.http.post(`${COMMENTS}/${comment.id}/reports`).send({ browser: `browser-of-reader-${pick(3)}` })
      if (pick(2)) return via.http.post(`${MODERATION}/comments/${comment.id}/replies`).set(owner).send({ body: 'Terima kasih' })
      return pick(2)
        ? via.http.delete(`${COMMENTS}/${comment.id}`).set(own)
        : via.http.delete(`${MODERATION}/comments/${comment.id}`).set(owner)
    }
    for (let done = 0; done < OPERATIONS; done += AT_ONCE) {
      app.clock.advance(0.25)
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => operate(apps[n % servers] ?? app)))
      for (const answer of answers) if (answer && answer.status >= 500) failed.push(answer.text)
    }
    expect(failed).toEqual([])

    await expectRecount(apps)
  },
  60_000,
)
