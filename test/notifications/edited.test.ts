import { expect, test } from '@jest/globals'
import { addPerson } from '../../src/accounts/people.ts'
import { startApp } from '../support/app.ts'

test('a held comment that its author edits is told of again, with links that work', async () => {
  const { deps, clock, http, mails, reply } = await startApp()
  const person = { name: 'Sari', email: 'sari@news.example', password: 'rahasia sekali' }
  await addPerson({ db: deps.db, clock, auth: deps.auth, person, role: 'owner', siteId: '*' })
  const { comment, editToken } = (await reply({ body: 'Pertama' })).body as { comment: { id: string }; editToken: string }
  await deps.delivery.drainOnce()
  await http.patch(`/api/v1/sites/default/comments/${comment.id}`).set('Authorization', `Bearer ${editToken}`).send({ body: 'Kedua' })
  await deps.delivery.drainOnce()
  expect(mails).toHaveLength(2)
  const link = (text: string | undefined) => new URL(/http\S+\/moderate\/\S+/.exec(text ?? '')?.[0] ?? '').pathname
  expect((await http.get(link(mails[0]?.text))).text).not.toContain('Kedua')
  expect(mails[1]?.text).toContain('Kedua')
  expect((await http.post(link(mails[1]?.text))).status).toBe(200)
})
