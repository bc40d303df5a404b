import { describe, expect, test } from '@jest/globals'
import { Webhook } from 'standardwebhooks'
import { MOST_CALLS } from '../../src/webhooks/attempt.ts'
import { HOOKS, startHooked } from './hooked.ts'

describe('a call that is not taken', () => {
  test('is made again under the same id, later each time, until it is taken', async () => {
    const hooked = await startHooked({ respond: (res, _call, nth) => res.writeHead(nth < 3 ? 500 : 204).end() })
    const { app, receiver, create, send, calls } = hooked
    const { webhook } = await create()
    await app.reply()
    await send()
    await send()
    expect(receiver.calls).toHaveLength(1)
    expect(await calls(webhook.id)).toMatchObject([{ state: 'queued', attempts: 1, outcome: '500' }])
    app.clock.advance(10)
    await send()
    app.clock.advance(30)
    await send()
    expect(receiver.calls).toHaveLength(3)
    expect(new Set(receiver.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(await calls(webhook.id)).toMatchObject([{ state: 'sent', attempts: 3, nextAt: null }])
  })

  test('waits as long as the receiver asks', async () => {
    const { app, receiver, create, send } = await startHooked({ respond: (res) => res.writeHead(429, { 'Retry-After': '600' }).end() })
    await create()
    await app.reply()
    await send()
    app.clock.advance(599)
    await send()
    expect(receiver.calls).toHaveLength(1)
    app.clock.advance(1)
    await send()
    expect(receiver.calls).toHaveLength(2)
  })

  test('is given up in the end, which switches the webhook off until somebody switches it on', async () => {
    const { app, owner, receiver, create, send, calls, hooks } = await startHooked({ respond: (res) => res.writeHead(500).end('broken') })
    const { webhook } = await create()
    await app.reply()
    for (let nth = 0; nth < MOST_CALLS; nth++) {
      await send()
      app.clock.advance(3600)
    }
    expect(receiver.calls).toHaveLength(MOST_CALLS)
    expect(await calls(webhook.id)).toMatchObject([{ state: 'failed', outcome: '500 broken' }])
    expect(await hooks()).toMatchObject([{ active: false, pausedBecause: '500 broken' }])
    await app.reply()
    await send()
    expect(receiver.calls).toHaveLength(MOST_CALLS)
    await owner.patch(`${HOOKS}/${webhook.id}`, { active: true })
    await app.reply()
    await send()
    expect(receiver.calls).toHaveLength(MOST_CALLS + 1)
  })

  test('is the last when the receiver says that it is gone', async () => {
    const { app, create, send, hooks } = await startHooked({ respond: (res) => res.writeHead(410).end() })
    await create()
    await app.reply()
    await send()
    expect(await hooks()).toMatchObject([{ active: false, pausedBecause: '410' }])
  })

  test('to an address that is not public fails at once, before connecting', async () => {
    const { app, receiver, create, send, calls } = await startHooked()
    const { webhook } = await create({ url: `http://localhost:${receiver.port}/` })
    const other = await create({ url: `http://[::1]:${receiver.port}/` })
    await app.reply()
    await send()
    expect(await calls(other.webhook.id)).toMatchObject([{ state: 'failed', attempts: 1, outcome: 'the address is not a public one' }])
    expect(await calls(webhook.id)).toHaveLength(1)
  })
})

test.each(['sqlite', 'postgresql'] as const)('calls of a webhook that was switched off wait until it is on again (%s)', async (kind) => {
  const { app, owner, receiver, create, send, calls } = await startHooked({ kind })
  const { webhook } = await create()
  await app.reply()
  await owner.patch(`${HOOKS}/${webhook.id}`, { active: false })
  await send()
  expect(receiver.calls).toEqual([])
  expect(await calls(webhook.id)).toMatchObject([{ state: 'queued', attempts: 0 }])
  await owner.patch(`${HOOKS}/${webhook.id}`, { active: true })
  await send()
  expect(receiver.calls).toHaveLength(1)
})

test('after a new secret, calls are signed with both for a day', async () => {
  const { app, owner, receiver, create, send } = await startHooked()
  const { webhook, secret: before } = await create()
  const rotated = await owner.post(`${HOOKS}/${webhook.id}/secret`, {})
  const { secret: after } = rotated.body as unknown as { secret: string }
  expect(after).not.toBe(before)
  const isTakenWith = async (secret: string) => {
    await app.reply()
    await send()
    const { body = '', headers = {} } = receiver.calls.at(-1) ?? {}
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = headers as Record<string, string>
    return signature?.split(' ').includes(new Webhook(secret).sign(id ?? '', new Date(Number(at) * 1000), body))
  }
  expect([await isTakenWith(before), await isTakenWith(after)]).toEqual([true, true])
  app.clock.advance(86_400)
  expect([await isTakenWith(before), await isTakenWith(after)]).toEqual([false, true])
})

test('the test button calls the webhook, and says what came of it', async () => {
  const { owner, receiver, create, send, calls } = await startHooked()
  const { webhook } = await create({ format: 'slack' })
  expect((await owner.post(`${HOOKS}/${webhook.id}/test`, {})).status).toBe(202)
  await send()
  expect(receiver.calls.map(({ body }) => JSON.parse(body) as object)).toMatchObject([{ text: expect.stringContaining('Situs saya') }])
  const [call] = await calls(webhook.id)
  expect(call).toMatchObject({ event: 'test', state: 'sent', outcome: '200 ok', commentId: null })
  expect((await owner.post(`${HOOKS}/${webhook.id}/calls/${call?.id}/resend`, {})).status).toBe(202)
  await send()
  expect(receiver.calls).toHaveLength(2)
  expect(receiver.calls[0]?.headers['webhook-id']).toBe(receiver.calls[1]?.headers['webhook-id'])
})

test('calls that ended are forgotten after thirty days', async () => {
  const { app, create, send, calls } = await startHooked()
  const { webhook } = await create()
  await app.reply()
  await send()
  await app.deps.webhooks.forgetOld()
  expect(await calls(webhook.id)).toHaveLength(1)
  app.clock.advance(30 * 86_400 + 1)
  await app.deps.webhooks.forgetOld()
  expect(await calls(webhook.id)).toEqual([])
})

test('what cannot be a webhook is refused, naming the field', async () => {
  const { app, owner, create } = await startHooked()
  for (const [wish, field] of [
    [{ name: '' }, 'name'],
    [{ url: 'ftp://x.example/' }, 'url'],
    [{ url: 'not an address' }, 'url'],
    [{ url: `https://x.example/${'a'.repeat(2000)}` }, 'url'],
    [{ format: 'fax' }, 'format'],
    [{ format: 'telegram' }, 'chat'],
    [{ chat: '@x' }, 'chat'],
    [{ events: [] }, 'events'],
    [{ events: ['comment.eaten'] }, 'events.0'],
  ] as const) {
    const answer = await owner.post(HOOKS, { name: 'x', url: 'https://x.example/', ...wish })
    expect({ wish, status: answer.status, errors: answer.body.errors }).toMatchObject({ wish, status: 422, errors: [{ field }] })
  }
  expect(await app.deps.db.read.webhook.count()).toBe(0)
  for (let nth = 0; nth < 20; nth++) await create()
  expect((await owner.post(HOOKS, { name: 'x', url: 'https://x.example/' })).status).toBe(409)
})
