import { describe, expect, test } from '@jest/globals'
import { Webhook } from 'standardwebhooks'
import { everythingStored } from '../comments/state.ts'
import { startHooked } from './hooked.ts'

const ALL = ['comment.held', 'comment.approved', 'comment.rejected', 'comment.spam', 'comment.removed', 'edit.held']
const typesOf = (calls: { body: string }[]) => calls.map(({ body }) => (JSON.parse(body) as { type: string }).type)

describe.each(['sqlite', 'postgresql'] as const)('a webhook on %s', (kind) => {
  test('is told of each thing that happens to a comment, with the comment and without its address', async () => {
    const { app, owner, receiver, create, send, decide } = await startHooked({ kind })
    await create({ events: ALL })
    const { body } = await app.reply({ name: 'Budi', email: 'budi@reader.example', body: 'Halo' }).expect(201)
    const { id } = body.comment as { id: string }
    for (const decision of ['approve', 'approve', 'hold', 'reject', 'spam']) await decide(id, decision)
    await owner.delete(`/api/v1/moderation/comments/${id}`)
    await send()
    expect(typesOf(receiver.calls).toSorted()).toEqual(
      ['comment.held', 'comment.approved', 'comment.held', 'comment.rejected', 'comment.spam', 'comment.removed'].toSorted(),
    )
    expect(JSON.stringify(receiver.calls)).not.toMatch(/reader\.example|127\.0\.0\.1\/|"ip"/)
    expect(JSON.parse(receiver.calls[0]?.body ?? '')).toMatchObject({ data: { site: { key: 'default' }, commentId: id } })
  })

  test('is told of batches, of replies by moderators, and of edits that wait', async () => {
    const { app, owner, receiver, create, send, decide } = await startHooked({ kind })
    const first = (await app.reply()).body as { comment: { id: string }; editToken: string }
    const second = (await app.reply()).body as { comment: { id: string } }
    await create({ events: ALL })
    const ids = [first.comment.id, second.comment.id]
    await owner.post('/api/v1/moderation/decisions', { ids, decision: 'approve' })
    await owner.post(`/api/v1/moderation/comments/${second.comment.id}/replies`, { body: 'Terima kasih' })
    await app.http
      .patch(`/api/v1/sites/default/comments/${first.comment.id}`)
      .set('Authorization', `Bearer ${first.editToken}`)
      .send({ body: 'Diubah' })
      .expect(200)
    await decide(first.comment.id, 'approve') // of the revision: the comment stays what it is
    await send()
    expect(typesOf(receiver.calls).toSorted()).toEqual(['comment.approved', 'comment.approved', 'comment.approved', 'edit.held'])
  })

  test('is not told by a transaction that was rolled back, and each site’s are its own', async () => {
    const { app, receiver, create, send, decide } = await startHooked({ kind })
    await app.deps.sites.create({ key: 'lain', name: 'Lain', locale: 'id' })
    await create({ events: ['comment.approved'] })
    await app.reply({}, 'lain')
    const { body } = await app.reply()
    expect((await decide(body.comment.id as string, 'nonsense')).status).toBe(422)
    await app.reply({ body: String(body.comment.body ?? ''), name: '' })
    await send()
    expect(receiver.calls).toEqual([])
  })
})

test('a call is signed as Standard Webhooks says, so that its own library takes it, and nothing altered or old', async () => {
  const { app, receiver, create, send } = await startHooked()
  const { secret } = await create()
  app.clock.advance(Math.round(Date.now() / 1000 - app.clock().getTime() / 1000)) // the library looks at the real time
  await app.reply()
  await send()
  const [call] = receiver.calls
  const headers = (call?.headers ?? {}) as Record<string, string>
  const receive = (body: string) => new Webhook(secret).verify(body, headers)
  expect(receive(call?.body ?? '')).toMatchObject({ type: 'comment.held' })
  expect(() => receive(`${call?.body} `)).toThrow('No matching signature')
  expect(() => new Webhook(secret).verify(call?.body ?? '', { ...headers, 'webhook-timestamp': '1600000000' })).toThrow('too old')
})

test('secret and address are sealed where they are kept, and shown to nobody', async () => {
  const { app, owner, create } = await startHooked()
  const { webhook, secret } = await create({ url: 'https://hooks.chat.example/services/T0/B0/verysecret' })
  expect(webhook.address).toBe('https://hooks.chat.example')
  const kept = await everythingStored(app)
  expect(kept).not.toContain(secret.slice(6))
  expect(kept).not.toContain('verysecret')
  expect(JSON.stringify((await owner.get('/api/v1/sites/default/webhooks')).body)).not.toMatch(/verysecret|whsec_/)
})
